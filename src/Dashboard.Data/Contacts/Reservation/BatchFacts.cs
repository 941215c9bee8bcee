using Dashboard.Data.Compliance.Facts;
using Dashboard.Data.Sql;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Json;
using Npgsql;

namespace Dashboard.Data.Contacts.Reservation;

/// <summary>A campaign as the batch sees it.</summary>
internal sealed record CampaignState(
    CampaignStatus Status,
    DateTime? PausedUntil,
    CampaignConfig? Config
);

/// <summary>An approval that is not used up.</summary>
/// <param name="Rules">Ids of the rules it lifts, or their names where the request does not tell.</param>
internal sealed record Approval(
    Guid Id,
    string? DecidedBy,
    DateTime? DecidedAt,
    DateTime? ExpiresAt,
    IReadOnlyCollection<string> Rules
)
{
    /// <summary>Whether it lifts what a rule asks for.</summary>
    public bool Lifts(Finding finding) =>
        (finding.RuleId is { } id && Rules.Contains(id.ToString())) || Rules.Contains(finding.Rule);
}

/// <summary>Everything the gate needs for a batch, loaded in one round trip after the locks were taken.</summary>
internal sealed class BatchFacts
{
    public required IReadOnlyDictionary<Guid, FactSheet> Customers { get; init; }
    public Dictionary<Guid, CampaignState> Campaigns { get; } = [];

    /// <summary>By task.</summary>
    public Dictionary<Guid, List<Approval>> Approvals { get; } = [];

    /// <summary>Facts as of <paramref name="now"/>; <paramref name="lookBack"/> bounds the history.</summary>
    public static async Task<BatchFacts> LoadAsync(
        NpgsqlConnection connection,
        IReadOnlyList<ClaimedTask> tasks,
        TimeSpan lookBack,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var customers = tasks.Select(t => t.CustomerId).Distinct().ToArray();
        await using var batch = new NpgsqlBatch(connection);
        FactsLoader.AddTo(batch, customers, lookBack, now);
        batch.Add(
            Sql("CampaignStates"),
            Statement.Keys(tasks.Select(t => t.CampaignId).OfType<Guid>().Distinct())
        );
        batch.Add(Sql("Approvals"), Statement.Keys(tasks.Select(t => t.Id)));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var facts = new BatchFacts
        {
            Customers = await FactsLoader.ReadAsync(reader, now, cancellationToken),
        };
        await reader.EachAsync(facts.AddCampaign, cancellationToken);
        await reader.EachAsync(facts.AddApproval, cancellationToken);
        return facts;
    }

    private void AddCampaign(NpgsqlDataReader row) =>
        Campaigns[row.GetGuid(0)] = new CampaignState(
            EnumText.Parse<CampaignStatus>(row.GetString(1)),
            row.UtcOrNull(2),
            row.TextOrNull(3) is { } config ? JsonShape.Read<CampaignConfig>(config) : null
        );

    private void AddApproval(NpgsqlDataReader row)
    {
        var rules = row.GetFieldValue<string[]>(6);
        var task = row.GetGuid(1);
        if (!Approvals.TryGetValue(task, out var own))
        {
            Approvals[task] = own = [];
        }

        own.Add(
            new Approval(
                row.GetGuid(0),
                row.TextOrNull(2),
                row.UtcOrNull(3),
                row.UtcOrNull(4),
                rules.Length > 0 ? rules : [row.GetString(5)]
            )
        );
    }

    private static string Sql(string name) => SqlFile.Read<BatchFacts>(name);
}
