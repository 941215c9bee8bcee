using Dashboard.Data.Commands;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Compliance.Rules;

/// <summary>One edit with the rows it is about.</summary>
/// <param name="Edit">What is done.</param>
/// <param name="Rule">Tracked; null for a new rule.</param>
/// <param name="Setting">Tracked; null when there is none yet.</param>
internal sealed record RuleStep(RuleEdit Edit, ComplianceRule? Rule, RuleSetting? Setting);

/// <summary>Edits that were checked against the rules as they are; those that would change nothing are left out.</summary>
internal sealed record RulePlan(IReadOnlyList<RuleStep> Steps)
{
    /// <summary>The edits alone.</summary>
    public IReadOnlyList<RuleEdit> Edits => [.. Steps.Select(s => s.Edit)];

    /// <summary>
    /// Checks every edit: <c>conflict</c> with what changed since the version that was seen, <c>not_found</c>, or
    /// <c>invalid</c> with the field.
    /// </summary>
    public static async Task<Result<RulePlan>> MakeAsync(
        CommandContext context,
        IReadOnlyList<RuleEdit> edits,
        CancellationToken cancellationToken
    )
    {
        var steps = await LoadAsync(context.Db, edits, cancellationToken);
        var ids = edits.Select(e => e.RuleId).OfType<Guid>().ToList();
        if (ids.Distinct().Count() != ids.Count)
        {
            return Error.Invalid("edits", "One change can change a rule only once.");
        }

        var names = await context
            .Db.ComplianceRules.Where(r => !ids.Contains(r.Id))
            .Select(r => r.Name)
            .ToListAsync(cancellationToken);
        foreach (var step in steps)
        {
            var taken = names.Concat(
                steps.Where(s => s != step).Select(NameAfter).OfType<string>()
            );
            if (await VersionFaultAsync(context.Db, step, cancellationToken) is { } fault)
            {
                return fault;
            }

            if (ContentFault(step, taken) is { } wrong)
            {
                return wrong;
            }
        }

        return new RulePlan(steps.FindAll(Changes));
    }

    private static async Task<List<RuleStep>> LoadAsync(
        DashboardDb db,
        IReadOnlyList<RuleEdit> edits,
        CancellationToken cancellationToken
    )
    {
        var ids = edits.Select(e => e.RuleId).OfType<Guid>().ToList();
        var rules = await db
            .ComplianceRules.Where(r => ids.Contains(r.Id))
            .ToDictionaryAsync(r => r.Id, cancellationToken);
        var settings = await db
            .RuleSettings.Where(s => ids.Contains(s.RuleId))
            .ToDictionaryAsync(s => s.RuleId, cancellationToken);
        return
        [
            .. edits.Select(e =>
            {
                var id = e.RuleId ?? Guid.Empty;
                var tidy = e.Draft is null ? e : e with { Draft = e.Draft.Tidy() };
                return new RuleStep(
                    tidy,
                    rules.GetValueOrDefault(id),
                    settings.GetValueOrDefault(id)
                );
            }),
        ];
    }

    private static string? NameAfter(RuleStep step) =>
        step.Edit.Kind switch
        {
            RuleEditKind.Save => step.Edit.Draft?.Name,
            RuleEditKind.SetState => step.Rule?.Name,
            _ => null,
        };

    private static async Task<Error?> VersionFaultAsync(
        DashboardDb db,
        RuleStep step,
        CancellationToken cancellationToken
    )
    {
        var (edit, rule, _) = step;
        return (edit.BasedOn, rule) switch
        {
            (null, null) when edit.Kind == RuleEditKind.Save => null,
            (null, null) => Error.NotFound("This rule does not exist."),
            (null, { }) => Error.Conflict(
                $"\"{rule.Name}\" exists: say which version of it you saw. Nothing was changed."
            ),
            ({ }, null) => Error.Conflict("This rule was deleted meanwhile. Nothing was changed."),
            ({ } seen, { }) when seen != rule.UpdatedAt => await RuleConflict.DescribeAsync(
                db,
                step,
                seen,
                cancellationToken
            ),
            _ => null,
        };
    }

    private static Error? ContentFault(RuleStep step, IEnumerable<string> taken)
    {
        switch (step.Edit)
        {
            case { Kind: RuleEditKind.Save, Draft: { } draft }:
                return First(draft.Faults(taken));
            case { Kind: RuleEditKind.SetState, State: RuleState.On or RuleState.Shadow }:
                return First(RuleSet.Check(step.Rule!)) is { } broken
                    ? broken with
                    {
                        Message =
                            $"\"{step.Rule!.Name}\" cannot be read, and on it would block every contact: {broken.Message} Correct it first.",
                    }
                    : null;
            case { Kind: RuleEditKind.SetState, State: RuleState.Off }:
            case { Kind: RuleEditKind.Delete }:
                return null;
            default:
                return Error.Invalid("edits", "An edit lacks its draft or its state.");
        }
    }

    private static Error? First(IReadOnlyList<Error> faults) =>
        faults.Count switch
        {
            0 => null,
            1 => faults[0],
            _ => faults[0] with { Message = string.Join(" ", faults.Select(f => f.Message)) },
        };

    private static bool Changes(RuleStep step)
    {
        var (edit, rule, setting) = step;
        if (rule is null || edit.Kind == RuleEditKind.Delete)
        {
            return true;
        }

        var now = RuleDrafts.ToDraft(rule, setting);
        return edit.Kind == RuleEditKind.SetState
            ? now.State != edit.State
            : edit.LeavesPack && setting?.PackId is not null
                || edit.Pack is { } pack
                    && pack
                        != new PackOrigin(
                            setting?.PackId ?? "",
                            setting?.PackRule ?? "",
                            setting?.PackVersion
                        )
                || RuleDiff.Between(now, edit.Draft).Changes.Count > 0;
    }
}
