using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;

namespace Dashboard.Data.Compliance.Backtest;

/// <summary>Counts while a backtest runs; its size depends on channels and campaign names, not on contacts.</summary>
internal sealed class BacktestTally(int examplesPerChange)
{
    /// <summary>Campaigns named in the report; the rest are one row.</summary>
    public const int CampaignsShown = 10;

    // Some 300 bytes each. Names that come later than this many are counted with the rest.
    private const int MostCampaigns = 100_000;

    // The same run gives the same sample.
    private readonly Random _pick = new(20_260_603);
    private readonly Counter _total = new();
    private readonly Dictionary<Channel, Counter> _channels = [];
    private readonly Dictionary<string, Counter> _campaigns = new(StringComparer.Ordinal);
    private readonly Counter _tooMany = new();
    private readonly List<int> _waits = [];
    private readonly Dictionary<BacktestChange, List<(Replayed What, string Campaign)>> _examples =
    [];

    /// <summary>Counts one.</summary>
    /// <param name="replayed">What came out.</param>
    /// <param name="campaign">Name of its campaign; empty = none.</param>
    public void Add(in Replayed replayed, string campaign)
    {
        var (kind, changed) = (replayed.Event.Kind, replayed.Change);
        _total.Add(kind, changed);
        Of(_channels, replayed.Event.Channel).Add(kind, changed);
        OfCampaign(campaign).Add(kind, changed);

        if (replayed.Change is { } change)
        {
            Keep(replayed, change, campaign);
        }

        if (replayed is { Change: BacktestChange.Later, Now.NextAllowedAt: { } next })
        {
            _waits.Add((int)Math.Min(int.MaxValue, (next - replayed.Event.At).TotalMinutes));
        }
    }

    /// <summary>Adds an invoice behind a change; each one once, for the whole, its channel and its campaign.</summary>
    public void AddMoney(
        bool stopped,
        Channel channel,
        string campaign,
        ISet<(object, bool, Guid)> seen,
        Invoice invoice
    )
    {
        foreach (var counter in new[] { _total, Of(_channels, channel), OfCampaign(campaign) })
        {
            if (seen.Add((counter, stopped, invoice.Id)))
            {
                counter.Add(stopped, invoice);
            }
        }
    }

    /// <summary>The sample of each kind of change.</summary>
    public IEnumerable<(Replayed What, string Campaign)> Examples =>
        _examples.OrderBy(e => e.Key).SelectMany(e => e.Value.OrderBy(x => x.What.Event.At));

    /// <summary>Everything.</summary>
    public BacktestRow Total => _total.ToRow(string.Empty);

    /// <summary>By channel, the busiest first.</summary>
    public IReadOnlyList<BacktestRow> Channels =>
        [
            .. _channels
                .Select(c => c.Value.ToRow(c.Key.ToText()))
                .OrderByDescending(r => r.Contacts + r.Refusals),
        ];

    /// <summary>By campaign, the most changed first; and the rest together.</summary>
    public (IReadOnlyList<BacktestRow> Top, BacktestRow? Others) Campaigns()
    {
        var ordered = _campaigns
            .OrderByDescending(c => c.Value.Changed)
            .ThenByDescending(c => c.Value.Seen)
            .ThenBy(c => c.Key, StringComparer.Ordinal)
            .ToList();
        var rest = new Counter();
        rest.Add(_tooMany);
        foreach (var (_, counter) in ordered.Skip(CampaignsShown))
        {
            rest.Add(counter);
        }

        return (
            [.. ordered.Take(CampaignsShown).Select(c => c.Value.ToRow(c.Key))],
            ordered.Count > CampaignsShown
                ? rest.ToRow(
                    $"{ordered.Count - CampaignsShown}{(_tooMany.Seen > 0 ? " and more" : "")} other campaigns"
                )
                : null
        );
    }

    /// <summary>The median wait in hours; null without any.</summary>
    public double? MedianWaitHours()
    {
        if (_waits.Count == 0)
        {
            return null;
        }

        _waits.Sort();
        return (_waits[(_waits.Count - 1) / 2] + _waits[_waits.Count / 2]) / 120.0;
    }

    private Counter OfCampaign(string campaign) =>
        _campaigns.Count < MostCampaigns || _campaigns.ContainsKey(campaign)
            ? Of(_campaigns, campaign)
            : _tooMany;

    private static Counter Of<TKey>(Dictionary<TKey, Counter> counters, TKey key)
        where TKey : notnull
    {
        if (!counters.TryGetValue(key, out var counter))
        {
            counters[key] = counter = new Counter();
        }

        return counter;
    }

    // Reservoir sampling: each of n has the same chance, and n need not be known.
    private void Keep(in Replayed replayed, BacktestChange change, string campaign)
    {
        if (!_examples.TryGetValue(change, out var kept))
        {
            _examples[change] = kept = [];
        }

        var place = kept.Count < examplesPerChange ? kept.Count : _pick.Next(_total.Of(change));
        if (place >= examplesPerChange)
        {
            return;
        }

        // The sentence is made now, from the numbers of now; what was replaced needed none.
        _ = replayed.Now?.Explanation;
        if (place == kept.Count)
        {
            kept.Add((replayed, campaign));
        }
        else
        {
            kept[place] = (replayed, campaign);
        }
    }
}
