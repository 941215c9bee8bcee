using Dashboard.Domain.Time;

namespace Dashboard.Domain.Compliance;

/// <summary>
/// Decides whether, and when, a customer may be contacted. Pure and deterministic: the same facts, rules and request give the
/// same answer; it reads no clock and no database.
/// </summary>
public static class ComplianceGate
{
    /// <summary>Evaluates one request. Never throws: a failure inside is a blocked decision with the finding <c>gate_failure</c>.</summary>
    public static GateDecision Evaluate(ContactFacts facts, RuleSet rules, ContactRequest request)
    {
        try
        {
            var subject = new GateCase(facts, rules, request);
            try
            {
                return Decide(subject);
            }
            finally
            {
                subject.Release();
            }
        }
        catch (Exception failure)
        {
            return Failure(failure);
        }
    }

    private static GateDecision Decide(GateCase subject)
    {
        var rules = subject.Rules.All;
        var findings = new List<Finding>(rules.Length);
        var verdict = GateVerdict.Allowed;
        var missingZone = GateVerdict.Allowed;
        var start = subject.At;
        foreach (var rule in rules)
        {
            var finding = Find(rule, subject, out var lacksZone, out var earliest);
            findings.Add(finding);
            verdict = Harder(verdict, finding.Verdict);
            start = finding.Verdict == GateVerdict.Blocked ? Math.Max(start, earliest) : start;
            missingZone = lacksZone ? Harder(missingZone, finding.Verdict) : missingZone;
        }
        if (missingZone != GateVerdict.Allowed)
        {
            findings.Insert(0, MissingZone(subject, missingZone));
        }
        var next = verdict == GateVerdict.Blocked ? NextAllowed(subject, start) : null;
        return new GateDecision(verdict, next, findings);
    }

    private static Finding Find(
        GateRule rule,
        GateCase subject,
        out bool lacksZone,
        out long earliest
    )
    {
        lacksZone = false;
        earliest = subject.At;
        if (!rule.Channels.Contains(subject.Channel))
        {
            return new Finding(
                rule.Head,
                GateVerdict.Allowed,
                null,
                NotConcerned.By(subject.Channel)
            );
        }
        var evidence = rule.Look(subject);
        if (evidence.Holds)
        {
            return new Finding(rule.Head, GateVerdict.Allowed, null, evidence);
        }
        lacksZone = evidence.LacksZone;
        earliest = rule.Earliest(subject, subject.At);
        return new Finding(rule.Head, rule.Head.Verdict, Instant(earliest), evidence);
    }

    // The first instant at which every rule that blocks holds. Each turn moves to an instant before which some rule certainly
    // does not hold, so nothing earlier is missed; it starts where the slowest of those that block now lets go.
    private static DateTime? NextAllowed(GateCase subject, long start)
    {
        if (start == GateRule.Never)
        {
            return null;
        }
        var rules = subject.Rules.Blocking(subject.Channel);
        var (utc, last) = (start, start);
        var agreed = 0;
        for (var i = 0; agreed < rules.Length; i = (i + 1) % rules.Length)
        {
            // Windows come round for ever; everything else moves finitely often. Two years of windows that never meet,
            // counted from the last move of something else, means that they never will.
            if (i == 0 && utc - last > WeekHours.Horizon)
            {
                return null;
            }
            var earliest = rules[i].Earliest(subject, utc);
            if (earliest == GateRule.Never)
            {
                return null;
            }
            last = earliest != utc && !rules[i].Recurs ? earliest : last;
            agreed = earliest == utc ? agreed + 1 : 1;
            utc = earliest;
        }
        return Instant(utc);
    }

    private static Finding MissingZone(GateCase subject, GateVerdict verdict) =>
        new(
            RuleHead.BuiltIn("customer_time_zone"),
            verdict,
            null,
            new NoZoneEvidence(subject.Channel)
        );

    private static GateDecision Failure(Exception failure) =>
        new(
            GateVerdict.Blocked,
            null,
            [
                new Finding(
                    RuleHead.BuiltIn("gate_failure"),
                    GateVerdict.Blocked,
                    null,
                    new PlainEvidence(
                        holds: false,
                        $"The rules could not be evaluated, so nobody is contacted: {failure.Message}",
                        ("exception", failure.GetType().Name)
                    )
                ),
            ]
        );

    private static GateVerdict Harder(GateVerdict a, GateVerdict b) => a > b ? a : b;

    private static DateTime? Instant(long utc) =>
        utc == GateRule.Never ? null : new DateTime(utc, DateTimeKind.Utc);
}
