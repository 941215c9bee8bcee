using Npgsql;

namespace Dashboard.Data.Changes;

/// <summary>Tells "not allowed here" from "not reachable just now".</summary>
internal static class FeedRefusal
{
    /// <summary>
    /// True when trying again soon is pointless: <c>wal_level</c> is not <c>logical</c>, the role or
    /// <c>pg_hba.conf</c> does not allow replication, slots or senders are used up, or a pooler is in between.
    /// </summary>
    public static bool IsRefusal(Exception failure) =>
        failure
            is PostgresException
            {
                SqlState: PostgresErrorCodes.ObjectNotInPrerequisiteState
                    or PostgresErrorCodes.InsufficientPrivilege
                    or PostgresErrorCodes.InvalidAuthorizationSpecification
                    or PostgresErrorCodes.ConfigurationLimitExceeded
                    or PostgresErrorCodes.TooManyConnections
                    or PostgresErrorCodes.FeatureNotSupported
                    or PostgresErrorCodes.ProtocolViolation
                    or PostgresErrorCodes.UndefinedTable
                    or PostgresErrorCodes.UndefinedObject
                    or PostgresErrorCodes.SyntaxError
            };
}
