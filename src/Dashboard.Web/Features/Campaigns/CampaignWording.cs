using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Tasks;
using Dashboard.Web.Components;

namespace Dashboard.Web.Features.Campaigns;

/// <summary>What comes next in a campaign.</summary>
/// <param name="Text">Why it waits, or what goes on; without a full stop.</param>
/// <param name="When">UTC; the instant it speaks of, shown beside it.</param>
public sealed record CampaignNext(string Text, DateTime? When = null);

/// <summary>Campaigns in words.</summary>
public static class CampaignWording
{
    /// <summary>What a campaign waits for, in one line.</summary>
    public static CampaignNext Next(CampaignRow row, DateTime now) =>
        row.Status switch
        {
            CampaignStatus.Draft => new("Not started"),
            CampaignStatus.Paused => row.PausedUntil is { } until
                ? new("Resumes", until)
                : new("On hold until somebody resumes it"),
            CampaignStatus.Active => row.TaskStatus is { } task
                ? OfTask(task, row.GateDecision, row.Explanation, row.NextAt, now)
                : OfSchedule(row.NextAt, now),
            _ => new("Ended", row.EndDate),
        };

    /// <summary>What the task of the step in hand waits for.</summary>
    public static CampaignNext OfTask(
        AgentTaskStatus status,
        string? decision,
        string? explanation,
        DateTime? due,
        DateTime now
    )
    {
        if (status != AgentTaskStatus.Pending)
        {
            return new(
                status == AgentTaskStatus.InProgress ? "Under way" : "Reserved for an agent"
            );
        }

        var later = due > now ? due : null;
        var why = decision is null or "allowed" or "allowed_with_warning"
            ? null
            : Bare(explanation);
        return new(
            why ?? (decision == "no_agent" ? "No agent is free" : null) ?? Queued(later),
            later
        );
    }

    /// <summary>What a campaign without a task waits for.</summary>
    public static CampaignNext OfSchedule(DateTime? due, DateTime now) =>
        due is null ? new("Waits for nothing")
        : due > now ? new("Due", due)
        : new("Next in line");

    /// <summary>"$1,200.00", and "$1,200.00 + €80.00" in the title of what shows only the largest.</summary>
    public static string Amounts(IEnumerable<CampaignMoney> money) =>
        string.Join(" + ", money.Select(m => Moneys.Format(m.Amount, m.Currency)));

    private static string Queued(DateTime? later) => later is null ? "Next in line" : "Due";

    private static string? Bare(string? sentence) =>
        string.IsNullOrWhiteSpace(sentence) ? null : sentence.Trim().TrimEnd('.');
}
