using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Results;

namespace Dashboard.Data.Campaigns;

/// <summary>Ends a campaign for good and cancels what waits of it.</summary>
public sealed record CancelCampaign(Guid CampaignId, string? Reason = null) : ICommand<Nothing>
{
    /// <inheritdoc />
    public string AllowedRoles => Roles.Stoppers;

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
        var move = CampaignStateMachine.Check(campaign.Status, CampaignStatus.Cancelled);
        if (move.Error is { } illegal)
        {
            return illegal;
        }

        campaign.Status = CampaignStatus.Cancelled;
        campaign.EndDate = context.Now;
        campaign.PausedUntil = null;
        void Bind(Npgsql.NpgsqlParameterCollection p)
        {
            p.AddWithValue("id", CampaignId);
            p.AddWithValue("ids", new[] { CampaignId });
            p.AddText("reason", Reason ?? "The campaign was cancelled.");
        }

        await context.ExecuteAsync(CampaignSql.CancelWaiting, Bind, cancellationToken);
        await context.ExecuteAsync(
            "DELETE FROM ops.campaign_schedule WHERE campaign_id = @id",
            Bind,
            cancellationToken
        );
        return default(Nothing);
    }
}
