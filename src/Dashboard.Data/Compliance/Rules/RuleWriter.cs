using Dashboard.Data.Commands;
using Dashboard.Data.Compliance.Rules.Packs;
using Dashboard.Domain.Compliance;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Compliance.Rules;

/// <summary>Whose change it is.</summary>
/// <param name="SavedBy">Goes into the versions.</param>
/// <param name="Note">Why; goes into the versions.</param>
/// <param name="Change">The change that was approved or scheduled, if it was.</param>
internal sealed record RuleAuthor(string SavedBy, string? Note, RuleChange? Change = null);

/// <summary>Writes checked edits; the caller holds the rule lock.</summary>
internal static class RuleWriter
{
    private const string SqlTouch =
        "UPDATE compliance_rules SET updated_at = updated_at WHERE id = ANY(@ids)";

    private const string SqlComplete =
        "UPDATE ops.rule_versions SET saved_by = @saved_by, note = @note WHERE rule_id = ANY(@ids) AND valid_to IS NULL";

    /// <summary>The rules it wrote.</summary>
    public static async Task<IReadOnlyList<Guid>> WriteAsync(
        CommandContext context,
        RulePlan plan,
        RuleAuthor author,
        CancellationToken cancellationToken
    )
    {
        var db = context.Db;
        var ids = plan.Steps.Select(s => Write(context, s, author)).ToList();
        db.ChangeTracker.DetectChanges();
        // A change of the settings alone is a version too.
        var touched = plan
            .Steps.Where(s => s.Rule is { } rule && db.Entry(rule).State == EntityState.Unchanged)
            .Select(s => s.Rule!.Id)
            .ToArray();
        await db.SaveChangesAsync(cancellationToken);
        if (touched.Length > 0)
        {
            await context.ExecuteAsync(
                SqlTouch,
                p => p.AddWithValue("ids", touched),
                cancellationToken
            );
        }

        await context.ExecuteAsync(
            SqlComplete,
            p =>
            {
                p.AddWithValue("ids", ids.ToArray());
                p.AddText("saved_by", author.SavedBy);
                p.AddText("note", author.Note);
            },
            cancellationToken
        );
        return ids;
    }

    private static Guid Write(CommandContext context, RuleStep step, RuleAuthor author)
    {
        var (edit, rule, setting) = step;
        var action = edit.Kind switch
        {
            RuleEditKind.Delete => "deleted",
            RuleEditKind.SetState => "state_changed",
            _ => rule is null ? "created" : "updated",
        };
        switch (edit.Kind)
        {
            case RuleEditKind.Delete:
                context.Db.Remove(rule!);
                break;
            case RuleEditKind.SetState:
                SetState(
                    rule!,
                    setting ??= new RuleSetting { RuleId = rule!.Id },
                    edit.State!.Value
                );
                AddIfNew(context.Db, rule!, setting);
                break;
            default:
                rule ??= NewRule(context, edit);
                Save(rule, setting ??= new RuleSetting { RuleId = rule.Id }, edit);
                AddIfNew(context.Db, rule, setting);
                break;
        }

        context.Audit.Add(
            "compliance_rule",
            rule!.Id,
            action,
            metadata: new
            {
                author.Note,
                ChangeId = author.Change?.Id,
                author.Change?.RequestedBy,
                ApprovedBy = author.Change?.DecidedBy,
            }
        );
        return rule.Id;
    }

    private static ComplianceRule NewRule(CommandContext context, RuleEdit edit) =>
        new() { Id = edit.RuleId ?? Guid.CreateVersion7(), CreatedAt = context.Now };

    // Only once they are filled in: what is tracked is compared, and an empty condition cannot be.
    private static void AddIfNew(DashboardDb db, ComplianceRule rule, RuleSetting setting)
    {
        foreach (var entry in new[] { db.Entry<object>(rule), db.Entry<object>(setting) })
        {
            if (entry.State == EntityState.Detached)
            {
                entry.State = EntityState.Added;
            }
        }
    }

    private static void SetState(ComplianceRule rule, RuleSetting setting, RuleState state) =>
        (rule.IsEnabled, setting.IsShadow) = (state == RuleState.On, state == RuleState.Shadow);

    private static void Save(ComplianceRule rule, RuleSetting setting, RuleEdit edit)
    {
        var draft = edit.Draft!;
        rule.Name = draft.Name;
        rule.Description = draft.Description;
        rule.RuleType = draft.RuleType;
        rule.Condition = draft.Condition;
        rule.Action = draft.Action;
        rule.Severity = draft.Severity;
        SetState(rule, setting, draft.State);
        setting.Citation = draft.Citation;
        var pack = edit switch
        {
            { LeavesPack: true } => null,
            { Pack: { } given } => given,
            _ when setting is { PackId: { } id, PackRule: { } name } => new PackOrigin(
                id,
                name,
                RulePacks.VersionOf(id, name, draft)
            ),
            _ => null,
        };
        (setting.PackId, setting.PackRule, setting.PackVersion) = (
            pack?.Id,
            pack?.Rule,
            pack?.Version
        );
    }
}
