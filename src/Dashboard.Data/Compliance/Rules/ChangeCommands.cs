using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Results;

namespace Dashboard.Data.Compliance.Rules;

/// <summary>
/// Changes a change that still waits; only who asked for it may. Its revision moves on and an approval it had is void.
/// </summary>
/// <param name="ChangeId">Which.</param>
/// <param name="Revision">The revision that was seen.</param>
/// <param name="Edits">The new contents.</param>
/// <param name="Note">Why.</param>
/// <param name="ActivatesAt">UTC; null = as soon as possible.</param>
public sealed record EditRuleChange(
    Guid ChangeId,
    int Revision,
    IReadOnlyList<RuleEdit> Edits,
    string? Note = null,
    DateTime? ActivatesAt = null
) : ICommand<RuleChangeOutcome>
{
    /// <inheritdoc />
    public string AllowedRoles => Roles.ComplianceOfficers;

    /// <inheritdoc />
    public CommandTarget Target => new("rule_change", ChangeId, "edited");

    /// <inheritdoc />
    public Task<Result<RuleChangeOutcome>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    ) => ChangeDesk.EditAsync(context, this, cancellationToken);
}

/// <summary>
/// Approves one revision of a change; never by who asked for it. Without a time to come it is applied here and now: when the
/// rule changed meanwhile, the approval is refused and the change goes on waiting.
/// </summary>
/// <param name="ChangeId">Which.</param>
/// <param name="Revision">The revision that was read.</param>
public sealed record ApproveRuleChange(Guid ChangeId, int Revision) : ICommand<RuleChangeOutcome>
{
    /// <inheritdoc />
    public string AllowedRoles => Roles.ComplianceOfficers;

    /// <inheritdoc />
    public CommandTarget Target => new("rule_change", ChangeId, "approved");

    /// <inheritdoc />
    public Task<Result<RuleChangeOutcome>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    ) => ChangeDesk.ApproveAsync(context, ChangeId, Revision, cancellationToken);
}

/// <summary>Says no to a change that waits for approval or for its time; who asked for it withdraws it instead.</summary>
/// <param name="ChangeId">Which.</param>
/// <param name="Reason">Why, at most 1000 characters.</param>
public sealed record RejectRuleChange(Guid ChangeId, string Reason) : ICommand<Nothing>
{
    /// <inheritdoc />
    public string AllowedRoles => Roles.ComplianceOfficers;

    /// <inheritdoc />
    public CommandTarget Target => new("rule_change", ChangeId, "rejected");

    /// <inheritdoc />
    public Task<Result<Nothing>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    ) => ChangeDesk.RejectAsync(context, ChangeId, Reason, cancellationToken);
}

/// <summary>Takes back a change that waits; only who asked for it may.</summary>
/// <param name="ChangeId">Which.</param>
public sealed record WithdrawRuleChange(Guid ChangeId) : ICommand<Nothing>
{
    /// <inheritdoc />
    public string AllowedRoles => Roles.ComplianceOfficers;

    /// <inheritdoc />
    public CommandTarget Target => new("rule_change", ChangeId, "withdrawn");

    /// <inheritdoc />
    public Task<Result<Nothing>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    ) => ChangeDesk.WithdrawAsync(context, ChangeId, cancellationToken);
}

/// <summary>
/// Applies a change whose time has come, or marks it as failed with the reason; run by the engine. Answers
/// <see cref="RuleChangeProgress.Nothing"/> when another engine has it in hand or it is not due any more.
/// </summary>
/// <param name="ChangeId">Which.</param>
public sealed record ActivateRuleChange(Guid ChangeId) : ICommand<RuleChangeOutcome>
{
    /// <summary>Nobody but the system.</summary>
    public string AllowedRoles => "";

    /// <inheritdoc />
    public CommandTarget Target => new("rule_change", ChangeId, "activated");

    /// <inheritdoc />
    public Task<Result<RuleChangeOutcome>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    ) => ChangeDesk.ActivateAsync(context, ChangeId, cancellationToken);
}

/// <summary>Marks a change that could not be applied at its time; run by the engine.</summary>
/// <param name="ChangeId">Which.</param>
/// <param name="Reason">Why.</param>
public sealed record FailRuleChange(Guid ChangeId, string Reason) : ICommand<Nothing>
{
    /// <summary>Nobody but the system.</summary>
    public string AllowedRoles => "";

    /// <inheritdoc />
    public CommandTarget Target => new("rule_change", ChangeId, "failed");

    /// <inheritdoc />
    public Task<Result<Nothing>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    ) => ChangeDesk.FailAsync(context, ChangeId, Reason, cancellationToken);
}
