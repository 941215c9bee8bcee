using Dashboard.Domain.Agents;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Dashboard.Domain.Tasks;
using Dashboard.Web.Components;
using Npgsql;
using NpgsqlTypes;

namespace Dashboard.Web.Features.Overview;

/// <summary>Reads the overview: the figures of now in one round trip, the 30-day lines in another.</summary>
public sealed class OverviewQuery(
    NpgsqlDataSource database,
    TimeProvider clock,
    BrokenRulesQuery brokenRules
)
{
    private const int Minutes = 30;
    private const int Days = 30;

    /// <summary>The figures of now.</summary>
    /// <param name="zone">IANA zone of the reader: decides when today began.</param>
    /// <param name="cancellationToken">Gives the reading up.</param>
    public async Task<OverviewSnapshot> ReadAsync(string zone, CancellationToken cancellationToken)
    {
        var moment = Moment(zone);
        await using var batch = Batch(
            moment,
            OverviewSql.Aging,
            OverviewSql.CollectedWeek,
            OverviewSql.Contacts,
            OverviewSql.Tasks,
            OverviewSql.Refused,
            OverviewSql.Agents,
            OverviewSql.Throughput,
            OverviewSql.Needs
        );
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
        var aging = await ListAsync(
            rows,
            r => (Currency: r.GetString(0), Bucket: r.GetInt32(1), Cell: Cell(r))
        );
        var collected = await NextListAsync(
            rows,
            r => new CurrencyAmount(r.GetString(0), r.GetDecimal(1))
        );
        var contacts = await NextListAsync(rows, Contact);
        var tasks = await NextListAsync(
            rows,
            r => (Status: EnumText.Parse<AgentTaskStatus>(r.GetString(0)), Count: r.GetInt32(1))
        );
        var refused = await NextListAsync(rows, r => r.GetInt32(0));
        var agents = await NextListAsync(rows, Agent);
        var perMinute = await NextListAsync(rows, r => (Ago: r.GetInt32(0), Count: r.GetInt32(1)));
        var needs = await NextListAsync(rows, NeedWording.Read);
        var broken = await brokenRules.ReadAsync(cancellationToken);
        return new OverviewSnapshot(
            moment.Now,
            Rows(aging),
            collected,
            contacts,
            refused[0],
            tasks.ToDictionary(t => t.Status, t => t.Count),
            agents,
            Series(perMinute, Minutes),
            [.. NeedWording.Broken(broken), .. needs]
        );
    }

    /// <summary>The lines of 30 days.</summary>
    /// <param name="zone">IANA zone of the reader.</param>
    /// <param name="currency">Of the amounts.</param>
    /// <param name="cancellationToken">Gives the reading up.</param>
    public async Task<OverviewTrends> ReadTrendsAsync(
        string zone,
        string currency,
        CancellationToken cancellationToken
    )
    {
        var moment = Moment(zone);
        await using var batch = Batch(
            moment,
            OverviewSql.MoneyTrend,
            OverviewSql.ContactTrend,
            OverviewSql.RefusedTrend
        );
        batch.BatchCommands[0].Parameters.AddWithValue("currency", currency);
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
        var money = await ListAsync(
            rows,
            r => (Open: r.GetDecimal(1), Overdue: r.GetDecimal(2), Paid: r.GetDecimal(3))
        );
        var today = DateOnly.FromDateTime(Times.In(moment.Now, zone));
        Func<NpgsqlDataReader, (int Ago, int Count)> byDay = r =>
            (today.DayNumber - r.GetFieldValue<DateOnly>(0).DayNumber, r.GetInt32(1));
        var contacts = await NextListAsync(rows, byDay);
        var refused = await NextListAsync(rows, byDay);
        return new OverviewTrends(
            currency,
            [.. money.Select(m => m.Open)],
            [.. money.Select(m => m.Overdue)],
            [.. money.Select(m => m.Paid)],
            [.. Series(contacts, Days).Select(c => (decimal)c)],
            [.. Series(refused, Days).Select(c => (decimal)c)]
        );
    }

    private (DateTime Now, DateTime Day, string Zone) Moment(string zone)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return (now, Times.StartOfDay(now, zone), Times.Zone(zone).Id);
    }

    private NpgsqlBatch Batch(
        (DateTime Now, DateTime Day, string Zone) moment,
        params string[] statements
    )
    {
        var batch = database.CreateBatch();
        foreach (var statement in statements)
        {
            var command = new NpgsqlBatchCommand(statement);
            AddTime(command, "now", moment.Now);
            AddTime(command, "day", moment.Day);
            command.Parameters.AddWithValue("today", DateOnly.FromDateTime(moment.Now));
            command.Parameters.AddWithValue("zone", moment.Zone);
            batch.BatchCommands.Add(command);
        }

        return batch;
    }

    private static void AddTime(NpgsqlBatchCommand command, string name, DateTime utc) =>
        command.Parameters.Add(
            new NpgsqlParameter(name, NpgsqlDbType.Timestamp)
            {
                Value = DateTime.SpecifyKind(utc, DateTimeKind.Unspecified),
            }
        );

    private static AgingCell Cell(NpgsqlDataReader row) => new(row.GetDecimal(2), row.GetInt32(3));

    private static ContactCount Contact(NpgsqlDataReader row) =>
        new(
            row.GetInt32(0),
            EnumText.Parse<Channel>(row.GetString(1)),
            EnumText.Parse<ContactStatus>(row.GetString(2)),
            row.GetInt32(3)
        );

    private static AgentCount Agent(NpgsqlDataReader row) =>
        new(
            EnumText.Parse<AgentStatus>(row.GetString(0)),
            EnumText.Parse<AgentWish>(row.GetString(1)),
            row.GetInt32(2),
            row.GetInt32(3),
            row.GetInt32(4)
        );

    private static List<AgingRow> Rows(List<(string Currency, int Bucket, AgingCell Cell)> cells) =>
        [
            .. cells
                .GroupBy(c => c.Currency)
                .Select(g => new AgingRow(
                    g.Key,
                    [
                        .. Enumerable
                            .Range(0, AgeBucket.All.Count)
                            .Select(b =>
                                g.FirstOrDefault(c => c.Bucket == b).Cell ?? new AgingCell(0, 0)
                            ),
                    ]
                ))
                .OrderByDescending(r => r.Outstanding),
        ];

    /// <summary>Counts by "how long ago" as a line that ends now.</summary>
    private static int[] Series(List<(int Ago, int Count)> counts, int length)
    {
        var line = new int[length];
        foreach (var (ago, count) in counts.Where(c => c.Ago >= 0 && c.Ago < length))
        {
            line[length - 1 - ago] += count;
        }

        return line;
    }

    private static async Task<List<T>> NextListAsync<T>(
        NpgsqlDataReader rows,
        Func<NpgsqlDataReader, T> read
    )
    {
        await rows.NextResultAsync();
        return await ListAsync(rows, read);
    }

    private static async Task<List<T>> ListAsync<T>(
        NpgsqlDataReader rows,
        Func<NpgsqlDataReader, T> read
    )
    {
        var list = new List<T>();
        while (await rows.ReadAsync())
        {
            list.Add(read(rows));
        }

        return list;
    }
}
