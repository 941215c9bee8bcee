using Npgsql;

namespace Dashboard.Data.Changes;

/// <summary>
/// The publication that logical decoding reads: the fed tables, and of each only the key columns, so that the server
/// sends no data (column lists need PostgreSQL 15).
/// </summary>
internal static class Publication
{
    public const string Name = "dashboard_changes";

    private const string Tables = """
        customers (id), customer_profiles (id, customer_id), payment_records (id, customer_id), agents (id),
        campaigns (id, customer_id), tasks (id, customer_id, campaign_id),
        contact_attempts (id, customer_id, campaign_id), templates (id), audit_logs (id),
        opt_outs (id, customer_id), compliance_rules (id)
        """;

    /// <summary>
    /// Creates it when it is missing. The role needs the right to create in the database and must own the tables;
    /// where it does not, an administrator runs the same statement once.
    /// </summary>
    public static async Task EnsureAsync(
        NpgsqlDataSource source,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var exists = new NpgsqlCommand(
            "SELECT EXISTS (SELECT FROM pg_publication WHERE pubname = $1)",
            connection
        )
        {
            Parameters = { new() { Value = Name } },
        };
        if (await exists.ExecuteScalarAsync(cancellationToken) is true)
        {
            return;
        }

        await using var create = new NpgsqlCommand(
            $"CREATE PUBLICATION {Name} FOR TABLE {Tables}",
            connection
        );
        try
        {
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException raced)
            when (raced.SqlState
                    is PostgresErrorCodes.DuplicateObject
                        or PostgresErrorCodes.UniqueViolation
            )
        {
            // Another web process was faster; the publication is the same.
        }
    }
}
