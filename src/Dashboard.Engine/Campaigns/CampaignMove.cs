using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Tasks;
using Dashboard.Domain.Time;

namespace Dashboard.Engine.Campaigns;

/// <summary>
/// Where a campaign goes from here, worked out in memory: ended step behind it, steps whose conditions do not hold skipped
/// with the reason, the next one's task when its delay is over, completed when the steps are used up.
/// </summary>
internal sealed class CampaignMove
{
    private readonly ClaimedCampaign _campaign;
    private readonly DateTime _now;

    private CampaignMove(ClaimedCampaign campaign, DateTime now)
    {
        _campaign = campaign;
        _now = now;
        CurrentStep = campaign.CurrentStep;
        Steps = [.. campaign.Results.Steps];
    }

    /// <summary>The campaign it is about.</summary>
    public ClaimedCampaign Campaign => _campaign;

    /// <summary>Status afterwards.</summary>
    public CampaignStatus Status { get; private set; } = CampaignStatus.Active;

    /// <summary>Steps behind it afterwards.</summary>
    public int CurrentStep { get; private set; }

    /// <summary>What became of the steps behind it.</summary>
    public List<StepResult> Steps { get; }

    /// <summary>When to look again; null = when its task ends, or never.</summary>
    public DateTime? DueAt { get; private set; }

    /// <summary>The step whose task falls due now.</summary>
    public EscalationStep? Begin { get; private set; }

    /// <summary>Steps skipped on the way.</summary>
    public int Skipped { get; private set; }

    /// <summary>Works out the move.</summary>
    public static CampaignMove Of(ClaimedCampaign campaign, DateTime now)
    {
        var move = new CampaignMove(campaign, now);
        move.Run();
        return move;
    }

    private void Run()
    {
        if (_campaign.Task is { } task)
        {
            if (!TaskStateMachine.IsFinal(task.Status))
            {
                return;
            }

            // A campaign goes on after a cancelled step too: whoever wants it to stop cancels the campaign.
            Leave(
                EnumWord(task.Status),
                task.Status == AgentTaskStatus.Completed ? null : task.Reason,
                task.CompletedAt ?? _now
            );
        }

        while (CurrentStep < _campaign.Steps.Count && Status == CampaignStatus.Active)
        {
            var step = _campaign.Steps[CurrentStep];
            var due = PreviousEnd() + TimeSpan.FromHours(step.DelayHours);
            if (due > _now)
            {
                DueAt = due;
                return;
            }

            if (SkipReason(step) is not { } reason)
            {
                Begin = step;
                return;
            }

            Skipped++;
            Leave("skipped", reason, _now);
        }

        Status = CampaignStatus.Completed;
    }

    private void Leave(string outcome, string? reason, DateTime at)
    {
        CurrentStep++;
        Steps.RemoveAll(s => s.StepNumber == CurrentStep);
        Steps.Add(
            new StepResult
            {
                StepNumber = CurrentStep,
                Outcome = outcome,
                Reason = reason,
                At = at,
            }
        );
    }

    private DateTime PreviousEnd() =>
        Steps.Find(s => s.StepNumber == CurrentStep)?.At ?? _campaign.StartDate;

    /// <summary>Why the step is skipped; a condition that cannot be read skips it too, for acting on it would be a guess.</summary>
    private string? SkipReason(EscalationStep step)
    {
        var local = LocalZone.Find(_campaign.Timezone)?.LocalAt(_now) ?? _now;
        var facts = new StepFacts(
            _campaign.AmountOutstanding,
            _campaign.OldestDue is { } oldest
                ? Math.Max(0, DateOnly.FromDateTime(local).DayNumber - oldest.DayNumber)
                : 0,
            _campaign.RiskLevel,
            _campaign.ResponseRate,
            _campaign.LastContact is { } last ? (_now - last).TotalDays : null,
            Steps.Find(s => s.StepNumber == CurrentStep)?.Outcome
        );
        var decision = StepConditions.Evaluate(step, facts);
        return decision.Error is { } fault ? fault.Message : decision.Value.SkipReason;
    }

    private static string EnumWord(AgentTaskStatus status) => Domain.Json.EnumText.ToText(status);
}
