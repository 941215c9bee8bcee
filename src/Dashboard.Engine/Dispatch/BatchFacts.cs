using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Compliance;

namespace Dashboard.Engine.Dispatch;

/// <summary>What is known of one customer while the batch is decided; reservations of the batch are added to it.</summary>
internal sealed class CustomerFacts
{
    public bool Deleted { get; init; }
    public bool HasEmail { get; init; }
    public bool HasSms { get; init; }
    public bool HasPhone { get; init; }
    public ContactFacts Facts { get; set; } = new();
    public List<PastContact> History { get; } = [];
    public List<OptOutFact> OptOuts { get; } = [];

    /// <summary>The part of <see cref="History"/> that belongs to a campaign.</summary>
    public Dictionary<Guid, List<PastContact>> ByCampaign { get; } = [];

    /// <summary>Ids of the overdue invoices, as text.</summary>
    public List<string> Debts { get; } = [];

    public void Add(PastContact contact, Guid? campaignId)
    {
        History.Add(contact);
        if (campaignId is { } id)
        {
            if (!ByCampaign.TryGetValue(id, out var own))
            {
                ByCampaign[id] = own = [];
            }

            own.Add(contact);
        }
    }
}

/// <summary>A campaign as the batch sees it.</summary>
internal sealed record CampaignState(
    CampaignStatus Status,
    DateTime? PausedUntil,
    CampaignConfig? Config
);

/// <summary>Everything the gate needs for a batch, loaded after the locks were taken.</summary>
internal sealed class BatchFacts
{
    public Dictionary<Guid, CustomerFacts> Customers { get; } = [];
    public Dictionary<Guid, CampaignState> Campaigns { get; } = [];
    public HashSet<(Guid TaskId, string Rule)> Approvals { get; } = [];
}
