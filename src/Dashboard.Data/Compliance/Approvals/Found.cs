using Dashboard.Data.Commands;
using Dashboard.Domain.Json;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Compliance.Approvals;

/// <summary>A selected request as this transaction holds it.</summary>
/// <param name="Id">Its key.</param>
/// <param name="TaskId">The task that asks.</param>
/// <param name="Waits">Nobody has decided, and the task waits.</param>
/// <param name="IsOwn">Who decides had asked for the contact.</param>
internal sealed record Found(Guid Id, Guid TaskId, bool Waits, bool IsOwn)
{
    /// <summary>Customers, then tasks, then requests: the order of everyone who stops a contact.</summary>
    public static async Task<List<Found>> LockAsync(
        CommandContext context,
        Guid[] ids,
        CancellationToken cancellationToken
    )
    {
        var customers = await context
            .Db.ApprovalRequests.Where(r => ids.Contains(r.Id))
            .Select(r => r.CustomerId)
            .Distinct()
            .ToListAsync(cancellationToken);
        await context.LockCustomersAsync(customers, cancellationToken);
        await context.ExecuteAsync(
            ApprovalSql.LockTasks,
            p => p.AddWithValue("ids", ids),
            cancellationToken
        );
        return await context.QueryAsync(
            ApprovalSql.Read,
            p => p.AddWithValue("ids", ids),
            row => new Found(
                row.GetGuid(0),
                row.GetGuid(1),
                EnumText.Parse<ApprovalStatus>(row.GetString(2)) == ApprovalStatus.Pending
                    && row.GetBoolean(3),
                row.GetBoolean(4)
            ),
            cancellationToken
        );
    }
}
