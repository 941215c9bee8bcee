using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Tasks;
using Dashboard.Web.Components;

namespace Dashboard.Web.Features.Campaigns;

/// <summary>Where one step of a campaign stands.</summary>
public enum TrackState
{
    /// <summary>Carried out.</summary>
    Done,

    /// <summary>Tried, without success.</summary>
    Failed,

    /// <summary>Left out: a condition did not hold, or it was cancelled.</summary>
    Skipped,

    /// <summary>In hand or next.</summary>
    Current,

    /// <summary>To come.</summary>
    Planned,

    /// <summary>Will not come: the campaign is over.</summary>
    Dropped,
}

/// <summary>One step as the track shows it.</summary>
/// <param name="Number">1-based.</param>
/// <param name="Step">The step's definition.</param>
/// <param name="State">Where it stands.</param>
/// <param name="At">UTC; when it happened, is due or is expected. Null when that is open.</param>
/// <param name="Note">Outcome, or why it waits or was skipped.</param>
public sealed record TrackStep(
    int Number,
    EscalationStep Step,
    TrackState State,
    DateTime? At,
    string? Note
);

/// <summary>Works out the track from a campaign, its tasks and its schedule. Pure.</summary>
public static class CampaignTrack
{
    /// <summary>One entry for each step, in order.</summary>
    public static IReadOnlyList<TrackStep> Of(CampaignDetail detail)
    {
        var campaign = detail.Campaign;
        var over = campaign.Status is CampaignStatus.Completed or CampaignStatus.Cancelled;
        var track = new List<TrackStep>();
        DateTime? expected = null;
        for (var index = 0; index < campaign.EscalationSteps.Count; index++)
        {
            var step = campaign.EscalationSteps[index];
            var number = step.StepNumber > 0 ? step.StepNumber : index + 1;
            var task = detail.Tasks.LastOrDefault(t => t.Context.StepNumber == number);
            var result = campaign.Results?.Steps.LastOrDefault(r => r.StepNumber == number);
            var entry =
                result is not null ? Behind(number, step, result)
                : index < campaign.CurrentStep && !IsOpen(task) ? Behind(number, step, task)
                : over ? new TrackStep(number, step, TrackState.Dropped, null, null)
                : index == Math.Max(campaign.CurrentStep, 0) || IsOpen(task)
                    ? Current(detail, number, step, task)
                : new TrackStep(
                    number,
                    step,
                    TrackState.Planned,
                    expected?.AddHours(step.DelayHours),
                    null
                );
            expected = entry.At ?? expected;
            track.Add(entry);
        }

        return track;
    }

    private static bool IsOpen(AgentTask? task) =>
        task?.Status
            is AgentTaskStatus.Pending
                or AgentTaskStatus.Assigned
                or AgentTaskStatus.InProgress;

    private static TrackStep Behind(int number, EscalationStep step, StepResult result) =>
        new(
            number,
            step,
            result.Outcome switch
            {
                "completed" => TrackState.Done,
                "failed" => TrackState.Failed,
                _ => TrackState.Skipped,
            },
            result.At,
            result.Reason ?? (result.Outcome == "completed" ? null : StateWord(result.Outcome))
        );

    private static TrackStep Behind(int number, EscalationStep step, AgentTask? task) =>
        new(
            number,
            step,
            task?.Status switch
            {
                AgentTaskStatus.Failed => TrackState.Failed,
                AgentTaskStatus.Cancelled => TrackState.Skipped,
                _ => TrackState.Done,
            },
            task?.CompletedAt,
            task?.Context.Reason ?? task?.Context.Outcome
        );

    private static TrackStep Current(
        CampaignDetail detail,
        int number,
        EscalationStep step,
        AgentTask? task
    )
    {
        var campaign = detail.Campaign;
        var open = IsOpen(task) ? task : null;
        var at = open?.Context.Gate?.NextAllowedAt ?? open?.DueAt ?? detail.NextAt;
        return campaign.Status switch
        {
            CampaignStatus.Paused => new(
                number,
                step,
                TrackState.Current,
                campaign.PausedUntil,
                campaign.PausedUntil is null ? "On hold until somebody resumes it" : "Paused"
            ),
            CampaignStatus.Draft => new(
                number,
                step,
                TrackState.Planned,
                campaign.StartDate.AddHours(step.DelayHours),
                "When the campaign is started"
            ),
            _ => new(number, step, TrackState.Current, at, open?.Context.Gate?.Explanation),
        };
    }

    private static string StateWord(string outcome) =>
        char.ToUpperInvariant(outcome[0]) + outcome[1..].Replace('_', ' ');

    /// <summary>Colour, icon and word of a state.</summary>
    public static StateLook Look(TrackState state) =>
        state switch
        {
            TrackState.Done => StateLook.Done(),
            TrackState.Failed => StateLook.Failed(),
            TrackState.Skipped => new("deferred", "redo", "Skipped"),
            TrackState.Current => StateLook.Progress("Now"),
            TrackState.Planned => StateLook.Waiting("Planned"),
            _ => StateLook.Cancelled("Not needed"),
        };
}
