using Dashboard.Data.Audit;

namespace Dashboard.Data.Tests.Audit;

/// <summary>One way to tamper, as SQL of the database's owner with all triggers off.</summary>
/// <param name="What">In words, for the message of a failing test.</param>
/// <param name="Sql">The statements.</param>
/// <param name="Kind">What the check must say first.</param>
/// <param name="Rows">The check must name one of these rows first; empty when it is about seals.</param>
/// <param name="NeedsHead">Only a head kept outside the database can tell.</param>
internal sealed record Tampering(
    string What,
    string Sql,
    AuditFaultKind Kind,
    IReadOnlyList<Guid> Rows,
    bool NeedsHead = false
);

/// <summary>A sealed row as the tamperer sees it.</summary>
internal sealed record Target(Guid Id, long Seal, int Position);

/// <summary>Makes up tamperings from a seed: of every kind, at random places.</summary>
internal sealed class Tamperer(
    int seed,
    IReadOnlyList<Target> targets,
    DateTime first,
    DateTime lastSeal
)
{
    private static readonly string[] s_columns =
    [
        "entity_type = entity_type || 's'",
        "entity_id = gen_random_uuid()",
        "action = CASE action WHEN 'deleted' THEN 'updated' ELSE 'deleted' END",
        "actor_type = CASE WHEN actor_type = 'user' THEN 'system' ELSE 'user' END",
        "actor_id = 'somebody else'",
        "actor_id = NULL",
        "changes = jsonb_set(changes, '{status,after}', '\"failed\"')",
        "changes = NULL",
        "metadata = coalesce(metadata, '{}') || '{\"reason\": \"another\"}'",
        "ip_address = CASE WHEN ip_address IS NULL THEN '198.51.100.9'::inet ELSE NULL END",
        "user_agent = CASE WHEN user_agent IS NULL THEN '' ELSE NULL END",
        "timestamp = timestamp + interval '1 microsecond'",
        "timestamp = timestamp - interval '3 days'",
        "timestamp = '-infinity'",
        "id = gen_random_uuid()",
    ];

    private readonly Random _random = new(seed);
    private readonly long _last = targets.Max(t => t.Seal);

    /// <summary>The tampering numbered <paramref name="number"/>; the kinds take turns, the places are random.</summary>
    public Tampering Next(int number) =>
        (number % 14) switch
        {
            0 or 1 or 2 => ChangeColumn(),
            3 or 4 => Delete(),
            5 or 6 => Insert(),
            7 => SwapContents(),
            8 => SwapKeys(),
            9 => EditSeal(),
            10 => RemoveSeals(),
            11 => EditEntry(),
            12 => Forge(),
            _ => CutOrReplace(),
        };

    private Target Any() => targets[_random.Next(targets.Count)];

    private Tampering ChangeColumn()
    {
        var row = Any();
        var set = s_columns[_random.Next(s_columns.Length)];
        var isKey = set.StartsWith("id ", StringComparison.Ordinal);
        return new Tampering(
            $"{set} of {row}",
            $"UPDATE audit_logs SET {set} WHERE id = '{row.Id}'",
            isKey ? AuditFaultKind.Removed : AuditFaultKind.Changed,
            [row.Id]
        );
    }

    private Tampering Delete()
    {
        var rows = Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Any()).ToList();
        var withEntries = _random.Next(2) == 0;
        var keys = Keys(rows);
        return withEntries
            ? new Tampering(
                $"rows and their entries deleted: {keys}",
                $"DELETE FROM audit_logs WHERE id IN ({keys}); DELETE FROM ops.sealed_audit_rows WHERE audit_log_id IN ({keys})",
                AuditFaultKind.Seal,
                []
            )
            : new Tampering(
                $"rows deleted: {keys}",
                $"DELETE FROM audit_logs WHERE id IN ({keys})",
                AuditFaultKind.Removed,
                [.. rows.Select(r => r.Id)]
            );
    }

    private Tampering Insert()
    {
        var id = NewId();
        var like = Any();
        // Later than this nothing can tell the row from one that a slow transaction of the product writes.
        var span = lastSeal - SealMarks.Allowance - first;
        var at = first + (span * _random.NextDouble());
        return new Tampering(
            $"a row like {like} inserted at {at:O}",
            $"""
            INSERT INTO audit_logs (id, entity_type, entity_id, action, actor_type, actor_id, changes, metadata, ip_address, user_agent, timestamp)
            SELECT '{id}', entity_type, entity_id, action, actor_type, actor_id, changes, metadata, ip_address, user_agent, '{at:yyyy-MM-dd HH:mm:ss.ffffff}'
            FROM audit_logs WHERE id = '{like.Id}'
            """,
            AuditFaultKind.Inserted,
            [id]
        );
    }

    private Tampering SwapContents()
    {
        var (one, other) = Two();
        return new Tampering(
            $"contents of {one} and {other} swapped",
            $"""
            UPDATE audit_logs a SET (entity_type, entity_id, action, actor_type, actor_id, changes, metadata, ip_address, user_agent, timestamp) =
                (SELECT b.entity_type, b.entity_id, b.action, b.actor_type, b.actor_id, b.changes, b.metadata, b.ip_address, b.user_agent, b.timestamp
                 FROM audit_logs b WHERE b.id IN ('{one.Id}', '{other.Id}') AND b.id <> a.id)
            WHERE a.id IN ('{one.Id}', '{other.Id}')
            """,
            AuditFaultKind.Changed,
            [one.Id, other.Id]
        );
    }

    private Tampering SwapKeys()
    {
        var (one, other) = Two();
        return new Tampering(
            $"keys of {one} and {other} swapped",
            $"""
            UPDATE audit_logs SET id = '00000000-0000-0000-0000-000000000000' WHERE id = '{one.Id}';
            UPDATE audit_logs SET id = '{one.Id}' WHERE id = '{other.Id}';
            UPDATE audit_logs SET id = '{other.Id}' WHERE id = '00000000-0000-0000-0000-000000000000'
            """,
            AuditFaultKind.Changed,
            [one.Id, other.Id]
        );
    }

    private Tampering EditSeal()
    {
        string[] sets =
        [
            "sealed_at = sealed_at + interval '1 second'",
            "rows = rows + 1",
            "snapshot = '1/' || snapshot",
            "hash = sha256(hash)",
            "hash = ''",
            "number = -number",
            "number = number + 1000000",
        ];
        var set = sets[_random.Next(sets.Length)];
        return new Tampering(
            $"seal edited: {set}",
            $"UPDATE ops.audit_seals SET {set} WHERE number = {_random.NextInt64(1, _last)}",
            AuditFaultKind.Seal,
            []
        );
    }

    private Tampering RemoveSeals()
    {
        var seal = _random.NextInt64(1, _last);
        var rest = _random.Next(4) switch
        {
            0 => "",
            1 => $"DELETE FROM ops.sealed_audit_rows WHERE seal_number = {seal};",
            2 =>
                $"DELETE FROM audit_logs WHERE id IN (SELECT audit_log_id FROM ops.sealed_audit_rows WHERE seal_number = {seal}); DELETE FROM ops.sealed_audit_rows WHERE seal_number = {seal};",
            // Without a trace, and the numbers closed up again.
            _ => $"""
                DELETE FROM audit_logs WHERE id IN (SELECT audit_log_id FROM ops.sealed_audit_rows WHERE seal_number = {seal});
                DELETE FROM ops.sealed_audit_rows WHERE seal_number = {seal};
                UPDATE ops.audit_seals SET number = -number WHERE number > {seal};
                UPDATE ops.sealed_audit_rows SET seal_number = -seal_number WHERE seal_number > {seal};
                UPDATE ops.audit_seals SET number = -number - 1 WHERE number < 0;
                UPDATE ops.sealed_audit_rows SET seal_number = -seal_number - 1 WHERE seal_number < 0;
                """,
        };
        return new Tampering(
            $"seal {seal} removed; {rest}",
            $"DELETE FROM ops.audit_seals WHERE number = {seal}; {rest}",
            AuditFaultKind.Seal,
            []
        );
    }

    private Tampering EditEntry()
    {
        var row = Any();
        string[] edits =
        [
            $"UPDATE ops.sealed_audit_rows SET hash = sha256(hash) WHERE audit_log_id = '{row.Id}'",
            $"UPDATE ops.sealed_audit_rows SET position = position + 100 WHERE audit_log_id = '{row.Id}'",
            $"UPDATE ops.sealed_audit_rows SET seal_number = seal_number + 1, position = 100 WHERE audit_log_id = '{row.Id}'",
            $"UPDATE ops.sealed_audit_rows SET seal_number = 1000000 WHERE audit_log_id = '{row.Id}'",
            $"DELETE FROM ops.sealed_audit_rows WHERE audit_log_id = '{row.Id}'",
            $"INSERT INTO ops.sealed_audit_rows VALUES (gen_random_uuid(), {row.Seal}, 100, '\\x00')",
        ];
        var sql = edits[_random.Next(edits.Length)];
        return new Tampering(sql, sql, AuditFaultKind.Seal, []);
    }

    /// <summary>The best that somebody without the key can do: the row, its hash and its seal all changed to fit a plain hash.</summary>
    private Tampering Forge()
    {
        var row = Any();
        return new Tampering(
            $"{row} forged with plain hashes",
            $"""
            UPDATE audit_logs SET actor_id = 'nobody' WHERE id = '{row.Id}';
            UPDATE ops.sealed_audit_rows SET hash = (SELECT sha256(record_send(ROW(a.*))) FROM audit_logs a WHERE a.id = '{row.Id}') WHERE audit_log_id = '{row.Id}';
            UPDATE ops.audit_seals SET hash = (SELECT sha256(string_agg(hash, '' ORDER BY position)) FROM ops.sealed_audit_rows WHERE seal_number = {row.Seal})
            WHERE number = {row.Seal}
            """,
            AuditFaultKind.Changed,
            [row.Id]
        );
    }

    private Tampering CutOrReplace()
    {
        var seal = _random.NextInt64(2, _last + 1);
        string[] edits =
        [
            $"""
                DELETE FROM audit_logs WHERE id IN (SELECT audit_log_id FROM ops.sealed_audit_rows WHERE seal_number >= {seal});
                DELETE FROM ops.sealed_audit_rows WHERE seal_number >= {seal};
                DELETE FROM ops.audit_seals WHERE number >= {seal}
                """,
            $"""
                DELETE FROM ops.sealed_audit_rows WHERE seal_number >= {seal};
                DELETE FROM ops.audit_seals WHERE number >= {seal}
                """,
            "DELETE FROM audit_logs; DELETE FROM ops.sealed_audit_rows; DELETE FROM ops.audit_seals",
            "DELETE FROM ops.sealed_audit_rows; DELETE FROM ops.audit_seals",
        ];
        var sql = edits[_random.Next(edits.Length)];
        return new Tampering(sql, sql, AuditFaultKind.Head, [], NeedsHead: true);
    }

    private (Target One, Target Other) Two()
    {
        var one = Any();
        Target other;
        do
        {
            other = Any();
        } while (other.Id == one.Id);
        return (one, other);
    }

    private Guid NewId()
    {
        var bytes = new byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private static string Keys(IEnumerable<Target> rows) =>
        string.Join(", ", rows.Select(r => $"'{r.Id}'"));
}
