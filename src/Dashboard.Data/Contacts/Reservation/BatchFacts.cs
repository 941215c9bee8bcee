using Dashboard.Data.Compliance.Approvals;
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

/// <summary>An approval that still counts.</summary>
/// <param name="Rules">Ids of the rules it lifts; of what is built in, the names.</param>
internal sealed record Approval(
    Guid Id,
    string? DecidedBy,
    DateTime? DecidedAt,
    DateTime? ExpiresAt,
    ISet<string> Rules
)
{
    /// <summary>Whether it lifts what a rule asks for.</summary>
    public bool Lifts(Finding finding) =>
        Rules.Contains(finding.RuleId?.ToString() ?? finding.Rule);
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
        batch.Add(
            ApprovalSql.Honoured,
            Statement.Keys(tasks.Select(t => t.Id)),
            Statement.At(now),
            Statement.Day(DateOnly.FromDateTime(now))
        );
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
        var (id, task) = (row.GetGuid(0), row.GetGuid(1));
        if (!Approvals.TryGetValue(task, out var own))
        {
            Approvals[task] = own = [];
        }

        var approval = own.Find(a => a.Id == id);
        if (approval is null)
        {
            approval = new Approval(
                id,
                row.TextOrNull(2),
                row.UtcOrNull(3),
                row.UtcOrNull(4),
                new HashSet<string>(StringComparer.Ordinal)
            );
            own.Add(approval);
        }

        approval.Rules.Add(row.GetString(5));
    }

    private static string Sql(string name) => SqlFile.Read<BatchFacts>(name);
}
