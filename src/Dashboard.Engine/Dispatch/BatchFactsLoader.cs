using Dashboard.Data.Compliance.Approvals;
using Dashboard.Data.Compliance.Facts;
using Dashboard.Data.Sql;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Json;
using Npgsql;

namespace Dashboard.Engine.Dispatch;

/// <summary>Loads the facts of a whole batch.</summary>
internal sealed class BatchFactsLoader
{
    /// <summary>Facts as of now; <paramref name="lookBack"/> bounds the history.</summary>
    public static async Task<BatchFacts> LoadAsync(
        NpgsqlConnection connection,
        IReadOnlyList<ClaimedTask> tasks,
        TimeSpan lookBack,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var customers = tasks.Select(t => t.CustomerId).Distinct().ToArray();
        var facts = new BatchFacts
        {
            Customers = await FactsLoader.LoadAsync(
                connection,
                customers,
                lookBack,
                now,
                cancellationToken
            ),
        };
        await using var batch = new NpgsqlBatch(connection);
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
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.EachAsync(row => AddCampaign(facts, row), cancellationToken);
        await reader.EachAsync(
            row => facts.Approvals.Add((row.GetGuid(0), row.GetString(1))),
            cancellationToken
        );
        return facts;
    }

    private static void AddCampaign(BatchFacts facts, NpgsqlDataReader row) =>
        facts.Campaigns[row.GetGuid(0)] = new CampaignState(
            EnumText.Parse<CampaignStatus>(row.GetString(1)),
            row.UtcOrNull(2),
            row.TextOrNull(3) is { } config ? JsonShape.Read<CampaignConfig>(config) : null
        );

    private static string Sql(string name) => SqlFile.Read<BatchFactsLoader>(name);
}
