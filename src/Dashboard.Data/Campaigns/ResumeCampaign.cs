using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Results;

namespace Dashboard.Data.Campaigns;

/// <summary>Lets a paused campaign go on where it stood; its waiting tasks pass the gate again.</summary>
public sealed record ResumeCampaign(Guid CampaignId) : ICommand<Nothing>
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
        if (campaign.Status != CampaignStatus.Paused)
        {
            return Error.IllegalTransition("Only a paused campaign can be resumed.");
        }

        campaign.Status = CampaignStatus.Active;
        campaign.PausedUntil = null;
        void Bind(Npgsql.NpgsqlParameterCollection p)
        {
            p.AddWithValue("id", CampaignId);
            p.AddInstant("due", context.Now);
        }

        await context.ExecuteAsync(CampaignSql.Unpark, Bind, cancellationToken);
        await context.ExecuteAsync(CampaignSql.Schedule, Bind, cancellationToken);
        return default(Nothing);
    }
}
