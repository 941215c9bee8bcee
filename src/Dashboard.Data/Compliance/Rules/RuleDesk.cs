using System.Text.Json;
using Dashboard.Data.Commands;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Json;
using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Compliance.Rules;

/// <summary>A change of rules as somebody asks for it.</summary>
internal sealed record RuleRequest(
    IReadOnlyList<RuleEdit> Edits,
    string Title,
    string? Note,
    DateTime? ActivatesAt
);

/// <summary>Takes changes of rules in: writes them, or keeps them until they are approved or due.</summary>
internal static class RuleDesk
{
    private const int LongestTitle = 200;
    private const int LongestNote = 1000;

    /// <summary>Checks a request and lets it take its course.</summary>
    public static async Task<Result<RuleChangeOutcome>> SubmitAsync(
        CommandContext context,
        RuleRequest request,
        CancellationToken cancellationToken
    )
    {
        if (Fault(request, context.Now) is { } fault)
        {
            return fault;
        }

        var waits = context.Compliance.FourEyes || request.ActivatesAt is not null;
        if (!waits)
        {
            await LockAsync(context, cancellationToken);
        }

        var plan = await RulePlan.MakeAsync(context, request.Edits, cancellationToken);
        if (plan.Error is { } refusal)
        {
            return refusal;
        }

        if (plan.Value.Steps.Count == 0)
        {
            return new RuleChangeOutcome(RuleChangeProgress.Nothing, null, []);
        }

        return waits
            ? Keep(context, request, plan.Value)
            : new RuleChangeOutcome(
                RuleChangeProgress.Applied,
                null,
                await RuleWriter.WriteAsync(
                    context,
                    plan.Value,
                    new RuleAuthor(context.Actor.Id, Blank(request.Note)),
                    cancellationToken
                )
            );
    }

    /// <summary>What is wrong with a request beside its rules.</summary>
    public static Error? Fault(RuleRequest request, DateTime now)
    {
        if (request.Edits.Count == 0)
        {
            return Error.Invalid("edits", "Say what is to be changed.");
        }

        if (request.Note?.Length > LongestNote)
        {
            return Error.Invalid(
                "note",
                $"The note has {request.Note.Length} characters: shorten it to {LongestNote}."
            );
        }

        return request.ActivatesAt <= now
            ? Error.Invalid(
                "activates_at",
                "The time lies in the past: choose a later one, or none to act at once."
            )
            : null;
    }

    /// <summary>No contact is judged from here to the end of the transaction: keep it short.</summary>
    public static Task LockAsync(CommandContext context, CancellationToken cancellationToken) =>
        context.ExecuteAsync(RuleLock.Take, _ => { }, cancellationToken);

    /// <summary>For titles; of a rule that is gone its key.</summary>
    public static async Task<string> NameAsync(
        CommandContext context,
        Guid ruleId,
        CancellationToken cancellationToken
    ) =>
        await context
            .Db.ComplianceRules.Where(r => r.Id == ruleId)
            .Select(r => r.Name)
            .SingleOrDefaultAsync(cancellationToken)
        ?? ruleId.ToString();

    /// <summary>The rule as it is, or null.</summary>
    public static async Task<RuleDraft?> DraftAsync(
        DashboardDb db,
        Guid ruleId,
        CancellationToken cancellationToken
    )
    {
        var rule = await db
            .ComplianceRules.AsNoTracking()
            .SingleOrDefaultAsync(r => r.Id == ruleId, cancellationToken);
        var setting = await db
            .RuleSettings.AsNoTracking()
            .SingleOrDefaultAsync(s => s.RuleId == ruleId, cancellationToken);
        return rule is null ? null : RuleDrafts.ToDraft(rule, setting);
    }

    /// <summary>As <c>ops.rule_changes.drafts</c> holds it.</summary>
    public static JsonElement Write(IReadOnlyList<RuleEdit> edits) =>
        JsonSerializer.SerializeToElement(edits, JsonShape.Options);

    /// <summary>What <see cref="Write"/> wrote.</summary>
    public static IReadOnlyList<RuleEdit> Read(JsonElement drafts) =>
        drafts.Deserialize<List<RuleEdit>>(JsonShape.Options) ?? [];

    /// <summary>An empty note is none.</summary>
    public static string? Blank(string? text) =>
        string.IsNullOrWhiteSpace(text)
            ? null
            : text.Replace("\0", "", StringComparison.Ordinal).Trim();

    private static RuleChangeOutcome Keep(
        CommandContext context,
        RuleRequest request,
        RulePlan plan
    )
    {
        var title = request.Title.Trim();
        var change = new RuleChange
        {
            Id = Guid.CreateVersion7(),
            Title = title.Length > LongestTitle ? title[..LongestTitle] : title,
            RuleId = plan.Steps.Count == 1 ? plan.Steps[0].Edit.RuleId : null,
            Drafts = Write(plan.Edits),
            Status = context.Compliance.FourEyes
                ? RuleChangeStatus.Pending
                : RuleChangeStatus.Approved,
            Revision = 1,
            Note = Blank(request.Note),
            ActivatesAt = request.ActivatesAt,
            RequestedBy = context.Actor.Id,
            RequestedAt = context.Now,
        };
        context.Db.RuleChanges.Add(change);
        return change.Waiting();
    }

    /// <summary>The outcome of a change that goes on waiting.</summary>
    public static RuleChangeOutcome Waiting(this RuleChange change) =>
        new(
            change.Status == RuleChangeStatus.Pending
                ? RuleChangeProgress.WaitsForApproval
                : RuleChangeProgress.WaitsForTime,
            change.Id,
            []
        )
        {
            ActivatesAt = change.ActivatesAt,
        };
}
