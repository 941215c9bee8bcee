using Dashboard.Domain.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Compliance.Approvals;

/// <summary>Which open requests: what "all that match" means to a decision.</summary>
/// <param name="Rule">Name of the rule that asks.</param>
/// <param name="Channel">The way it would go.</param>
/// <param name="CampaignId">Only this campaign's.</param>
/// <param name="CustomerId">Only this customer's.</param>
public sealed record ApprovalFilter(
    string? Rule = null,
    Channel? Channel = null,
    Guid? CampaignId = null,
    Guid? CustomerId = null
)
{
    /// <summary>The open requests of <paramref name="db"/> that match, in no order.</summary>
    public IQueryable<ApprovalRequest> Apply(DashboardDb db)
    {
        var open = db.ApprovalRequests.Where(r => r.Status == ApprovalStatus.Pending);
        open = Rule is { } rule ? open.Where(r => r.Rule == rule) : open;
        open = Channel is { } channel ? open.Where(r => r.Channel == channel) : open;
        open = CustomerId is { } customer ? open.Where(r => r.CustomerId == customer) : open;
        return CampaignId is { } campaign
            ? open.Where(r => db.Tasks.Any(t => t.Id == r.TaskId && t.CampaignId == campaign))
            : open;
    }
}

/// <summary>The requests a decision is about: a list, or all that match a filter.</summary>
/// <param name="Ids">These; null when <paramref name="Filter"/> says which.</param>
/// <param name="Filter">All that match, at the instant the command runs.</param>
public sealed record ApprovalSelection(
    IReadOnlyList<Guid>? Ids = null,
    ApprovalFilter? Filter = null
)
{
    /// <summary>One request.</summary>
    public static ApprovalSelection One(Guid id) => new([id]);

    /// <summary>The single request, or empty: what an audit row of a refusal names.</summary>
    internal Guid Key => Ids is [var only] ? only : Guid.Empty;

    /// <summary>Ids of the selected requests.</summary>
    internal async Task<Guid[]> ResolveAsync(DashboardDb db, CancellationToken cancellationToken)
    {
        if (Ids is not null)
        {
            return [.. Ids.Distinct()];
        }

        return Filter is null
            ? []
            : await Filter.Apply(db).Select(r => r.Id).ToArrayAsync(cancellationToken);
    }
}

/// <summary>What a decision did.</summary>
/// <param name="Decided">Requests decided.</param>
/// <param name="Gone">Selected ones that somebody else had decided, or whose task had ended.</param>
/// <param name="Own">Selected ones whose contact the officer had asked for: another officer approves those.</param>
/// <param name="Unreadable">Selected ones whose message cannot be rendered: there is nothing to approve.</param>
public sealed record ApprovalsDecided(int Decided, int Gone = 0, int Own = 0, int Unreadable = 0);
