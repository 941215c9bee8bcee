using Dashboard.Domain.Results;

namespace Dashboard.Domain.Campaigns;

/// <summary>
/// draft → active → completed | cancelled; active ⇄ paused (architecture.md). A paused campaign is a running one that is
/// held: payment and stop reach it there.
/// </summary>
public static class CampaignStateMachine
{
    private static readonly MoveTable<CampaignStatus> Moves = new(
        "campaign",
        new()
        {
            [CampaignStatus.Draft] = [CampaignStatus.Active],
            [CampaignStatus.Active] =
            [
                CampaignStatus.Paused,
                CampaignStatus.Completed,
                CampaignStatus.Cancelled,
            ],
            [CampaignStatus.Paused] =
            [
                CampaignStatus.Active,
                CampaignStatus.Completed,
                CampaignStatus.Cancelled,
            ],
        }
    );

    /// <summary>Success, or an <c>illegal_transition</c>.</summary>
    public static Result Check(CampaignStatus from, CampaignStatus to) => Moves.Check(from, to);

    /// <summary>The states that can be reached in one move.</summary>
    public static IReadOnlyList<CampaignStatus> From(CampaignStatus state) => Moves.From(state);

    /// <summary>Completed and cancelled are final.</summary>
    public static bool IsFinal(CampaignStatus state) => From(state).Count == 0;
}
