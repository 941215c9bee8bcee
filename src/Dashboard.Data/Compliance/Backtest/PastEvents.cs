using System.Globalization;
using Dashboard.Data.Sql;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Npgsql;

namespace Dashboard.Data.Compliance.Backtest;

/// <summary>
/// Contacts, refusals and inbound contacts of a period, sorted by customer and time by the server and fetched from a cursor in
/// blocks: neither side keeps all of them, and while one works the other rests, so that a replay takes one core at most.
/// </summary>
internal sealed class PastEvents(NpgsqlConnection connection)
{
    /// <summary>Rows in one block: some megabytes here, few round trips for a million.</summary>
    public const int BlockSize = 10_000;

    private static readonly string[] s_verdicts = [.. EnumText.All<GateVerdict>()];

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
            Statement.At(from),
            Statement.At(to)
        );
        return (int)(long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Sorts them on the server.</summary>
    /// <param name="trials">How far back they look, and which findings they replace.</param>
    /// <param name="from">UTC, inclusive.</param>
    /// <param name="to">UTC, exclusive.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task OpenAsync(
        RuleTrials trials,
        DateTime from,
        DateTime to,
        CancellationToken cancellationToken
    )
    {
        // A missing zone is said twice, by the rule that needs it and by customer_time_zone: the rule's word counts.
        string[] replaced = trials.ReplacesOptOut
            ? ["customer_time_zone", RuleTrial.OptOut]
            : ["customer_time_zone"];
        await using var command = Command(
            SqlFile.Read<PastEvents>("PastEvents"),
            Statement.At(from - trials.LookBack),
            Statement.At(from),
            Statement.At(to),
            Statement.Key(trials.Rule),
            Statement.Texts(replaced),
            new NpgsqlParameter<bool> { TypedValue = trials.ReplacesOptOut },
            Statement.Texts(s_verdicts)
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
            At = row.Utc(1),
            Kind = (PastEventKind)row.GetInt32(2),
            Id = row.GetGuid(3),
            TaskId = row.KeyOrNull(4) ?? Guid.Empty,
            CampaignId = row.KeyOrNull(5),
            Channel = EnumText.Parse<Channel>(row.GetString(6)),
            Status = row.GetString(7),
            Duration = row.IsDBNull(8) ? null : row.GetInt32(8),
            Debts = row.TextOrNull(9),
            Purpose = row.TextOrNull(10),
            NextAllowedAt = row.UtcOrNull(11),
            Others = row.IsDBNull(12) ? GateVerdict.Allowed : (GateVerdict)row.GetInt32(12),
        };

    private NpgsqlCommand Command(string sql, params NpgsqlParameter[] parameters)
    {
        // The sort of a large period takes as long as it takes; cancelling ends it.
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.Parameters.AddRange(parameters);
        return command;
    }
}
