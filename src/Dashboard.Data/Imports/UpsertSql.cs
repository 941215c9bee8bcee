namespace Dashboard.Data.Imports;

/// <summary>One column an upsert writes: its value for a new row, and for a row that exists.</summary>
internal sealed record UpsertColumn(string Name, string Insert, string Update);

/// <summary>
/// Set-based update and insert that touch only rows that really change and leave an audit row each, in one statement.
/// A value from a column of the file replaces what is there unless it is empty; a constant or pattern only fills what is
/// empty, so that importing again does not undo an operator's correction.
/// </summary>
internal static class UpsertSql
{
    /// <summary>Audit columns that are the same in every statement; parameters of <see cref="ImportWriter"/>.</summary>
    private const string AuditInsert = """
        INSERT INTO audit_logs
            (id, entity_type, entity_id, action, actor_type, actor_id, changes, metadata, ip_address, user_agent, timestamp)
        """;

    private const string AuditTail =
        "jsonb_build_object('import', @run::text, 'line', w.line), @ip::inet, @agent, @now::timestamp";

    /// <summary>Changes the rows that exist and differ; the count of audit rows is the count of changed rows.</summary>
    /// <param name="table">Target table.</param>
    /// <param name="noun">Its name in the audit log.</param>
    /// <param name="from">Source rows as <c>s</c> joined with the target as <c>t</c>: <c>… s JOIN table t ON …</c>.</param>
    /// <param name="columns">What is written.</param>
    public static string Update(
        string table,
        string noun,
        string from,
        IReadOnlyList<UpsertColumn> columns
    ) =>
        $"""
            WITH wanted AS (
                SELECT t.id, s.line, {List(
                columns,
                c => $"t.{c.Name} AS old_{c.Name}, {c.Update} AS new_{c.Name}"
            )}
                FROM {from}
                WHERE ({List(columns, c => $"t.{c.Name}")}) IS DISTINCT FROM ({List(
                columns,
                c => c.Update
            )})
                FOR UPDATE OF t
            ), written AS (
                UPDATE {table} t SET {List(columns, c => $"{c.Name} = w.new_{c.Name}")}
                FROM wanted w WHERE t.id = w.id RETURNING t.id
            )
            {AuditInsert}
            SELECT gen_random_uuid(), '{noun}', w.id, 'updated', @actor_type, @actor_id,
                jsonb_strip_nulls(jsonb_build_object({List(columns, Difference)})), {AuditTail}
            FROM wanted w
            """;

    /// <summary>Adds the rows that do not exist yet.</summary>
    /// <param name="table">Target table.</param>
    /// <param name="noun">Its name in the audit log.</param>
    /// <param name="from">Source rows as <c>s</c>.</param>
    /// <param name="id">Expression of the new row's id.</param>
    /// <param name="key">Unique column for rows that appeared meanwhile.</param>
    /// <param name="columns">What is written.</param>
    public static string Insert(
        string table,
        string noun,
        string from,
        string id,
        string key,
        IReadOnlyList<UpsertColumn> columns
    ) =>
        $"""
            WITH wanted AS (
                SELECT {id} AS id, s.line, {List(
                columns,
                c => $"{c.Insert} AS {c.Name}"
            )} FROM {from}
            ), written AS (
                INSERT INTO {table} (id, {List(columns, c => c.Name)})
                SELECT id, {List(
                columns,
                c => c.Name
            )} FROM wanted ON CONFLICT ({key}) DO NOTHING RETURNING id
            )
            {AuditInsert}
            SELECT gen_random_uuid(), '{noun}', w.id, 'created', @actor_type, @actor_id,
                jsonb_strip_nulls(jsonb_build_object({List(columns, Creation)})), {AuditTail}
            FROM wanted w JOIN written USING (id)
            """;

    private static string List(
        IEnumerable<UpsertColumn> columns,
        Func<UpsertColumn, string> text
    ) => string.Join(", ", columns.Select(text));

    // jsonb_strip_nulls works through nested objects, so a missing "before" is left out, which reads the same as null.
    private static string Difference(UpsertColumn c) =>
        $"'{c.Name}', CASE WHEN w.old_{c.Name} IS DISTINCT FROM w.new_{c.Name} THEN jsonb_build_object('before', to_jsonb(w.old_{c.Name}), 'after', to_jsonb(w.new_{c.Name})) END";

    private static string Creation(UpsertColumn c) =>
        $"'{c.Name}', CASE WHEN w.{c.Name} IS NOT NULL THEN jsonb_build_object('after', to_jsonb(w.{c.Name})) END";
}
