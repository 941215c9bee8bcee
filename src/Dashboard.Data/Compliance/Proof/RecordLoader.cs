using System.Data;
using System.Globalization;
using System.Text.Json;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Npgsql;

namespace Dashboard.Data.Compliance.Proof;

/// <summary>Reads the records of a batch of customers in one snapshot, so that a change meanwhile is seen whole or not at all.</summary>
/// <param name="source">The database.</param>
/// <param name="from">UTC, inclusive; the period whose contacts are judged.</param>
/// <param name="to">UTC, exclusive.</param>
internal sealed class RecordLoader(NpgsqlDataSource source, DateTime from, DateTime to)
{
    /// <summary>Every version of every rule.</summary>
    internal async Task<RuleTimes> RulesAsync(CancellationToken cancellationToken)
    {
        DateTime? demoFrom = null;
        var versions = new List<TimedRule>();
        await using var command = source.CreateCommand(ProofSql.Versions);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var condition = JsonSerializer.Deserialize<JsonElement>(reader.GetString(2));
            var rule = RuleBook.Read(
                reader.GetGuid(0),
                reader.GetString(1),
                Utc(reader, 5)!.Value,
                EnumText.Parse<RuleAction>(reader.GetString(3)),
                condition
            );
            var begin = Utc(reader, 6)!.Value;
            versions.Add(
                new TimedRule(rule, reader.GetBoolean(4), begin, Utc(reader, 7), condition)
            );
            demoFrom =
                reader.GetBoolean(8) && (demoFrom is null || begin < demoFrom) ? begin : demoFrom;
        }

        return new RuleTimes(versions, demoFrom);
    }

    /// <summary>Whoever was contacted in the period.</summary>
    internal async Task<List<Guid>> CustomersAsync(CancellationToken cancellationToken)
    {
        var keys = new List<Guid>();
        await using var command = source.CreateCommand(ProofSql.CustomerKeys);
        command.CommandTimeout = 0;
        command.Parameters.Add(At(from));
        command.Parameters.Add(At(to));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            keys.Add(reader.GetGuid(0));
        }

        return keys;
    }

    /// <summary>Contacts in the period.</summary>
    internal async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(ProofSql.Count);
        command.CommandTimeout = 0;
        command.Parameters.Add(At(from));
        command.Parameters.Add(At(to));
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>The records of some customers.</summary>
    internal async Task<List<CustomerRecord>> LoadAsync(
        Guid[] customers,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(
            IsolationLevel.RepeatableRead,
            cancellationToken
        );
        await using var batch = new NpgsqlBatch(connection, transaction) { Timeout = 0 };
        Add(batch, ProofSql.Customers, customers);
        Add(batch, ProofSql.Attempts, customers, At(from), At(to));
        Add(batch, ProofSql.Inbound, customers);
        Add(batch, ProofSql.Facts, customers);
        Add(batch, ProofSql.Approvals, customers);
        Add(batch, ProofSql.Campaigns, customers);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var found = new RecordAssembly();
        await EachAsync(reader, found.Customer, cancellationToken);
        await EachAsync(reader, found.Attempt, cancellationToken);
        await EachAsync(reader, found.Contact, cancellationToken);
        await EachAsync(reader, found.Fact, cancellationToken);
        await EachAsync(reader, found.Approval, cancellationToken);
        await EachAsync(reader, found.Campaign, cancellationToken);
        return found.Build();
    }

    /// <summary>When the attempts of a customer got where they got.</summary>
    internal async Task<StatusTimes> StatusTimesAsync(
        CustomerRecord customer,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(ProofSql.StatusTimes);
        command.Parameters.AddWithValue(
            customer.Attempts.Select(a => a.TaskId).Distinct().ToArray()
        );
        command.Parameters.AddWithValue(customer.Attempts.Select(a => a.Id).ToArray());
        var changes = new Dictionary<Guid, List<(ContactStatus, DateTime)>>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (
                EnumText.TryParse<ContactStatus>(
                    reader.IsDBNull(1) ? null : reader.GetString(1),
                    out var status
                )
            )
            {
                var key = reader.GetGuid(0);
                changes.TryAdd(key, []);
                changes[key].Add((status, Utc(reader, 2)!.Value));
            }
        }

        return new StatusTimes(changes);
    }

    internal static DateTime? Utc(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column)
            ? null
            : DateTime.SpecifyKind(row.GetDateTime(column), DateTimeKind.Utc);

    internal static NpgsqlParameter At(DateTime utc) =>
        new() { Value = DateTime.SpecifyKind(utc, DateTimeKind.Unspecified) };

    private static void Add(
        NpgsqlBatch batch,
        string sql,
        Guid[] customers,
        params NpgsqlParameter[] more
    )
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = customers });
        command.Parameters.AddRange(more);
        batch.BatchCommands.Add(command);
    }

    private static async Task EachAsync(
        NpgsqlDataReader reader,
        Action<NpgsqlDataReader> read,
        CancellationToken cancellationToken
    )
    {
        while (await reader.ReadAsync(cancellationToken))
        {
            read(reader);
        }

        await reader.NextResultAsync(cancellationToken);
    }

    /// <summary>The version a clearance names, e.g. <c>2026-11-26T08:00:00.123456Z</c>; no date = none that ever was.</summary>
    internal static DateTime Version(string text) =>
        DateTime.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal,
            out var version
        )
            // The database keeps microseconds.
            ? version.AddTicks(-(version.Ticks % TimeSpan.TicksPerMicrosecond))
            : DateTime.MinValue;
}
