using Dashboard.Data.Commands;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Results;

namespace Dashboard.Data.Compliance.Rules.Packs;

/// <summary>What is asked of a pack.</summary>
internal sealed record PackRequest(string PackId, string Verb, string? Note, DateTime? ActivatesAt);

/// <summary>What happens to one rule of a pack: an edit, or the reason why it is left alone, or neither.</summary>
internal sealed record PackStep(RuleEdit? Edit, string? Kept = null);

/// <summary>Turns what is asked of a pack into edits of rules, which then go the way of every change.</summary>
internal static class PackDesk
{
    private static readonly PackStep s_nothing = new(null);

    public static async Task<Result<RuleChangeOutcome>> SubmitAsync(
        CommandContext context,
        PackRequest request,
        Func<PackedRule, PackStep> decide,
        CancellationToken cancellationToken
    )
    {
        if (RulePacks.Find(request.PackId) is not { } pack)
        {
            return Error.NotFound($"There is no rule pack '{request.PackId}'.");
        }

        if (!context.Compliance.FourEyes && request.ActivatesAt is null)
        {
            // Two that install it at once must not both find it missing.
            await RuleDesk.LockAsync(context, cancellationToken);
        }

        var found = await PackPlan.LoadAsync(context.Db, pack, cancellationToken);
        var steps = found.Select(decide).ToList();
        var edits = steps
            .Select(s => s.Edit)
            .OfType<RuleEdit>()
            .Select(e =>
                e.Pack is null
                    ? e
                    : e with
                    {
                        Pack = e.Pack with { Id = pack.Id, Version = pack.Version },
                    }
            )
            .ToList();
        IReadOnlyList<string> kept = [.. steps.Select(s => s.Kept).OfType<string>()];
        if (edits.Count == 0)
        {
            return new RuleChangeOutcome(RuleChangeProgress.Nothing, null, []) { Kept = kept };
        }

        var submitted = await RuleDesk.SubmitAsync(
            context,
            new RuleRequest(
                edits,
                $"{request.Verb} pack: {pack.Name}",
                request.Note ?? $"{request.Verb} pack {pack.Name}, version {pack.Version}.",
                request.ActivatesAt
            ),
            cancellationToken
        );
        return submitted.Succeeded ? submitted.Value with { Kept = kept } : submitted;
    }

    /// <summary>
    /// Writes a pack into an installation without rules, whatever the settings ask of a change: it must not run without
    /// rules until somebody has approved them. Returns how many.
    /// </summary>
    public static async Task<int> SeedAsync(
        CommandContext context,
        string packId,
        CancellationToken cancellationToken
    )
    {
        var pack = RulePacks.Find(packId)!;
        await RuleDesk.LockAsync(context, cancellationToken);
        var edits = pack
            .Rules.Select(r =>
                RuleEdit.Save(r.ToDraft(), new PackOrigin(pack.Id, r.Id, pack.Version))
            )
            .ToList();
        var plan = await RulePlan.MakeAsync(context, edits, cancellationToken);
        var author = new RuleAuthor(
            context.Actor.Id,
            $"Install pack {pack.Name}, version {pack.Version}."
        );
        return (await RuleWriter.WriteAsync(context, plan.Value, author, cancellationToken)).Count;
    }

    /// <summary>To have the pack's text wherever no officer said otherwise.</summary>
    public static PackStep Install(PackedRule rule, RuleState state, bool withRemoved) =>
        rule switch
        {
            { State: PackRuleState.Available, Shipped: { } shipped } => Add(shipped, state),
            { State: PackRuleState.RemovedByYou, Shipped: { } shipped } => withRemoved
                ? Add(shipped, state)
                : new PackStep(null, $"{shipped.Name}: removed by you"),
            { State: PackRuleState.UpdateAvailable, Shipped: { } shipped } => Renew(rule, shipped),
            { State: PackRuleState.UpdateAvailable } => Delete(rule),
            { State: PackRuleState.ChangedByYou } => new PackStep(
                null,
                $"{rule.Stored!.Name}: kept, changed by you"
            ),
            { State: PackRuleState.NameTaken } => new PackStep(
                null,
                $"{rule.Stored!.Name}: kept, a rule of yours has this name"
            ),
            _ => s_nothing,
        };

    /// <summary>To be rid of it, except for what an officer made of it.</summary>
    public static PackStep Remove(PackedRule rule) =>
        rule switch
        {
            { Stored: null } or { Setting: null } or { State: PackRuleState.NameTaken } =>
                s_nothing,
            { Setting.PackId: null } => s_nothing,
            { State: PackRuleState.ChangedByYou } => new PackStep(
                RuleEdit.Keep(rule.Draft),
                $"{rule.Stored.Name}: kept, changed by you"
            ),
            _ => Delete(rule),
        };

    private static PackStep Add(PackRule shipped, RuleState state) =>
        new(RuleEdit.Save(shipped.ToDraft() with { State = state }, Origin(shipped)));

    private static PackStep Renew(PackedRule rule, PackRule shipped) =>
        new(
            RuleEdit.Save(
                shipped.ToDraft() with
                {
                    RuleId = rule.Stored!.Id,
                    BasedOn = rule.Stored.UpdatedAt,
                    State = rule.Draft.State,
                },
                Origin(shipped)
            )
        );

    private static PackStep Delete(PackedRule rule) =>
        new(RuleEdit.Remove(rule.Stored!.Id, rule.Stored.UpdatedAt));

    // The pack's key and version are filled in where the pack is known.
    private static PackOrigin Origin(PackRule shipped) => new("", shipped.Id, null);
}
