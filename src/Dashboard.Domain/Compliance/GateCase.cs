using Dashboard.Domain.Contacts;
using Dashboard.Domain.Time;

namespace Dashboard.Domain.Compliance;

/// <summary>One evaluation: the facts and the request, with everything derived that more than one rule needs.</summary>
internal sealed class GateCase
{
    private AttemptTable? _own;
    private List<(GateRule Rule, AttemptTable Table)>? _others;

    internal GateCase(ContactFacts facts, RuleSet rules, ContactRequest request)
    {
        Facts = facts;
        Rules = rules;
        Request = request;
        At = request.At.Ticks;
        Zones = ZonesOf(facts);
    }

    internal ContactFacts Facts { get; }

    internal RuleSet Rules { get; }

    internal ContactRequest Request { get; }

    internal Channel Channel => Request.Channel;

    /// <summary>UTC ticks of the request.</summary>
    internal long At { get; }

    /// <summary>Every zone of the customer that is known, the primary one first; names that are no zone are left out.</summary>
    internal LocalZone[] Zones { get; }

    /// <summary>The zone of calendar days; null when none is known.</summary>
    internal LocalZone? Primary => Zones.Length > 0 ? Zones[0] : null;

    /// <summary>The customer's history.</summary>
    internal AttemptTable Attempts => _own ??= new AttemptTable(Facts.History, Primary, Request);

    /// <summary>A rule's own history, by the days of its own zone; laid out once for each evaluation.</summary>
    internal AttemptTable Table(GateRule rule, IReadOnlyList<PastContact> history, LocalZone? zone)
    {
        _others ??= [];
        foreach (var (owner, known) in _others)
        {
            if (owner == rule)
            {
                return known;
            }
        }
        var table = new AttemptTable(history, zone, Request);
        _others.Add((rule, table));
        return table;
    }

    /// <summary>Gives pooled arrays back.</summary>
    internal void Release()
    {
        _own?.Release();
        _others?.ForEach(other => other.Table.Release());
    }

    private static LocalZone[] ZonesOf(ContactFacts facts)
    {
        var primary = LocalZone.Find(facts.Timezone);
        if (facts.OtherTimezones.Count == 0)
        {
            return primary is null ? [] : [primary];
        }
        var zones = new List<LocalZone>(1 + facts.OtherTimezones.Count);
        if (primary is not null)
        {
            zones.Add(primary);
        }
        foreach (var name in facts.OtherTimezones)
        {
            if (LocalZone.Find(name) is { } zone && !zones.Contains(zone))
            {
                zones.Add(zone);
            }
        }
        return [.. zones];
    }
}
