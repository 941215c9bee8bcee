namespace Dashboard.Data.Changes;

/// <summary>A committed change: which table, which row; never data.</summary>
/// <param name="Topic">Table name (constants of <see cref="Topics"/>).</param>
/// <param name="Key">The row's id; <see cref="Guid.Empty"/> means "anything may have changed, read again".</param>
/// <param name="CustomerId">The row's customer, where it has one; of a deleted row unknown.</param>
/// <param name="CampaignId">The row's campaign, where it has one; of a deleted row unknown.</param>
public readonly record struct Change(
    string Topic,
    Guid Key,
    Guid? CustomerId = null,
    Guid? CampaignId = null
)
{
    /// <summary>True for "anything of this topic may have changed, read again".</summary>
    public bool IsResync => Key == Guid.Empty;

    /// <summary>False only when the change surely belongs to another customer (deletes and resyncs do not say whose).</summary>
    public bool MayConcernCustomer(Guid customerId) =>
        IsResync || CustomerId is null || CustomerId == customerId;

    /// <summary>False only when the change surely belongs to another campaign.</summary>
    public bool MayConcernCampaign(Guid campaignId) =>
        IsResync || CampaignId is null || CampaignId == campaignId;
}
