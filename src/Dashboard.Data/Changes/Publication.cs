using Npgsql;

namespace Dashboard.Data.Changes;

/// <summary>
/// The publication that logical decoding reads: the fed tables, and of each only the key columns, so that the server
/// sends no data (column lists need PostgreSQL 15).
/// </summary>
internal static class Publication
{
    public const string Name = "dashboard_changes";

    private static readonly Dictionary<string, string> s_columns = new(StringComparer.Ordinal)
    {
        [Topics.Customers] = "id",
        [Topics.CustomerProfiles] = "id, customer_id",
        [Topics.PaymentRecords] = "id, customer_id",
        [Topics.Agents] = "id",
        [Topics.Campaigns] = "id, customer_id",
        [Topics.Tasks] = "id, customer_id, campaign_id",
        [Topics.ContactAttempts] = "id, customer_id, campaign_id",
        [Topics.Templates] = "id",
        [Topics.AuditLogs] = "id",
        [Topics.OptOuts] = "id, customer_id",
        [Topics.ComplianceRules] = "id",
        [Topics.ApprovalRequests] = "id, customer_id",
        [Topics.RuleSettings] = "rule_id",
        [Topics.RuleChanges] = "id",
        [Topics.ProofRuns] = "id",
        [Topics.InboundContacts] = "id, customer_id",
        [Topics.ContactPreferences] = "customer_id",
        [Topics.Consents] = "id, customer_id",
    };

    private static readonly HashSet<string> s_ops = new(StringComparer.Ordinal)
    {
        Topics.ApprovalRequests,
        Topics.RuleSettings,
        Topics.RuleChanges,
        Topics.ProofRuns,
        Topics.InboundContacts,
        Topics.ContactPreferences,
        Topics.Consents,
    };

    /// <summary>What an administrator runs where the program's role may not.</summary>
    public static string CreateStatement => $"CREATE PUBLICATION {Name} FOR TABLE {Tables}";

    private static string Tables =>
        string.Join(", ", Topics.All.Select(t => $"{Schema(t)}.{t} ({s_columns[t]})"));

    private static string Schema(string topic) =>
        s_ops.Contains(topic) ? DashboardDb.OpsSchema : "public";

    /// <summary>
    /// Creates it when it is missing, and brings one of an older version up to date. The role needs the right to create
    /// in the database and must own the tables.
    /// </summary>
    public static async Task EnsureAsync(
        NpgsqlDataSource source,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        var found = await ReadAsync(connection, cancellationToken);
        if (found is null)
        {
            await RunAsync(connection, CreateStatement, cancellationToken);
        }
        else if (!found.SetEquals(Topics.All.Select(t => $"{t} ({s_columns[t]})")))
        {
            await RunAsync(
                connection,
                $"ALTER PUBLICATION {Name} SET TABLE {Tables}",
                cancellationToken
            );
        }
    }

    /// <summary>Its tables with their columns; null when there is no such publication.</summary>
    private static async Task<HashSet<string>?> ReadAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT coalesce(t.tablename || ' (' || array_to_string(t.attnames, ', ') || ')', '')
            FROM pg_publication p LEFT JOIN pg_publication_tables t USING (pubname)
            WHERE p.pubname = $1
            """,
            connection
        )
        {
            Parameters = { new() { Value = Name } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        HashSet<string>? tables = null;
        while (await reader.ReadAsync(cancellationToken))
        {
            (tables ??= new(StringComparer.Ordinal)).Add(reader.GetString(0));
        }

        return tables;
    }

    private static async Task RunAsync(
        NpgsqlConnection connection,
        string statement,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(statement, connection);
        try
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
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
