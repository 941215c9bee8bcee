using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Tasks;
using Dashboard.Tests.Shared;
using Dashboard.Web.Features.Campaigns;
using Xunit;

namespace Dashboard.Web.Tests.Campaigns;

public sealed class CampaignTrackTests
{
    private readonly Campaign _campaign = Some.Campaign(
        Some.Customer(),
        with: c =>
            c.EscalationSteps = [
                Some.Step(1),
                Some.Step(2),
                Some.Step(3, s => s.DelayHours = 48),
                Some.Step(4, s => s.DelayHours = 24),
            ]
    );

    [Fact]
    public void Steps_are_done_skipped_in_hand_or_planned_from_the_one_in_hand_on()
    {
        _campaign.CurrentStep = 2;
        _campaign.Results = new CampaignResults
        {
            Steps =
            [
                new StepResult
                {
                    StepNumber = 1,
                    Outcome = "completed",
                    At = Some.Now.AddDays(-5),
                },
                new StepResult
                {
                    StepNumber = 2,
                    Outcome = "skipped",
                    Reason = "No longer overdue.",
                    At = Some.Now.AddDays(-3),
                },
            ],
        };
        var next = Some.Now.AddHours(3);
        var task = Some.Task(
            Some.Customer(),
            _campaign,
            t =>
            {
                t.Context.StepNumber = 3;
                t.DueAt = next;
                t.Context.Gate = new TaskGate
                {
                    Decision = "blocked",
                    NextAllowedAt = next,
                    Explanation = "Too early.",
                };
            }
        );

        var track = CampaignTrack.Of(Detail(task), Some.Now);

        Assert.Equal(
            [TrackState.Done, TrackState.Skipped, TrackState.Current, TrackState.Planned],
            track.Select(s => s.State)
        );
        Assert.Equal("No longer overdue.", track[1].Note);
        Assert.Equal(next, track[2].At);
        Assert.StartsWith("Too early", track[2].Note, StringComparison.Ordinal);
        Assert.Equal(next.AddHours(24), track[3].At);
    }

    [Fact]
    public void What_is_left_of_a_campaign_that_is_over_is_not_needed()
    {
        (_campaign.Status, _campaign.CurrentStep) = (CampaignStatus.Completed, 1);
        _campaign.Results = new CampaignResults
        {
            Steps =
            [
                new StepResult
                {
                    StepNumber = 1,
                    Outcome = "completed",
                    At = Some.Now,
                },
            ],
        };

        Assert.Equal(
            [TrackState.Done, TrackState.Dropped, TrackState.Dropped, TrackState.Dropped],
            CampaignTrack.Of(Detail(), Some.Now).Select(s => s.State)
        );
    }

    [Fact]
    public void A_paused_campaign_says_that_its_step_is_on_hold()
    {
        _campaign.Status = CampaignStatus.Paused;

        var current = CampaignTrack.Of(Detail(), Some.Now)[0];

        Assert.Equal((TrackState.Held, (DateTime?)null), (current.State, current.At));
        Assert.Contains("On hold", current.Note!, StringComparison.Ordinal);
    }

    private CampaignDetail Detail(params AgentTask[] tasks) =>
        new(
            _campaign,
            "America/Denver",
            null,
            tasks,
            new CampaignOutcome(0, 0, 0, []),
            [],
            0,
            null
        );
}
