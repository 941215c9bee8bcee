using Npgsql;

namespace Dashboard.Data.Audit;

/// <summary>
/// What the check reads must be the tables themselves, not a view or a policy in front of them, and the triggers that make
/// the log append-only must be in force.
/// </summary>
internal static class AuditGuards
{
    private const string Sql = """
        SELECT coalesce(string_agg(t.name, ', ' ORDER BY t.name)
                   FILTER (WHERE c.oid IS NULL OR c.relkind <> 'r' OR c.relrowsecurity OR c.relhasrules), ''),
               (SELECT count(*) FROM pg_trigger g
                WHERE g.tgrelid = to_regclass('public.audit_logs') AND g.tgenabled IN ('O', 'A')
                  AND g.tgname IN ('audit_logs_append_only', 'audit_logs_no_truncate'))
        FROM (VALUES ('public.audit_logs'), ('ops.audit_seals'), ('ops.sealed_audit_rows')) t (name)
        LEFT JOIN pg_class c ON c.oid = to_regclass(t.name)
        """;

    /// <summary>Reports what is missing.</summary>
    public static async Task CheckAsync(
        NpgsqlConnection connection,
        FaultList faults,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Sql;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        if (reader.GetString(0) is { Length: > 0 } tables)
        {
            faults.Add(
                new AuditFault(
                    AuditFaultKind.Guard,
                    $"Not a plain table any more, or hidden behind a rule or a policy: {tables}."
                )
            );
        }

        if (reader.GetInt64(1) < 2)
        {
            faults.Add(
                new AuditFault(
                    AuditFaultKind.Guard,
                    "The triggers that make public.audit_logs append-only (audit_logs_append_only, audit_logs_no_truncate) are missing or disabled."
                )
            );
        }
    }
}
