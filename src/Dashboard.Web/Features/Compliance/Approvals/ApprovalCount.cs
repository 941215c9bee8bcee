using Dashboard.Data;
using Dashboard.Data.Changes;
using Dashboard.Data.Compliance;
using Dashboard.Web.Components;
using Dashboard.Web.Components.Layout;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Web.Features.Compliance.Approvals;

/// <summary>How many contacts wait for a decision; one reading for everyone who looks.</summary>
internal sealed class ApprovalCount : IMenuCount
{
    private const int Most = 1000;

    private readonly SharedRead<int> _reading;

    public ApprovalCount(IDbContextFactory<DashboardDb> contexts, TimeProvider time) =>
        _reading = new SharedRead<int>(
            async () =>
            {
                await using var db = await contexts.CreateDbContextAsync();
                return await db
                    .ApprovalRequests.Where(r => r.Status == ApprovalStatus.Pending)
                    .Take(Most)
                    .CountAsync();
            },
            TimeSpan.FromSeconds(1),
            time
        );

    public string Href => "/approvals";

    public string Topic => Topics.ApprovalRequests;

    public Task<int> CountAsync(CancellationToken cancellationToken) =>
        _reading.NextAsync(cancellationToken);
}
