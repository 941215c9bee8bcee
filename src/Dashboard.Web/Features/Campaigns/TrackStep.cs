using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Tasks;
using Dashboard.Web.Components;
using Dashboard.Web.Features.Tasks;

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

    /// <summary>In hand or next, but the campaign is paused.</summary>
    Held,

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
    /// <param name="detail">The campaign.</param>
    /// <param name="now">UTC.</param>
    public static IReadOnlyList<TrackStep> Of(CampaignDetail detail, DateTime now)
    {
        var campaign = detail.Campaign;
        var over = campaign.Status is CampaignStatus.Completed or CampaignStatus.Cancelled;
        var track = new List<TrackStep>();
        var current = CurrentNumber(detail);
        DateTime? expected = null;
        for (var index = 0; index < campaign.EscalationSteps.Count; index++)
        {
            var step = campaign.EscalationSteps[index];
            var number = step.StepNumber > 0 ? step.StepNumber : index + 1;
            var task = detail.Tasks.LastOrDefault(t => t.Context.StepNumber == number);
            var result = campaign.Results?.Steps.LastOrDefault(r => r.StepNumber == number);
            var entry =
                result is not null && !IsOpen(task) ? Behind(number, step, result, task)
                : index < campaign.CurrentStep && !IsOpen(task) ? Behind(number, step, task)
                : over ? new TrackStep(number, step, TrackState.Dropped, null, null)
                : number == current ? Current(detail, number, step, task, now)
                : new TrackStep(
                    number,
                    step,
                    TrackState.Planned,
                    campaign.Status == CampaignStatus.Paused
                        ? null
                        : expected?.AddHours(step.DelayHours),
                    null
                );
            // What is late happens now at the earliest, and what comes after it is counted from then.
            expected = entry.State is TrackState.Current && entry.At < now ? now : entry.At;
            track.Add(entry);
        }

        return track;
    }

    /// <summary>The step whose task is open; else the one the campaign comes to next.</summary>
    private static int CurrentNumber(CampaignDetail detail) =>
        detail.Tasks.LastOrDefault(IsOpen)?.Context.StepNumber ?? detail.Campaign.CurrentStep + 1;

    private static bool IsOpen(AgentTask? task) =>
        task?.Status
            is AgentTaskStatus.Pending
                or AgentTaskStatus.Assigned
                or AgentTaskStatus.InProgress;

    private static TrackStep Behind(
        int number,
        EscalationStep step,
        StepResult result,
        AgentTask? task
    ) =>
        new(
            number,
            step,
            result.Outcome switch
            {
                "skipped" or "cancelled" => TrackState.Skipped,
                "failed" or "bounced" => TrackState.Failed,
                _ => TrackState.Done,
            },
            result.At,
            result.Outcome == "completed"
                ? TaskWording.Sentence(task?.Context.Outcome)
                : Plain(result.Reason)
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
            task?.Status == AgentTaskStatus.Completed
                ? TaskWording.Sentence(task.Context.Outcome)
                : task?.Context.Reason ?? TaskWording.Sentence(task?.Context.Outcome)
        );

    private static TrackStep Current(
        CampaignDetail detail,
        int number,
        EscalationStep step,
        AgentTask? task,
        DateTime now
    )
    {
        var campaign = detail.Campaign;
        TrackStep At(TrackState state, DateTime? at, string? note) =>
            new(number, step, state, at, note);
        if (campaign.Status == CampaignStatus.Paused)
        {
            return campaign.PausedUntil is { } until
                ? At(TrackState.Held, until, "Goes on then by itself")
                : At(TrackState.Held, null, "On hold until somebody resumes it");
        }

        if (campaign.Status == CampaignStatus.Draft)
        {
            return At(
                TrackState.Planned,
                campaign.StartDate.AddHours(step.DelayHours),
                "When the campaign is started"
            );
        }

        if (!IsOpen(task))
        {
            var due = detail.NextAt;
            var text = due > now ? null : CampaignWording.OfSchedule(due, now).Text;
            return At(TrackState.Current, due, text);
        }

        var gate = task!.Context.Gate;
        var at = task.DueAt;
        var next = CampaignWording.OfTask(task.Status, gate?.Decision, gate?.Explanation, at, now);
        return At(TrackState.Current, at, next.Text);
    }

    /// <summary>"Skipped: the risk level is low, …" without the word that stands above it.</summary>
    private static string? Plain(string? reason)
    {
        const string word = "Skipped: ";
        return reason?.StartsWith(word, StringComparison.Ordinal) == true
            ? char.ToUpperInvariant(reason[word.Length]) + reason[(word.Length + 1)..]
            : reason;
    }

    /// <summary>Colour, icon and word of a state.</summary>
    public static StateLook Look(TrackState state) =>
        state switch
        {
            TrackState.Done => StateLook.Done(),
            TrackState.Failed => StateLook.Failed(),
            TrackState.Skipped => new("cancelled", "redo", "Skipped"),
            TrackState.Current => StateLook.Progress("Now"),
            TrackState.Held => new("deferred", "pause", "Paused"),
            TrackState.Planned => StateLook.Waiting("Planned"),
            _ => StateLook.Cancelled("Not needed"),
        };
}
