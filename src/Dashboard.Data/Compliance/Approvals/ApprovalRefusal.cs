using Dashboard.Data.Commands;
using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Compliance.Approvals;

/// <summary>Says who was faster.</summary>
internal static class ApprovalRefusal
{
    /// <summary>Why none of the requests can be decided any more.</summary>
    public static async Task<Error> ExplainAsync(
        CommandContext context,
        Guid[] ids,
        CancellationToken cancellationToken
    )
    {
        if (ids is not [var only])
        {
            return Error.Conflict(
                "None of these waits any more: others decided about them, or their tasks ended."
            );
        }

        var request = await context
            .Db.ApprovalRequests.AsNoTracking()
            .SingleOrDefaultAsync(r => r.Id == only, cancellationToken);
        if (request is null)
        {
            return Error.NotFound("This request does not exist any more.");
        }

        if (request.Status is not (ApprovalStatus.Approved or ApprovalStatus.Rejected))
        {
            return Error.Conflict(
                "This contact does not wait for approval any more: its task ended or changed."
            );
        }

        var by = Guid.TryParse(request.DecidedBy, out var id)
            ? await context
                .Db.Users.Where(u => u.Id == id)
                .Select(u => u.DisplayName)
                .SingleOrDefaultAsync(cancellationToken)
            : request.DecidedBy;
        var what = request.Status == ApprovalStatus.Approved ? "approved" : "rejected";
        return Error.Conflict(
            $"{by ?? "Somebody"} {what} this at {request.DecidedAt:HH:mm} UTC. Nothing was changed."
        );
    }
}
