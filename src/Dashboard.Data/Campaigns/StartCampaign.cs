using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Results;

namespace Dashboard.Data.Campaigns;

/// <summary>Starts a draft: its first step falls due <c>delay_hours</c> after now, or after its start date when that is later.</summary>
public sealed record StartCampaign(Guid CampaignId, DateTime? SeenUpdatedAt = null)
    : ICommand<Nothing>
{
    /// <inheritdoc />
    public string AllowedRoles => Roles.CollectionsManagers;

    /// <inheritdoc />
    public CommandTarget Target => new("campaign", CampaignId, "status_changed");

    /// <inheritdoc />
    public async Task<Result<Nothing>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var loaded = await CampaignSql.LoadLockedAsync(context, CampaignId, cancellationToken);
        if (loaded.Error is { } missing)
        {
            return missing;
        }

        var campaign = loaded.Value;
        if (campaign.Status != CampaignStatus.Draft)
        {
            return Error.IllegalTransition("Only a draft can be started.");
        }

        if (EscalationSteps.Validate(campaign.EscalationSteps) is [var fault, ..])
        {
            return fault;
        }

        if (SeenUpdatedAt is { } seen)
        {
            context.ExpectUnchanged(campaign, seen);
        }

        campaign.Status = CampaignStatus.Active;
        campaign.StartDate = campaign.StartDate > context.Now ? campaign.StartDate : context.Now;
        await context.ExecuteAsync(
            CampaignSql.Schedule,
            p =>
            {
                p.AddWithValue("id", CampaignId);
                p.AddInstant("due", campaign.StartDate);
            },
            cancellationToken
        );
        return default(Nothing);
    }
}
