using Dashboard.Data.Commands;
using Dashboard.Domain.Audit;
using Dashboard.Domain.Json;
using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Compliance.Rules;

/// <summary>What is done with changes that wait. Whoever does something holds the change's row.</summary>
internal static class ChangeDesk
{
    private const int LongestReason = 1000;

    public static async Task<Result<RuleChangeOutcome>> EditAsync(
        CommandContext context,
        EditRuleChange command,
        CancellationToken cancellationToken
    )
    {
        var loaded = await LoadAsync(
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
        if (RuleDesk.Fault(request, context.Now) is { } fault)
        {
            return fault;
        }

        var applies = !context.Compliance.FourEyes && command.ActivatesAt is null;
        if (applies)
        {
            await RuleDesk.LockAsync(context, cancellationToken);
        }

        var plan = await RulePlan.MakeAsync(context, command.Edits, cancellationToken);
        if (plan.Error is { } wrong)
        {
            return wrong;
        }

        change.Revision++;
        (change.DecidedBy, change.DecidedAt) = (null, null);
        change.Drafts = RuleDesk.Write(plan.Value.Edits);
        change.Note = RuleDesk.Blank(command.Note);
        change.ActivatesAt = command.ActivatesAt;
        change.Status = context.Compliance.FourEyes
            ? RuleChangeStatus.Pending
            : RuleChangeStatus.Approved;
        return applies
            ? await FinishAsync(context, change, plan.Value, cancellationToken)
            : change.Waiting();
    }

    public static async Task<Result<RuleChangeOutcome>> ApproveAsync(
        CommandContext context,
        Guid changeId,
        int revision,
        CancellationToken cancellationToken
    )
    {
        var loaded = await LoadAsync(context, changeId, revision, cancellationToken);
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

        if (await ApproverFaultAsync(context, change, cancellationToken) is { } forbidden)
        {
            return forbidden;
        }

        change.Status = RuleChangeStatus.Approved;
        (change.DecidedBy, change.DecidedAt) = (context.Actor.Id, context.Now);
        if (!(change.ActivatesAt > context.Now))
        {
            return await ApplyAsync(context, change, cancellationToken);
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
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason)
        {
            return Error.Invalid("reason", $"Say why, in at most {LongestReason} characters.");
        }

        var loaded = await LoadAsync(context, changeId, null, cancellationToken);
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
        change.Reason = reason.Trim();
        (change.DecidedBy, change.DecidedAt) = (context.Actor.Id, context.Now);
        return default(Nothing);
    }

    public static async Task<Result<Nothing>> WithdrawAsync(
        CommandContext context,
        Guid changeId,
        CancellationToken cancellationToken
    )
    {
        var loaded = await LoadAsync(context, changeId, null, cancellationToken);
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

        var applied = await ApplyAsync(context, change, cancellationToken);
        if (applied.Error is { } reason)
        {
            Fail(change, reason.Message);
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
        var loaded = await LoadAsync(context, changeId, null, cancellationToken);
        if (loaded.Error is { } refusal)
        {
            return refusal;
        }

        Fail(loaded.Value, reason);
        return default(Nothing);
    }

    // Everything is checked before the first row is written, so that a refusal leaves nothing behind.
    private static async Task<Result<RuleChangeOutcome>> ApplyAsync(
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

    private static async Task<Result<RuleChangeOutcome>> FinishAsync(
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

    private static void Fail(RuleChange change, string reason)
    {
        change.Status = RuleChangeStatus.Failed;
        change.Reason = reason.Length > LongestReason ? reason[..LongestReason] : reason;
    }

    private static async Task<Result<RuleChange>> LoadAsync(
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

    /// <summary>Who approves is a person, and not the one who asked.</summary>
    private static async Task<Error?> ApproverFaultAsync(
        CommandContext context,
        RuleChange change,
        CancellationToken cancellationToken
    )
    {
        var actor = context.Actor;
        if (change.RequestedBy == actor.Id)
        {
            return Error.Forbidden(
                "You asked for this change: another compliance officer has to approve it."
            );
        }

        var isPerson =
            actor.Type == ActorType.User
            && Guid.TryParse(actor.Id, out var id)
            && await context.Db.Users.AnyAsync(u => u.Id == id, cancellationToken);
        if (!isPerson)
        {
            return Error.Forbidden("Only a signed-in compliance officer can approve a change.");
        }

        return
            Guid.TryParse(change.RequestedBy, out var key)
            && await context.Db.ApiKeys.AnyAsync(
                k => k.Id == key && (k.CreatedBy == actor.Id || k.CreatedBy == actor.Name),
                cancellationToken
            )
            ? Error.Forbidden(
                "Your API key asked for this change: another compliance officer has to approve it."
            )
            : null;
    }
}
