using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Results;

namespace Dashboard.Data.Campaigns;

/// <summary>Holds a campaign: once it returns, nothing of it is reserved any more.</summary>
/// <param name="CampaignId">Which.</param>
/// <param name="Until">UTC; null = until an operator resumes it.</param>
/// <param name="Reason">Shown on the waiting tasks.</param>
public sealed record PauseCampaign(Guid CampaignId, DateTime? Until = null, string? Reason = null)
    : ICommand<Nothing>
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
        if (Until <= context.Now)
        {
            return Error.Invalid(nameof(Until), "The end of a pause lies in the future.");
        }

        var loaded = await CampaignSql.LoadLockedAsync(context, CampaignId, cancellationToken);
        if (loaded.Error is { } missing)
        {
            return missing;
        }

        if (loaded.Value.Status is not (CampaignStatus.Active or CampaignStatus.Paused))
        {
            return Error.IllegalTransition("Only a running campaign can be paused.");
        }

        await HoldAsync(
            context,
            loaded.Value,
            Until,
            Reason ?? "The campaign is paused.",
            cancellationToken
        );
        return default(Nothing);
    }

    /// <summary>Pauses a loaded campaign and parks its tasks.</summary>
    internal static async Task HoldAsync(
        CommandContext context,
        Campaign campaign,
        DateTime? until,
        string reason,
        CancellationToken cancellationToken
    )
    {
        campaign.Status = CampaignStatus.Paused;
        campaign.PausedUntil = until;
        void Bind(Npgsql.NpgsqlParameterCollection p)
        {
            p.AddWithValue("id", campaign.Id);
            p.AddInstant("until", until);
            p.AddInstant("due", until);
            p.AddText("reason", reason);
        }

        await context.ExecuteAsync(CampaignSql.Park, Bind, cancellationToken);
        await context.ExecuteAsync(
            until is null
                ? "DELETE FROM ops.campaign_schedule WHERE campaign_id = @id"
                : CampaignSql.Schedule,
            Bind,
            cancellationToken
        );
    }
}
