using Dashboard.Data.Commands;
using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Compliance.Rules;

/// <summary>What is done with changes that wait. Whoever does something holds the change's row.</summary>
internal static class ChangeDesk
{
    public static async Task<Result<RuleChangeOutcome>> EditAsync(
        CommandContext context,
        EditRuleChange command,
        CancellationToken cancellationToken
    )
    {
        var loaded = await ChangeRows.LoadAsync(
            context,
            command.ChangeId,
            command.Revision,
            cancellationToken
        );
        if (loaded.Error is { } refusal)
        {
            return refusal;
        }

        var change = loaded.Value;
        if (change.RequestedBy != context.Actor.Id)
        {
            return Error.Forbidden(
                "Only who asked for a change may edit it: approve it, or reject it and say why."
            );
        }

        var request = new RuleRequest(
            command.Edits,
            change.Title,
            command.Note,
            command.ActivatesAt
        );
        return RuleDesk.Fault(request, context.Now) is { } fault
            ? fault
            : await ReplaceAsync(context, change, request, cancellationToken);
    }

    public static async Task<Result<RuleChangeOutcome>> ApproveAsync(
        CommandContext context,
        Guid changeId,
        int revision,
        CancellationToken cancellationToken
    )
    {
        var loaded = await ChangeRows.LoadAsync(context, changeId, revision, cancellationToken);
        if (loaded.Error is { } refusal)
        {
            return refusal;
        }

        var change = loaded.Value;
        if (change.Status == RuleChangeStatus.Approved)
        {
            return Error.IllegalTransition(
                "This change is approved already; it waits for its time."
            );
        }

        if (await Approvers.FaultAsync(context, change, cancellationToken) is { } forbidden)
        {
            return forbidden;
        }

        change.Status = RuleChangeStatus.Approved;
        (change.DecidedBy, change.DecidedAt) = (context.Actor.Id, context.Now);
        if (!(change.ActivatesAt > context.Now))
        {
            return await ChangeRows.ApplyAsync(context, change, cancellationToken);
        }

        var edits = RuleDesk.Read(change.Drafts);
        var plan = await RulePlan.MakeAsync(context, edits, cancellationToken);
        return plan.Error is { } conflict ? conflict : change.Waiting();
    }

    public static async Task<Result<Nothing>> RejectAsync(
        CommandContext context,
        Guid changeId,
        string reason,
        CancellationToken cancellationToken
    )
    {
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > ChangeRows.LongestReason)
        {
            return Error.Invalid(
                "reason",
                $"Say why, in at most {ChangeRows.LongestReason} characters."
            );
        }

        var loaded = await ChangeRows.LoadAsync(context, changeId, null, cancellationToken);
        if (loaded.Error is { } refusal)
        {
            return refusal;
        }

        var change = loaded.Value;
        if (change.RequestedBy == context.Actor.Id)
        {
            return Error.Forbidden("You asked for this change: withdraw it instead.");
        }

        change.Status = RuleChangeStatus.Rejected;
        change.Reason = RuleDesk.Blank(reason);
        (change.DecidedBy, change.DecidedAt) = (context.Actor.Id, context.Now);
        return default(Nothing);
    }

    public static async Task<Result<Nothing>> WithdrawAsync(
        CommandContext context,
        Guid changeId,
        CancellationToken cancellationToken
    )
    {
        var loaded = await ChangeRows.LoadAsync(context, changeId, null, cancellationToken);
        if (loaded.Error is { } refusal)
        {
            return refusal;
        }

        if (loaded.Value.RequestedBy != context.Actor.Id)
        {
            return Error.Forbidden(
                "Only who asked for a change may withdraw it: reject it instead."
            );
        }

        loaded.Value.Status = RuleChangeStatus.Withdrawn;
        return default(Nothing);
    }

    public static async Task<Result<RuleChangeOutcome>> ActivateAsync(
        CommandContext context,
        Guid changeId,
        CancellationToken cancellationToken
    )
    {
        var found = await context
            .Db.RuleChanges.FromSql(
                $"""
                SELECT * FROM ops.rule_changes
                WHERE id = {changeId} AND status = 'approved' AND coalesce(activates_at, {context.Now}) <= {context.Now}
                FOR UPDATE SKIP LOCKED
                """
            )
            .ToListAsync(cancellationToken);
        if (found is not [var change])
        {
            return new RuleChangeOutcome(RuleChangeProgress.Nothing, changeId, []);
        }

        if (context.Compliance.FourEyes && change.DecidedBy is null)
        {
            // It was scheduled before four eyes were asked for.
            change.Status = RuleChangeStatus.Pending;
            return change.Waiting();
        }

        var applied = await ChangeRows.ApplyAsync(context, change, cancellationToken);
        if (applied.Error is { } reason)
        {
            ChangeRows.Fail(change, reason.Message);
            return new RuleChangeOutcome(RuleChangeProgress.Failed, changeId, []);
        }

        return applied;
    }

    public static async Task<Result<Nothing>> FailAsync(
        CommandContext context,
        Guid changeId,
        string reason,
        CancellationToken cancellationToken
    )
    {
        var loaded = await ChangeRows.LoadAsync(context, changeId, null, cancellationToken);
        if (loaded.Error is { } refusal)
        {
            return refusal;
        }

        ChangeRows.Fail(loaded.Value, reason);
        return default(Nothing);
    }

    /// <summary>Another revision, which nobody has approved yet.</summary>
    private static async Task<Result<RuleChangeOutcome>> ReplaceAsync(
        CommandContext context,
        RuleChange change,
        RuleRequest request,
        CancellationToken cancellationToken
    )
    {
        var applies = !context.Compliance.FourEyes && request.ActivatesAt is null;
        if (applies)
        {
            await RuleDesk.LockAsync(context, cancellationToken);
        }

        var plan = await RulePlan.MakeAsync(context, request.Edits, cancellationToken);
        if (plan.Error is { } wrong)
        {
            return wrong;
        }

        change.Revision++;
        (change.DecidedBy, change.DecidedAt) = (null, null);
        change.Drafts = RuleDesk.Write(plan.Value.Edits);
        change.Note = RuleDesk.Blank(request.Note);
        change.ActivatesAt = request.ActivatesAt;
        change.Status = context.Compliance.FourEyes
            ? RuleChangeStatus.Pending
            : RuleChangeStatus.Approved;
        return applies
            ? await ChangeRows.FinishAsync(context, change, plan.Value, cancellationToken)
            : change.Waiting();
    }
}
