using Dashboard.Data;
using Dashboard.Data.Compliance;
using Dashboard.Web.Components.Findings;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Web.Features.Compliance.Why;

/// <summary>Who was asked for approval of a task's contacts, and what they said.</summary>
/// <param name="Sentences">Oldest first.</param>
/// <param name="Approver">Name of who approved last; null = nobody.</param>
internal sealed record ApprovalWords(IReadOnlyList<string> Sentences, string? Approver)
{
    /// <summary>Nobody was asked.</summary>
    public static ApprovalWords None { get; } = new([], null);

    /// <summary>The requests of a task.</summary>
    /// <param name="db">Where.</param>
    /// <param name="task">Whose.</param>
    /// <param name="until">UTC; only those asked by then.</param>
    /// <param name="zone">IANA zone in which instants are said.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<ApprovalWords> LoadAsync(
        DashboardDb db,
        Guid task,
        DateTime until,
        string? zone,
        CancellationToken cancellationToken
    )
    {
        var requests = await db
            .ApprovalRequests.AsNoTracking()
            .Where(a => a.TaskId == task && a.RequestedAt <= until)
            .OrderBy(a => a.RequestedAt)
            .ToListAsync(cancellationToken);
        if (requests.Count == 0)
        {
            return None;
        }

        var ids = requests
            .Select(r => Guid.TryParse(r.DecidedBy, out var id) ? id : Guid.Empty)
            .Distinct()
            .ToList();
        var names = await db
            .Users.Where(u => ids.Contains(u.Id))
            .ToDictionaryAsync(u => u.Id.ToString(), u => u.DisplayName, cancellationToken);
        string Who(ApprovalRequest request) =>
            request.DecidedBy is { } by ? names.GetValueOrDefault(by, by) : "nobody";
        var approved = requests.FindLast(r =>
            r.Status is ApprovalStatus.Approved or ApprovalStatus.Expired && r.DecidedBy is not null
        );
        return new ApprovalWords(
            [.. requests.Select(r => Say(r, Who(r), zone))],
            approved is null ? null : Who(approved)
        );
    }

    private static string Say(ApprovalRequest request, string who, string? zone)
    {
        var decided = request.DecidedAt is { } at ? $" on {WhyText.Instant(at, zone)}" : "";
        var until = request.ExpiresAt is { } end
            ? $", to be used by {WhyText.Instant(end, zone)}"
            : "";
        var note = string.IsNullOrWhiteSpace(request.Note) ? "" : $": “{request.Note}”";
        return request.Status switch
        {
            ApprovalStatus.Approved => $"Approved by {who}{decided}{until}{note}",
            ApprovalStatus.Rejected => $"Rejected by {who}{decided}{note}",
            ApprovalStatus.Expired when request.DecidedBy is not null =>
                $"Approved by {who}{decided}, expired unused{note}",
            ApprovalStatus.Expired => "The request for approval expired",
            ApprovalStatus.Withdrawn => "The request for approval was withdrawn",
            _ => $"Waits for approval since {WhyText.Instant(request.RequestedAt, zone)}",
        };
    }
}
