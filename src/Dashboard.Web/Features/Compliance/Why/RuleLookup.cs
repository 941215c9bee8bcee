using Dashboard.Data;
using Dashboard.Data.Compliance;
using Dashboard.Domain.Compliance;
using Dashboard.Web.Components.Findings;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Web.Features.Compliance.Why;

/// <summary>Adds to findings what the rule said in the version that was applied, its source, and the invoices' numbers.</summary>
internal sealed class RuleLookup
{
    private readonly ILookup<Guid, RuleVersion> _versions;
    private readonly Dictionary<Guid, string?> _citations;
    private readonly Dictionary<string, string> _invoices;

    private RuleLookup(
        IEnumerable<RuleVersion> versions,
        Dictionary<Guid, string?> citations,
        Dictionary<string, string> invoices
    ) =>
        (_versions, _citations, _invoices) = (
            versions.ToLookup(v => v.RuleId),
            citations,
            invoices
        );

    /// <summary>Loads what the findings and the list of invoices name: three short reads.</summary>
    public static async Task<RuleLookup> LoadAsync(
        DashboardDb db,
        IEnumerable<RecordedFinding> findings,
        IEnumerable<string> debts,
        CancellationToken cancellationToken
    )
    {
        var list = findings.ToList();
        var ids = list.Select(f => f.RuleId).OfType<Guid>().Distinct().ToList();
        var invoices = debts
            .Concat(list.Select(f => f.Facts.GetValueOrDefault("debt")))
            .Select(d => Guid.TryParse(d, out var id) ? id : (Guid?)null)
            .OfType<Guid>()
            .Distinct()
            .ToList();
        return new RuleLookup(
            ids.Count == 0
                ? []
                : await db
                    .RuleVersions.AsNoTracking()
                    .Where(v => ids.Contains(v.RuleId))
                    .ToListAsync(cancellationToken),
            ids.Count == 0
                ? []
                : await db
                    .RuleSettings.Where(s => ids.Contains(s.RuleId))
                    .ToDictionaryAsync(s => s.RuleId, s => s.Citation, cancellationToken),
            invoices.Count == 0
                ? []
                : await db
                    .PaymentRecords.Where(p => invoices.Contains(p.Id))
                    .ToDictionaryAsync(
                        p => p.Id.ToString(),
                        p => p.InvoiceNumber,
                        StringComparer.Ordinal,
                        cancellationToken
                    )
        );
    }

    /// <summary>An invoice's number; the key when the invoice is gone.</summary>
    public string Invoice(string debt) => _invoices.GetValueOrDefault(debt, debt);

    /// <summary>The findings as the panel shows them, what stops first.</summary>
    /// <param name="findings">As they were kept.</param>
    /// <param name="zone">IANA zone in which instants are said.</param>
    /// <param name="approver">Who approved the contact; null = nobody had to.</param>
    public IReadOnlyList<WhyRule> Read(
        IEnumerable<RecordedFinding> findings,
        string? zone,
        string? approver = null
    ) =>
        [
            .. findings
                .Select(f => Read(f, zone, approver))
                .OrderByDescending(r => r.Line.Verdict)
                .ThenByDescending(r => r.Line.NextAllowedAt ?? DateTime.MaxValue),
        ];

    private WhyRule Read(RecordedFinding finding, string? zone, string? approver)
    {
        var versions = finding.RuleId is { } id ? _versions[id].ToList() : [];
        // The database keeps microseconds; so does the text of a clearance.
        var applied = finding.Version is { } at
            ? versions.Find(v => Math.Abs((v.UpdatedAt - at).Ticks) < 10)
            : null;
        return new WhyRule(finding.Line)
        {
            RuleId = finding.RuleId,
            Action = finding.Action,
            Says = applied is null ? null : RuleSentence.Of(applied.Condition, applied.Action).Text,
            Citation = finding.RuleId is { } rule ? _citations.GetValueOrDefault(rule) : null,
            Version = applied?.Number,
            VersionAt = finding.Version,
            ChangedSince = applied is not null && versions.Exists(v => v.Number > applied.Number),
            Seen = FactWords.Of(finding.Facts, zone, _invoices),
            LiftedBy = finding.Line.Verdict == GateVerdict.RequiresApproval ? approver : null,
        };
    }
}
