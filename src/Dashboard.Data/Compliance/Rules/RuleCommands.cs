using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Compliance.Rules;

/// <summary>
/// Changes rules: at once, or as a change that waits for another officer (setting <c>Compliance:FourEyes</c>) or for its
/// time. The one door for every change of rules by people; the other commands of this folder go through it.
/// </summary>
/// <param name="Edits">In this order, all or none.</param>
/// <param name="Title">What the list of changes shows, at most 200 characters.</param>
/// <param name="Note">Why; kept with each version, at most 1000 characters.</param>
/// <param name="ActivatesAt">UTC; null = as soon as possible.</param>
public sealed record ChangeRules(
    IReadOnlyList<RuleEdit> Edits,
    string Title,
    string? Note = null,
    DateTime? ActivatesAt = null
) : ICommand<RuleChangeOutcome>
{
    /// <inheritdoc />
    public string AllowedRoles => Roles.ComplianceOfficers;

    /// <inheritdoc />
    public CommandTarget Target =>
        new(
            "compliance_rule",
            (Edits.Count == 1 ? Edits[0].RuleId : null) ?? Guid.Empty,
            "changed"
        );

    /// <inheritdoc />
    public Task<Result<RuleChangeOutcome>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    ) =>
        RuleDesk.SubmitAsync(
            context,
            new RuleRequest(Edits, Title, Note, ActivatesAt),
            cancellationToken
        );
}

/// <summary>Saves a rule, new or changed.</summary>
/// <param name="Draft">A changed one names the version it was made from (<see cref="RuleDraft.BasedOn"/>).</param>
/// <param name="Note">Why.</param>
/// <param name="ActivatesAt">UTC; null = as soon as possible.</param>
public sealed record SaveRule(RuleDraft Draft, string? Note = null, DateTime? ActivatesAt = null)
    : ICommand<RuleChangeOutcome>
{
    /// <inheritdoc />
    public string AllowedRoles => Roles.ComplianceOfficers;

    /// <inheritdoc />
    public CommandTarget Target => new("compliance_rule", Draft.RuleId ?? Guid.Empty, "saved");

    /// <inheritdoc />
    public Task<Result<RuleChangeOutcome>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    ) =>
        RuleDesk.SubmitAsync(
            context,
            new RuleRequest([RuleEdit.Save(Draft)], Draft.Name, Note, ActivatesAt),
            cancellationToken
        );
}

/// <summary>Turns a rule on, off or to shadow.</summary>
/// <param name="RuleId">Which.</param>
/// <param name="State">How.</param>
/// <param name="BasedOn">UTC; the version that was seen.</param>
/// <param name="Note">Why.</param>
/// <param name="ActivatesAt">UTC; null = as soon as possible.</param>
public sealed record SetRuleState(
    Guid RuleId,
    RuleState State,
    DateTime BasedOn,
    string? Note = null,
    DateTime? ActivatesAt = null
) : ICommand<RuleChangeOutcome>
{
    /// <inheritdoc />
    public string AllowedRoles => Roles.ComplianceOfficers;

    /// <inheritdoc />
    public CommandTarget Target => new("compliance_rule", RuleId, "state_changed");

    /// <inheritdoc />
    public async Task<Result<RuleChangeOutcome>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var name = await RuleDesk.NameAsync(context, RuleId, cancellationToken);
        var edit = RuleEdit.Set(RuleId, State, BasedOn);
        var verb =
            State == RuleState.Shadow
                ? "Run in shadow"
                : $"Turn {State.ToString().ToLowerInvariant()}";
        return await RuleDesk.SubmitAsync(
            context,
            new RuleRequest([edit], $"{verb}: {name}", Note, ActivatesAt),
            cancellationToken
        );
    }
}

/// <summary>Deletes a rule; its versions stay.</summary>
/// <param name="RuleId">Which.</param>
/// <param name="BasedOn">UTC; the version that was seen.</param>
/// <param name="Note">Why.</param>
/// <param name="ActivatesAt">UTC; null = as soon as possible.</param>
public sealed record DeleteRule(
    Guid RuleId,
    DateTime BasedOn,
    string? Note = null,
    DateTime? ActivatesAt = null
) : ICommand<RuleChangeOutcome>
{
    /// <inheritdoc />
    public string AllowedRoles => Roles.ComplianceOfficers;

    /// <inheritdoc />
    public CommandTarget Target => new("compliance_rule", RuleId, "deleted");

    /// <inheritdoc />
    public async Task<Result<RuleChangeOutcome>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var name = await RuleDesk.NameAsync(context, RuleId, cancellationToken);
        return await RuleDesk.SubmitAsync(
            context,
            new RuleRequest(
                [RuleEdit.Remove(RuleId, BasedOn)],
                $"Delete: {name}",
                Note,
                ActivatesAt
            ),
            cancellationToken
        );
    }
}

/// <summary>
/// Makes a rule what it was in an earlier version, as a new version. On, off or shadow and the legal source stay as they
/// are; a rule that was deleted comes back under its old key, on when that version was on.
/// </summary>
/// <param name="RuleId">Which.</param>
/// <param name="Number">The version to go back to.</param>
/// <param name="BasedOn">UTC; the version that was seen; null when the rule is gone.</param>
/// <param name="Note">Why.</param>
/// <param name="ActivatesAt">UTC; null = as soon as possible.</param>
public sealed record RestoreRuleVersion(
    Guid RuleId,
    int Number,
    DateTime? BasedOn,
    string? Note = null,
    DateTime? ActivatesAt = null
) : ICommand<RuleChangeOutcome>
{
    /// <inheritdoc />
    public string AllowedRoles => Roles.ComplianceOfficers;

    /// <inheritdoc />
    public CommandTarget Target => new("compliance_rule", RuleId, "restored");

    /// <inheritdoc />
    public async Task<Result<RuleChangeOutcome>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var version = await context
            .Db.RuleVersions.AsNoTracking()
            .SingleOrDefaultAsync(v => v.RuleId == RuleId && v.Number == Number, cancellationToken);
        if (version is null)
        {
            return Error.NotFound($"The rule has no version {Number}.");
        }

        var now = await RuleDesk.DraftAsync(context.Db, RuleId, cancellationToken);
        var draft = version.ToDraft() with
        {
            BasedOn = BasedOn,
            State = now?.State ?? (version.IsEnabled ? RuleState.On : RuleState.Off),
            Citation = now?.Citation,
        };
        return await RuleDesk.SubmitAsync(
            context,
            new RuleRequest(
                [RuleEdit.Save(draft)],
                $"Back to version {Number}: {draft.Name}",
                Note ?? $"Back to version {Number}.",
                ActivatesAt
            ),
            cancellationToken
        );
    }
}
