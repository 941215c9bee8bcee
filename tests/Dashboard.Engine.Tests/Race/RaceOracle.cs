using Dashboard.Tests.Shared;
using Npgsql;

namespace Dashboard.Engine.Tests.Race;

/// <summary>An attempt as the oracle reads it.</summary>
internal sealed record OracleAttempt(
    Guid Id,
    Guid Customer,
    string Zone,
    string Channel,
    string Status,
    int? Duration,
    DateTime At,
    string[] Debts
);

/// <summary>A contact that should not have happened, and by which rule.</summary>
internal readonly record struct Violation(Guid Attempt, string Rule);

/// <summary>
/// Judges contacts after the fact, twice: in plain SQL and in a few lines of C#. It shares no code with the gate and knows the
/// rules only from the sentences below. An attempt that never left or was refused by the address is no contact.
/// </summary>
internal sealed class RaceOracle(TestDatabase database, RaceRules rules, RaceStops stops)
{
    private const string Contact = "status NOT IN ('failed', 'bounced')";

    /// <summary>Every violation among the attempts of a table.</summary>
    public async Task<HashSet<Violation>> JudgeAsync(string table)
    {
        var found = new HashSet<Violation>();
        await AskSqlAsync(
            found,
            "Rolling",
            Counted(table, RaceRules.RollingSeconds, RaceRules.RollingMax)
        );
        await AskSqlAsync(found, "Interval", Counted(table, RaceRules.IntervalSeconds, 1));
        await AskSqlAsync(found, "Voicemail", Voicemails(table));
        foreach (var stop in stops.All)
        {
            await AskSqlAsync(found, stop.Kind, Stopped(table, stop));
        }

        foreach (var own in (await ReadAsync(table)).GroupBy(a => a.Customer))
        {
            JudgeCustomer(found, [.. own.OrderBy(a => a.At)]);
        }

        return found;
    }

    private async Task AskSqlAsync(HashSet<Violation> found, string rule, string sql)
    {
        foreach (var id in await database.DataSource.QueryAsync(sql))
        {
            found.Add(new Violation(Guid.Parse(id), rule));
        }
    }

    /// <summary>At most so many contacts with a customer, by any channel, in so many seconds.</summary>
    private static string Counted(string table, int seconds, int max) =>
        $"""
            SELECT x.id FROM {table} x
            WHERE x.{Contact} AND (
                SELECT count(*) FROM {table} y
                WHERE y.customer_id = x.customer_id AND y.{Contact}
                  AND y.timestamp <= x.timestamp AND y.timestamp > x.timestamp - interval '{seconds} seconds') > {max}
            """;

    /// <summary>No call while a voicemail message is younger than so many seconds.</summary>
    private static string Voicemails(string table) =>
        $"""
            SELECT x.id FROM {table} x
            WHERE x.channel = 'phone' AND x.{Contact} AND EXISTS (
                SELECT FROM {table} y
                WHERE y.customer_id = x.customer_id AND y.id <> x.id AND y.channel = 'phone' AND y.status = 'delivered'
                  AND y.timestamp <= x.timestamp AND y.timestamp > x.timestamp - interval '{RaceRules.VoicemailSeconds} seconds')
            """;

    /// <summary>Nothing while a stop is in force.</summary>
    private static string Stopped(string table, RaceStop stop) =>
        $"""
            SELECT id FROM {table}
            WHERE timestamp > '{stop.From:yyyy-MM-dd HH:mm:ss.ffffff}'
              {(stop.To is { } to ? $"AND timestamp < '{to:yyyy-MM-dd HH:mm:ss.ffffff}'" : "")}
              {(stop.CustomerId is { } customer ? $"AND customer_id = '{customer}'" : "")}
              {(stop.Channel is { } channel ? $"AND channel = '{channel}'" : "")}
            """;

    private async Task<List<OracleAttempt>> ReadAsync(string table)
    {
        await using var command = database.DataSource.CreateCommand(
            $"""
            SELECT a.id, a.customer_id, p.timezone, a.channel, a.status, a.duration, a.timestamp,
                   ARRAY(SELECT jsonb_array_elements_text(a.metadata -> 'clearance' -> 'debts'))
            FROM {table} a JOIN customer_profiles p ON p.customer_id = a.customer_id
            """
        );
        await using var reader = await command.ExecuteReaderAsync();
        var attempts = new List<OracleAttempt>();
        while (await reader.ReadAsync())
        {
            attempts.Add(Read(reader));
        }

        return attempts;
    }

    private static OracleAttempt Read(NpgsqlDataReader reader) =>
        new(
            reader.GetGuid(0),
            reader.GetGuid(1),
            reader.GetString(2),
            reader.GetString(3),
            reader.GetString(4),
            reader.IsDBNull(5) ? null : reader.GetInt32(5),
            DateTime.SpecifyKind(reader.GetDateTime(6), DateTimeKind.Utc),
            reader.GetFieldValue<string[]>(7)
        );

    private void JudgeCustomer(HashSet<Violation> found, List<OracleAttempt> attempts)
    {
        for (var i = 0; i < attempts.Count; i++)
        {
            var attempt = attempts[i];
            if (attempt.Status is "failed" or "bounced")
            {
                continue;
            }

            var before = attempts
                .Take(i)
                .Where(a => a.Status is not ("failed" or "bounced"))
                .ToList();
            var local = Local(attempt.Zone, attempt.At);
            if (!IsOpen(attempt.Zone, attempt.At))
            {
                found.Add(new Violation(attempt.Id, "Hours"));
            }

            if (attempt.Channel == "phone" && before.Any(b => Bars(b, attempt, local)))
            {
                found.Add(new Violation(attempt.Id, "Cooldown"));
            }

            var limited =
                attempt.Channel == "sms"
                && attempt.Debts.Any(d =>
                    before.Count(b =>
                        b.Channel == "sms"
                        && b.Debts.Contains(d)
                        && Local(b.Zone, b.At).Date == local.Date
                    ) >= RaceRules.SmsADay
                );
            if (limited)
            {
                found.Add(new Violation(attempt.Id, "Text messages a day"));
            }
        }
    }

    /// <summary>Two days after a conversation about an invoice there is no call about it; its day is the first.</summary>
    private static bool Bars(OracleAttempt earlier, OracleAttempt call, DateTime local) =>
        earlier is { Channel: "phone", Status: "answered", Duration: not 0 }
        && earlier.Debts.Intersect(call.Debts).Any()
        && (local.Date - Local(earlier.Zone, earlier.At).Date).TotalDays < 2;

    /// <summary>The one zone is open for an hour about the start, the other until the middle of the run.</summary>
    private bool IsOpen(string zone, DateTime at) =>
        zone == RaceRules.OpenZone
            ? at < Whole(rules.Start.AddHours(1)) && at >= rules.Start.AddHours(-1)
            : at < Whole(rules.ClosesAt) && at >= rules.Start.AddHours(-1);

    /// <summary>The hours are written down in whole seconds.</summary>
    private static DateTime Whole(DateTime at) =>
        at.AddTicks(-(at.Ticks % TimeSpan.TicksPerSecond));

    private static DateTime Local(string zone, DateTime utc) =>
        TimeZoneInfo.ConvertTimeFromUtc(utc, TimeZoneInfo.FindSystemTimeZoneById(zone));
}
