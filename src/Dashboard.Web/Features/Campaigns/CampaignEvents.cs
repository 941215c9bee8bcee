using Dashboard.Domain.Audit;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Dashboard.Domain.Tasks;
using Dashboard.Web.Features.Customers;

namespace Dashboard.Web.Features.Campaigns;

/// <summary>What happened in a campaign, as lines of a timeline: contacts, tasks that led to none, changes.</summary>
public static class CampaignEvents
{
    /// <summary>Newest first.</summary>
    public static IReadOnlyList<TimelineEvent> Of(CampaignDetail detail)
    {
        var contacted = detail.Attempts.Select(a => a.TaskId).ToHashSet();
        return
        [
            .. detail
                .Attempts.Select(Of)
                .Concat(detail.Tasks.Where(t => !contacted.Contains(t.Id)).Select(Of))
                .Concat(detail.Changes.Select(c => Of(c, detail.Actors)))
                .OrderByDescending(e => e.At)
                .ThenByDescending(e => e.Id),
        ];
    }

    private static TimelineEvent Of(ContactAttempt attempt) =>
        new()
        {
            Id = attempt.Id,
            Kind = TimelineKind.Contact,
            At = attempt.Timestamp,
            What = attempt.Channel.ToText(),
            State = attempt.Status.ToText(),
            Actor = attempt.Agent?.Config?.Name,
            Text = attempt.Response ?? attempt.Metadata?.Failure,
            Duration = attempt.Duration,
            Document = attempt.Metadata?.Clearance,
            TaskId = attempt.TaskId,
        };

    private static TimelineEvent Of(AgentTask task) =>
        new()
        {
            Id = task.Id,
            Kind = TimelineKind.Task,
            At = task.CompletedAt ?? task.CreatedAt,
            What = task.Type.ToText(),
            State = task.Status.ToText(),
            Text = task.Status is AgentTaskStatus.Pending or AgentTaskStatus.Assigned
                ? task.Context.Gate?.Explanation ?? task.Context.Reason
                : task.Context.Reason ?? task.Context.Gate?.Explanation ?? task.Context.Outcome,
            Document = task.Context.Gate?.Findings,
            TaskId = task.Id,
        };

    private static TimelineEvent Of(AuditLog row, IReadOnlyDictionary<string, string> actors) =>
        new()
        {
            Id = row.Id,
            Kind = row.Action == "refused" ? TimelineKind.Refusal : TimelineKind.Change,
            At = row.Timestamp,
            What = row.EntityType,
            State = row.Action,
            Actor = actors.GetValueOrDefault(row.ActorId ?? "", row.ActorId ?? "system"),
            Text = Components.Audit.AuditWording.Why(row.Metadata),
            Document = row.Changes,
        };
}
