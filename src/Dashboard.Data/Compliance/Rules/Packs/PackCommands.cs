using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Results;

namespace Dashboard.Data.Compliance.Rules.Packs;

/// <summary>
/// Installs a pack as a set: the rules that are not there yet, the deleted ones included. What an officer changed stays.
/// Installing it again changes nothing.
/// </summary>
/// <param name="PackId">Which.</param>
/// <param name="State">How new rules begin.</param>
/// <param name="Note">Why.</param>
/// <param name="ActivatesAt">UTC; null = as soon as possible.</param>
public sealed record InstallRulePack(
    string PackId,
    RuleState State = RuleState.On,
    string? Note = null,
    DateTime? ActivatesAt = null
) : ICommand<RuleChangeOutcome>
{
    /// <inheritdoc />
    public string AllowedRoles => Roles.ComplianceOfficers;

    /// <inheritdoc />
    public CommandTarget Target => new("rule_pack", Guid.Empty, $"installed {PackId}");

    /// <inheritdoc />
    public Task<Result<RuleChangeOutcome>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    ) =>
        PackDesk.SubmitAsync(
            context,
            new PackRequest(PackId, "Install", Note, ActivatesAt),
            rule => PackDesk.Install(rule, State, withRemoved: true),
            cancellationToken
        );
}

/// <summary>
/// Brings an installed pack to the version that ships: rules with an older text get the new one, new ones are added, those
/// that left the pack go. What an officer changed or deleted stays so; on, off and shadow stay as they are.
/// </summary>
/// <param name="PackId">Which.</param>
/// <param name="Note">Why.</param>
/// <param name="ActivatesAt">UTC; null = as soon as possible.</param>
public sealed record UpdateRulePack(
    string PackId,
    string? Note = null,
    DateTime? ActivatesAt = null
) : ICommand<RuleChangeOutcome>
{
    /// <inheritdoc />
    public string AllowedRoles => Roles.ComplianceOfficers;

    /// <inheritdoc />
    public CommandTarget Target => new("rule_pack", Guid.Empty, $"updated {PackId}");

    /// <inheritdoc />
    public Task<Result<RuleChangeOutcome>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    ) =>
        PackDesk.SubmitAsync(
            context,
            new PackRequest(PackId, "Update", Note, ActivatesAt),
            rule => PackDesk.Install(rule, RuleState.On, withRemoved: false),
            cancellationToken
        );
}

/// <summary>Removes a pack's rules. What an officer changed stays and becomes a rule of our own.</summary>
/// <param name="PackId">Which.</param>
/// <param name="Note">Why.</param>
/// <param name="ActivatesAt">UTC; null = as soon as possible.</param>
public sealed record RemoveRulePack(
    string PackId,
    string? Note = null,
    DateTime? ActivatesAt = null
) : ICommand<RuleChangeOutcome>
{
    /// <inheritdoc />
    public string AllowedRoles => Roles.ComplianceOfficers;

    /// <inheritdoc />
    public CommandTarget Target => new("rule_pack", Guid.Empty, $"removed {PackId}");

    /// <inheritdoc />
    public Task<Result<RuleChangeOutcome>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    ) =>
        PackDesk.SubmitAsync(
            context,
            new PackRequest(PackId, "Remove", Note, ActivatesAt),
            PackDesk.Remove,
            cancellationToken
        );
}
