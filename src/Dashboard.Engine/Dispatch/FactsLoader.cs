using Dashboard.Data.Compliance.Approvals;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Dashboard.Domain.OptOuts;
using Dashboard.Engine.Sql;
using Npgsql;

namespace Dashboard.Engine.Dispatch;

/// <summary>Loads the facts of a whole batch in one round trip.</summary>
internal sealed class FactsLoader
{
    /// <summary>Facts as of now; <paramref name="since"/> bounds the history.</summary>
    public static async Task<BatchFacts> LoadAsync(
        NpgsqlConnection connection,
        IReadOnlyList<ClaimedTask> tasks,
        DateTime since,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var customers = tasks.Select(t => t.CustomerId).Distinct().ToArray();
        await using var batch = new NpgsqlBatch(connection);
        batch.Add(Sql("Customers"), Statement.Keys(customers));
        batch.Add(Sql("OptOuts"), Statement.Keys(customers), Statement.At(now));
        batch.Add(Sql("History"), Statement.Keys(customers), Statement.At(since));
        batch.Add(
            Sql("Debts"),
            Statement.Keys(customers),
            Statement.Day(DateOnly.FromDateTime(now))
        );
        batch.Add(
            Sql("CampaignStates"),
            Statement.Keys(tasks.Select(t => t.CampaignId).OfType<Guid>().Distinct())
        );
        batch.Add(
            ApprovalSql.Honoured,
            Statement.Keys(tasks.Select(t => t.Id)),
            Statement.At(now),
            Statement.Day(DateOnly.FromDateTime(now))
        );

        var facts = new BatchFacts();
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await EachAsync(reader, row => AddCustomer(facts, row), cancellationToken);
        await EachAsync(reader, row => AddOptOut(facts, row), cancellationToken);
        await EachAsync(reader, row => AddContact(facts, row), cancellationToken);
        await EachAsync(
            reader,
            row => facts.Customers[row.GetGuid(0)].Debts.Add(row.GetGuid(1).ToString()),
            cancellationToken
        );
        await EachAsync(reader, row => AddCampaign(facts, row), cancellationToken);
        await EachAsync(
            reader,
            row => facts.Approvals.Add((row.GetGuid(0), row.GetString(1))),
            cancellationToken
        );
        return facts;
    }

    private static void AddCustomer(BatchFacts facts, NpgsqlDataReader row)
    {
        var customer = new CustomerFacts
        {
            Deleted = row.GetBoolean(1),
            HasEmail = row.GetBoolean(2),
            HasSms = row.GetBoolean(3),
            HasPhone = row.GetBoolean(4),
        };
        customer.Facts = new ContactFacts
        {
            Timezone = row.TextOrNull(5),
            DoNotContact = row.GetBoolean(6),
            ContactRestrictions = row.IsDBNull(7) ? [] : row.GetFieldValue<string[]>(7),
            PreferredWindow =
                row.IsDBNull(8) || row.IsDBNull(9)
                    ? null
                    : new PreferredWindow(
                        row.GetFieldValue<TimeOnly>(8),
                        row.GetFieldValue<TimeOnly>(9)
                    ),
            OptOuts = customer.OptOuts,
            History = customer.History,
        };
        facts.Customers[row.GetGuid(0)] = customer;
    }

    private static void AddOptOut(BatchFacts facts, NpgsqlDataReader row) =>
        facts
            .Customers[row.GetGuid(0)]
            .OptOuts.Add(
                new OptOutFact(
                    EnumText.Parse<OptOutChannel>(row.GetString(1)),
                    row.Utc(2),
                    row.UtcOrNull(3)
                )
            );

    private static void AddContact(BatchFacts facts, NpgsqlDataReader row) =>
        facts
            .Customers[row.GetGuid(0)]
            .Add(
                new PastContact(
                    EnumText.Parse<Channel>(row.GetString(2)),
                    row.Utc(3),
                    EnumText.Parse<ContactStatus>(row.GetString(4)),
                    row.GetFieldValue<string[]>(6),
                    row.IsDBNull(5) ? null : row.GetInt32(5)
                ),
                row.KeyOrNull(1)
            );

    private static void AddCampaign(BatchFacts facts, NpgsqlDataReader row) =>
        facts.Campaigns[row.GetGuid(0)] = new CampaignState(
            EnumText.Parse<CampaignStatus>(row.GetString(1)),
            row.UtcOrNull(2),
            row.TextOrNull(3) is { } config ? JsonShape.Read<CampaignConfig>(config) : null
        );

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

    private static string Sql(string name) => SqlFile.Read<FactsLoader>(name);
}
