using System.Globalization;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Npgsql;
using NpgsqlTypes;

namespace Dashboard.Data.Compliance.Backtest;

/// <summary>
/// Contacts, refusals and inbound contacts of a period, sorted by customer and time by the server and fetched from a cursor in
/// blocks: neither side keeps all of them, and while one works the other rests, so that a replay takes one core at most.
/// </summary>
internal sealed class PastEvents(NpgsqlConnection connection)
{
    /// <summary>Rows in one block: some megabytes here, few round trips for a million.</summary>
    public const int BlockSize = 10_000;

    // An attempt's invoices are in its clearance; older or imported ones have the task's invoice, or none, as for the gate.
    // At the same instant what the customer did comes first, then what was reserved, then what was refused beside it.
    private const string Declare = """
        DECLARE past_events NO SCROLL CURSOR FOR
        SELECT e.* FROM (
            SELECT a.customer_id, a.timestamp AS at, 1 AS kind, a.id, a.task_id, a.campaign_id, a.channel, a.status,
                   a.duration,
                   coalesce((a.metadata #> '{{clearance,debts}}')::text,
                            (SELECT '["' || t.payment_record_id || '"]' FROM tasks t WHERE t.id = a.task_id)) AS debts,
                   {0} AS purpose, NULL::timestamp AS next, NULL::int AS others
            FROM contact_attempts a WHERE a.timestamp >= $1 AND a.timestamp < $3
            UNION ALL
            SELECT r.customer_id, r.at, 2, r.id, r.task_id, r.campaign_id, r.channel, r.verdict, NULL,
                   to_jsonb(r.debts)::text, NULL, r.next_allowed_at,
                   greatest(
                       CASE WHEN r.rule_id IS DISTINCT FROM $4 AND r.rule <> ALL($5) THEN {1} END,
                       (SELECT max({2})
                        FROM jsonb_array_elements(
                            CASE jsonb_typeof(r.findings) WHEN 'array' THEN r.findings ELSE '[]' END) f
                        WHERE f ->> 'rule_id' IS DISTINCT FROM $4::text AND f ->> 'rule' <> ALL($5)))
            FROM ops.gate_refusals r WHERE r.at >= $2 AND r.at < $3
            UNION ALL
            SELECT i.customer_id, i.received_at, 0, i.id, NULL, NULL, i.channel,
                   CASE WHEN i.channel = 'phone' THEN 'answered' ELSE 'replied' END,
                   i.duration, NULL, NULL, NULL, NULL
            FROM ops.inbound_contacts i
            WHERE i.customer_id IS NOT NULL AND i.received_at >= $1 AND i.received_at < $3) e
        ORDER BY e.customer_id, e.at, e.kind, e.id
        """;

    private static readonly string s_fetch = string.Create(
        CultureInfo.InvariantCulture,
        $"FETCH {BlockSize} FROM past_events"
    );

    /// <summary>How many contacts and refusals there are in the period.</summary>
    public async Task<int> CountAsync(
        DateTime from,
        DateTime to,
        CancellationToken cancellationToken
    )
    {
        await using var command = Command(
            """
            SELECT (SELECT count(*) FROM contact_attempts WHERE timestamp >= $1 AND timestamp < $2)
                 + (SELECT count(*) FROM ops.gate_refusals WHERE at >= $1 AND at < $2)
            """,
            Instant(from),
            Instant(to)
        );
        return (int)(long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Sorts them on the server.</summary>
    /// <param name="since">UTC; earlier contacts from here on are history.</param>
    /// <param name="from">UTC, inclusive.</param>
    /// <param name="to">UTC, exclusive.</param>
    /// <param name="rule">The rule whose findings the trial replaces.</param>
    /// <param name="optOuts">The trial also replaces the opt-out's finding.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task OpenAsync(
        DateTime since,
        DateTime from,
        DateTime to,
        Guid rule,
        bool optOuts,
        CancellationToken cancellationToken
    )
    {
        // A missing zone is said twice, by the rule that needs it and by customer_time_zone: the rule's word counts.
        string[] replaced = optOuts
            ? ["customer_time_zone", RuleTrial.OptOut]
            : ["customer_time_zone"];
        var sql = string.Format(
            CultureInfo.InvariantCulture,
            Declare,
            optOuts ? "a.metadata #>> '{clearance,purpose}'" : "NULL::text",
            Rank("r.verdict"),
            Rank("f ->> 'verdict'")
        );
        await using var command = Command(
            sql,
            Instant(since),
            Instant(from),
            Instant(to),
            new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Uuid, Value = rule },
            new NpgsqlParameter
            {
                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
                Value = replaced,
            }
        );
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The next block; empty at the end.</summary>
    public async Task<List<PastEvent>> FetchAsync(CancellationToken cancellationToken)
    {
        var block = new List<PastEvent>(BlockSize);
        await using var command = Command(s_fetch);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            block.Add(Read(reader));
        }

        return block;
    }

    private static PastEvent Read(NpgsqlDataReader row) =>
        new()
        {
            CustomerId = row.GetGuid(0),
            At = Utc(row, 1),
            Kind = (PastEventKind)row.GetInt32(2),
            Id = row.GetGuid(3),
            TaskId = row.IsDBNull(4) ? Guid.Empty : row.GetGuid(4),
            CampaignId = row.IsDBNull(5) ? null : row.GetGuid(5),
            Channel = EnumText.Parse<Channel>(row.GetString(6)),
            Status = row.GetString(7),
            Duration = row.IsDBNull(8) ? null : row.GetInt32(8),
            Debts = row.IsDBNull(9) ? null : row.GetString(9),
            Purpose = row.IsDBNull(10) ? null : row.GetString(10),
            NextAllowedAt = row.IsDBNull(11) ? null : Utc(row, 11),
            Others = row.IsDBNull(12) ? GateVerdict.Allowed : (GateVerdict)row.GetInt32(12),
        };

    private NpgsqlCommand Command(string sql, params NpgsqlParameter[] parameters)
    {
        // The sort of a large period takes as long as it takes; cancelling ends it.
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.Parameters.AddRange(parameters);
        return command;
    }

    // The verdict's place in GateVerdict.
    private static string Rank(string verdict) =>
        $"CASE {verdict} "
        + string.Join(
            ' ',
            Enum.GetValues<GateVerdict>().Select(v => $"WHEN '{v.ToText()}' THEN {(int)v}")
        )
        + " END";

    private static NpgsqlParameter Instant(DateTime utc) =>
        new()
        {
            NpgsqlDbType = NpgsqlDbType.Timestamp,
            Value = DateTime.SpecifyKind(utc, DateTimeKind.Unspecified),
        };

    private static DateTime Utc(NpgsqlDataReader row, int column) =>
        DateTime.SpecifyKind(row.GetDateTime(column), DateTimeKind.Utc);
}
