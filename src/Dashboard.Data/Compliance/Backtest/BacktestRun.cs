namespace Dashboard.Data.Compliance.Backtest;

/// <summary>One backtest at work, on a connection whose transaction only reads.</summary>
internal sealed class BacktestRun(
    BacktestRequest request,
    RuleTrials trials,
    BacktestSnapshot snapshot
)
{
    private readonly BacktestTally _tally = new(request.ExamplesPerChange);
    private readonly Dictionary<Guid, string> _campaigns = [];
    private readonly List<(Replayed What, string Campaign)> _uncounted = [];
    private CustomerReplay? _replay;

    /// <summary>Judges everything; <paramref name="judged"/> hears how much after each block.</summary>
    public async Task ReplayAsync(Action<int> judged, CancellationToken cancellationToken)
    {
        var done = 0;
        while (await snapshot.Events.FetchAsync(cancellationToken) is { Count: > 0 } block)
        {
            var facts = await LoadAsync(block, cancellationToken);
            foreach (var past in block)
            {
                done += Take(past, facts) ? 1 : 0;
            }

            await CountMoneyAsync(open: _replay?.CustomerId, cancellationToken);
            judged(done);
            cancellationToken.ThrowIfCancellationRequested();
        }

        await CountMoneyAsync(open: null, cancellationToken);
    }

    /// <summary>What came out.</summary>
    public async Task<BacktestReport> ReportAsync(
        DateTime now,
        Func<TimeSpan> elapsed,
        CancellationToken cancellationToken
    )
    {
        var examples = _tally.Examples.ToList();
        var names = await snapshot.Reads.CustomersAsync(
            examples.Select(e => e.What.Event.CustomerId),
            cancellationToken
        );
        var (campaigns, others) = _tally.Campaigns();
        return new BacktestReport(
            request.From,
            request.To,
            now,
            request.Draft.Name,
            trials.JudgedAsOff,
            trials.VersionsIn(request.From, request.To),
            trials.VersionsFrom > request.From ? trials.VersionsFrom : null,
            _tally.Total,
            _tally.Channels,
            campaigns,
            others,
            _tally.MedianWaitHours(),
            [.. examples.Select(e => e.What.ToExample(e.Campaign, names))],
            Math.Round(elapsed().TotalSeconds, 2)
        );
    }

    // The customer at the end of a block goes on in the next one with what is known of it.
    private async Task<ILookup<Guid, PastFact>> LoadAsync(
        List<PastEvent> block,
        CancellationToken cancellationToken
    )
    {
        _campaigns.Clear();
        var campaigns = block.Select(e => e.CampaignId).OfType<Guid>();
        foreach (
            var (id, name) in await snapshot.Reads.CampaignsAsync(campaigns, cancellationToken)
        )
        {
            _campaigns[id] = name;
        }

        return await snapshot.Reads.FactsAsync(
            block.Select(e => e.CustomerId).Where(c => c != _replay?.CustomerId),
            request.From,
            cancellationToken
        );
    }

    private bool Take(PastEvent past, ILookup<Guid, PastFact> facts)
    {
        if (_replay?.CustomerId != past.CustomerId)
        {
            var known = new PastFacts([.. facts[past.CustomerId]]);
            _replay = new CustomerReplay(past.CustomerId, known, trials, request.From);
        }

        if (_replay.Step(past) is not { } replayed)
        {
            return false;
        }

        var campaign = NameOf(past.CampaignId);
        _tally.Add(replayed, campaign);
        if (
            replayed.Change is { } change
            && (Comparison.IsStop(change) || change == BacktestChange.Allowed)
        )
        {
            _uncounted.Add((replayed, campaign));
        }

        return true;
    }

    // An invoice is one customer's: counted once for it, it is counted once.
    private async Task CountMoneyAsync(Guid? open, CancellationToken cancellationToken)
    {
        var closed = _uncounted.Where(u => u.What.Event.CustomerId != open).ToList();
        if (closed.Count == 0)
        {
            return;
        }

        var invoices = await snapshot.Reads.InvoicesAsync(
            closed.Select(u => u.What.Event.CustomerId),
            cancellationToken
        );
        var seen = new HashSet<(object, bool, Guid)>();
        foreach (var (what, campaign) in closed)
        {
            var stopped = what.Change != BacktestChange.Allowed;
            foreach (var invoice in Behind(what, invoices[what.Event.CustomerId]))
            {
                _tally.AddMoney(stopped, what.Event.Channel, campaign, seen, invoice);
            }
        }

        _uncounted.RemoveAll(u => u.What.Event.CustomerId != open);
    }

    // A contact that names no invoice was about all that were overdue on that day.
    private static IEnumerable<Invoice> Behind(
        Replayed replayed,
        IEnumerable<(Invoice Invoice, DateOnly Due, DateOnly? Paid)> invoices
    )
    {
        var day = DateOnly.FromDateTime(replayed.Event.At);
        return invoices
            .Where(i =>
                replayed.Debts.Count > 0
                    ? replayed.Debts.Contains(i.Invoice.Id.ToString())
                    : i.Due < day && (i.Paid is null || i.Paid >= day)
            )
            .Select(i => i.Invoice);
    }

    private string NameOf(Guid? campaign) =>
        campaign is { } id ? _campaigns.GetValueOrDefault(id, string.Empty) : string.Empty;
}
