using Dashboard.Data.Compliance.Facts;
using Dashboard.Domain.Campaigns;

namespace Dashboard.Engine.Dispatch;

/// <summary>A campaign as the batch sees it.</summary>
internal sealed record CampaignState(
    CampaignStatus Status,
    DateTime? PausedUntil,
    CampaignConfig? Config
);

/// <summary>Everything the gate needs for a batch, loaded after the locks were taken.</summary>
internal sealed class BatchFacts
{
    public required IReadOnlyDictionary<Guid, FactSheet> Customers { get; init; }
    public Dictionary<Guid, CampaignState> Campaigns { get; } = [];
    public HashSet<(Guid TaskId, string Rule)> Approvals { get; } = [];
}
