using Dashboard.Data.Commands;
using Dashboard.Domain.Json;
using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Compliance.Rules;

/// <summary>The rows of <c>ops.rule_changes</c>: held by whoever does something with them, and brought to their end.</summary>
internal static class ChangeRows
{
    /// <summary>The longest reason, in characters.</summary>
    public const int LongestReason = 1000;

    /// <summary>Holds an open change to the end of the transaction; a revision that was seen must still be the one.</summary>
    public static async Task<Result<RuleChange>> LoadAsync(
        CommandContext context,
        Guid changeId,
        int? revision,
        CancellationToken cancellationToken
    )
    {
        var found = await context
            .Db.RuleChanges.FromSql(
                $"SELECT * FROM ops.rule_changes WHERE id = {changeId} FOR UPDATE"
            )
            .ToListAsync(cancellationToken);
        if (found is not [var change])
        {
            return Error.NotFound("This change does not exist.");
        }

        if (change.Status is not (RuleChangeStatus.Pending or RuleChangeStatus.Approved))
        {
            return Error.IllegalTransition(
                $"This change is {change.Status.ToText()}; nothing more can be done with it."
            );
        }

        return revision is { } seen && seen != change.Revision
            ? Error.Conflict(
                $"This change was edited meanwhile: it is at revision {change.Revision}, you saw {seen}. Read it again."
            )
            : change;
    }

    /// <summary>
    /// Writes what the change asks for. Everything is checked before the first row is written, so that a refusal leaves
    /// nothing behind.
    /// </summary>
    public static async Task<Result<RuleChangeOutcome>> ApplyAsync(
        CommandContext context,
        RuleChange change,
        CancellationToken cancellationToken
    )
    {
        await RuleDesk.LockAsync(context, cancellationToken);
        var plan = await RulePlan.MakeAsync(
            context,
            RuleDesk.Read(change.Drafts),
            cancellationToken
        );
        return plan.Error is { } refusal
            ? refusal
            : await FinishAsync(context, change, plan.Value, cancellationToken);
    }

    /// <summary>Writes a plan that was checked under the rule lock.</summary>
    public static async Task<Result<RuleChangeOutcome>> FinishAsync(
        CommandContext context,
        RuleChange change,
        RulePlan plan,
        CancellationToken cancellationToken
    )
    {
        var author = new RuleAuthor(change.RequestedBy, change.Note, change);
        change.Status = RuleChangeStatus.Applied;
        change.AppliedAt = context.Now;
        var written = await RuleWriter.WriteAsync(context, plan, author, cancellationToken);
        return new RuleChangeOutcome(RuleChangeProgress.Applied, change.Id, written);
    }

    /// <summary>It cannot be applied.</summary>
    public static void Fail(RuleChange change, string reason)
    {
        change.Status = RuleChangeStatus.Failed;
        change.Reason = reason.Length > LongestReason ? reason[..LongestReason] : reason;
    }
}
