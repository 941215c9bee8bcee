using System.Text.Json;
using Dashboard.Data;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Dashboard.Domain.Tasks;
using Dashboard.Web.Components.Findings;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Web.Features.Compliance.Why;

/// <summary>What a decision was about.</summary>
public enum WhySubject
{
    /// <summary>A task: the gate's last word on it, or the clearance of its last contact.</summary>
    Task,

    /// <summary>A contact attempt: its clearance.</summary>
    Attempt,

    /// <summary>A refusal that was kept.</summary>
    Refusal,
}

/// <summary>A decision that was only just made, e.g. for a customer's clock.</summary>
/// <param name="Customer">Whom it would be; for the text that is handed on.</param>
/// <param name="Channel">How.</param>
/// <param name="Decision">The gate's.</param>
/// <param name="At">UTC; the instant that was judged.</param>
/// <param name="Zone">IANA zone of the customer.</param>
public sealed record MadeDecision(
    string Customer,
    Channel Channel,
    GateDecision Decision,
    DateTime At,
    string? Zone
);

/// <summary>Reads the evidence of a decision and makes it readable: the rules as they were then, sources, numbers, approvals.</summary>
public sealed class WhyQuery(IDbContextFactory<DashboardDb> contexts, TimeProvider time)
{
    /// <summary>The evidence; null when the row is gone or the gate has said nothing about it.</summary>
    public async Task<WhyEvidence?> RunAsync(
        WhySubject subject,
        Guid id,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return subject switch
        {
            WhySubject.Task => await OfTaskAsync(db, id, cancellationToken),
            WhySubject.Attempt => await OfAttemptAsync(db, id, cancellationToken),
            _ => await OfRefusalAsync(db, id, cancellationToken),
        };
    }

    /// <summary>A decision just made.</summary>
    public async Task<WhyEvidence> OfDecisionAsync(
        MadeDecision made,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var findings = RecordedFinding.From(made.Decision.Findings);
        return await ReadAsync(
            db,
            new Kept(made.Channel, made.Customer, made.At, made.Zone, findings)
            {
                Verdict = made.Decision.Verdict,
                Next = made.Decision.NextAllowedAt,
                Tense = WhyTense.Now,
            },
            cancellationToken
        );
    }

    private async Task<WhyEvidence?> OfTaskAsync(
        DashboardDb db,
        Guid id,
        CancellationToken cancellationToken
    )
    {
        var task = await db
            .Tasks.AsNoTracking()
            .Include(t => t.Customer)
            .SingleOrDefaultAsync(t => t.Id == id, cancellationToken);
        if (task is not null && task.Context.Gate is null && task.Context.EscalatedFrom is { } from)
        {
            return await OfTaskAsync(db, from, cancellationToken);
        }

        if (task?.Context.Gate is not { Findings: not null } gate)
        {
            var attempt = task is null
                ? Guid.Empty
                : await db
                    .ContactAttempts.Where(a => a.CustomerId == task.CustomerId && a.TaskId == id)
                    .OrderByDescending(a => a.Timestamp)
                    .Select(a => a.Id)
                    .FirstOrDefaultAsync(cancellationToken);
            return attempt == Guid.Empty
                ? null
                : await OfAttemptAsync(db, attempt, cancellationToken);
        }

        var zone = await ZoneAsync(db, task.CustomerId, cancellationToken);
        var kept = new Kept(
            ChannelOf(task),
            task.Customer?.CompanyName ?? "a customer",
            gate.EvaluatedAt,
            zone,
            RecordedFinding.From(gate.Findings)
        );
        return await ReadAsync(
            db,
            kept with
            {
                Verdict = EnumText.TryParse<GateVerdict>(gate.Decision, out var word) ? word : null,
                Next = gate.NextAllowedAt,
                Document = JsonSerializer.SerializeToElement(gate, JsonShape.Options),
                FileName = $"task-{id:N}-gate",
                Approvals = await ApprovalWords.LoadAsync(
                    db,
                    id,
                    DateTime.MaxValue,
                    zone,
                    cancellationToken
                ),
            },
            cancellationToken
        );
    }

    private async Task<WhyEvidence?> OfAttemptAsync(
        DashboardDb db,
        Guid id,
        CancellationToken cancellationToken
    )
    {
        var attempt = await db
            .ContactAttempts.AsNoTracking()
            .Include(a => a.Customer)
            .SingleOrDefaultAsync(a => a.Id == id, cancellationToken);
        if (attempt?.Metadata?.Clearance is not { ValueKind: JsonValueKind.Object } clearance)
        {
            return null;
        }

        // The zone that was known then; it may be another one by now.
        var zone = JsonText.Of(clearance, "timezone");
        var at = JsonText.Instant(JsonText.Of(clearance, "evaluated_at")) ?? attempt.Timestamp;
        var kept = new Kept(
            attempt.Channel,
            attempt.Customer?.CompanyName ?? "a customer",
            at,
            zone,
            RecordedFinding.From(JsonText.At(clearance, "findings"))
        );
        return await ReadAsync(
            db,
            kept with
            {
                Tense = WhyTense.Past,
                Shadow = RecordedFinding.From(JsonText.At(clearance, "shadow")),
                Document = clearance,
                FileName = $"contact-{id:N}-clearance",
                Approvals = await ApprovalWords.LoadAsync(
                    db,
                    attempt.TaskId,
                    at,
                    zone,
                    cancellationToken
                ),
            },
            cancellationToken
        );
    }

    private async Task<WhyEvidence?> OfRefusalAsync(
        DashboardDb db,
        Guid id,
        CancellationToken cancellationToken
    )
    {
        var refusal = await db
            .GateRefusals.AsNoTracking()
            .SingleOrDefaultAsync(r => r.Id == id, cancellationToken);
        if (refusal is null)
        {
            return null;
        }

        var name = await db
            .Customers.Where(c => c.Id == refusal.CustomerId)
            .Select(c => c.CompanyName)
            .SingleOrDefaultAsync(cancellationToken);
        var kept = new Kept(
            refusal.Channel,
            name ?? "a customer",
            refusal.At,
            await ZoneAsync(db, refusal.CustomerId, cancellationToken),
            RecordedFinding.From(refusal.Findings)
        );
        return await ReadAsync(
            db,
            kept with
            {
                Verdict = refusal.Verdict,
                Next = refusal.NextAllowedAt,
                IsPartial = true,
                Document = JsonSerializer.SerializeToElement(refusal, JsonShape.Options),
                FileName = $"refusal-{id:N}",
            },
            cancellationToken
        );
    }

    private async Task<WhyEvidence> ReadAsync(
        DashboardDb db,
        Kept kept,
        CancellationToken cancellationToken
    )
    {
        var (acting, shadow) = (kept.Findings, kept.Shadow);
        var lookup = await RuleLookup.LoadAsync(
            db,
            acting.Concat(shadow),
            JsonText.List(kept.Document, "debts"),
            cancellationToken
        );
        var verdict =
            kept.Verdict
            ?? acting.Select(f => f.Line.Verdict).DefaultIfEmpty(GateVerdict.Allowed).Max();
        var clock = new WhyClock(kept.Zone, time.GetUtcNow().UtcDateTime, kept.Tense);
        return new WhyEvidence
        {
            Headline = WhyWording.Headline(
                kept.Channel,
                verdict,
                Binding(acting, verdict),
                kept.Next,
                clock
            ),
            Verdict = verdict,
            Subject = $"{WhyWording.Noun(kept.Channel)} to {kept.Customer}",
            At = kept.At,
            NextAllowedAt = kept.Next,
            Zone = kept.Zone,
            Rules = lookup.Read(acting, kept.Zone, kept.Approvals.Approver),
            Shadow = lookup.Read(shadow, kept.Zone),
            Facts =
                kept.Tense == WhyTense.Past
                    ? CustomerFactWords.Of(kept.Document, kept.At, lookup)
                    : [],
            Approvals = kept.Approvals.Sentences,
            Document = kept.Document,
            FileName = kept.FileName,
            IsPartial = kept.IsPartial,
        };
    }

    /// <summary>As <see cref="GateDecision.Binding"/>, on findings that were kept.</summary>
    private static RecordedFinding? Binding(
        IReadOnlyList<RecordedFinding> findings,
        GateVerdict verdict
    ) =>
        verdict == GateVerdict.Allowed
            ? null
            : findings
                .Where(f => f.Line.Verdict == verdict)
                .OrderByDescending(f => f.Line.NextAllowedAt ?? DateTime.MaxValue)
                .ThenBy(f => f.RuleId is not null)
                .ThenBy(f => f.Line.Rule, StringComparer.Ordinal)
                .FirstOrDefault();

    private static Task<string?> ZoneAsync(
        DashboardDb db,
        Guid customer,
        CancellationToken cancellationToken
    ) =>
        db
            .CustomerProfiles.Where(p => p.CustomerId == customer)
            .Select(p => p.Timezone)
            .SingleOrDefaultAsync(cancellationToken);

    private static Channel ChannelOf(AgentTask task) =>
        task.Type switch
        {
            TaskType.MakeCall => Channel.Phone,
            TaskType.SendSms => Channel.Sms,
            _ => Channel.Email,
        };

    /// <summary>What was kept of one decision.</summary>
    private sealed record Kept(
        Channel Channel,
        string Customer,
        DateTime At,
        string? Zone,
        IReadOnlyList<RecordedFinding> Findings
    )
    {
        public GateVerdict? Verdict { get; init; }
        public DateTime? Next { get; init; }
        public WhyTense Tense { get; init; } = WhyTense.Asked;
        public IReadOnlyList<RecordedFinding> Shadow { get; init; } = [];
        public ApprovalWords Approvals { get; init; } = ApprovalWords.None;
        public JsonElement? Document { get; init; }
        public string FileName { get; init; } = "decision";
        public bool IsPartial { get; init; }
    }
}
