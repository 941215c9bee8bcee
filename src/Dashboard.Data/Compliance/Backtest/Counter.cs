namespace Dashboard.Data.Compliance.Backtest;

/// <summary>An invoice behind a change.</summary>
internal sealed record Invoice(Guid Id, decimal Amount, string Currency);

/// <summary>Counts of one row of the report.</summary>
internal sealed class Counter
{
    private readonly int[] _changes = new int[Enum.GetValues<BacktestChange>().Length];
    private Dictionary<string, (decimal Amount, int Invoices)>? _stopped;
    private Dictionary<string, (decimal Amount, int Invoices)>? _allowed;
    private int _contacts;
    private int _refusals;

    /// <summary>Contacts and refusals.</summary>
    public int Seen => _contacts + _refusals;

    /// <summary>Those that would have come out differently.</summary>
    public int Changed => _changes.Sum();

    /// <summary>How many of one kind of change.</summary>
    public int Of(BacktestChange change) => _changes[(int)change];

    /// <summary>Counts one.</summary>
    public void Add(PastEventKind kind, BacktestChange? change)
    {
        _contacts += kind == PastEventKind.Attempt ? 1 : 0;
        _refusals += kind == PastEventKind.Refusal ? 1 : 0;
        if (change is { } what)
        {
            _changes[(int)what]++;
        }
    }

    /// <summary>Adds an invoice.</summary>
    public void Add(bool stopped, Invoice invoice) =>
        Add(stopped ? _stopped ??= [] : _allowed ??= [], invoice.Currency, invoice.Amount, 1);

    /// <summary>Adds another row. An invoice behind both counts twice.</summary>
    public void Add(Counter other)
    {
        _contacts += other._contacts;
        _refusals += other._refusals;
        for (var i = 0; i < _changes.Length; i++)
        {
            _changes[i] += other._changes[i];
        }

        foreach (var (currency, (amount, invoices)) in other._stopped ?? [])
        {
            Add(_stopped ??= [], currency, amount, invoices);
        }

        foreach (var (currency, (amount, invoices)) in other._allowed ?? [])
        {
            Add(_allowed ??= [], currency, amount, invoices);
        }
    }

    /// <summary>As the report has it.</summary>
    public BacktestRow ToRow(string name) =>
        new(
            name,
            _contacts,
            _refusals,
            Of(BacktestChange.Later),
            Of(BacktestChange.ForGood),
            Of(BacktestChange.ToApproval),
            Of(BacktestChange.Escalated),
            Of(BacktestChange.Warned),
            Of(BacktestChange.Eased),
            Of(BacktestChange.Allowed),
            Of(BacktestChange.RefusedOtherwise),
            Money(_stopped),
            Money(_allowed)
        );

    private static void Add(
        Dictionary<string, (decimal Amount, int Invoices)> sums,
        string currency,
        decimal amount,
        int invoices
    )
    {
        var (sum, count) = sums.GetValueOrDefault(currency);
        sums[currency] = (sum + amount, count + invoices);
    }

    private static List<BacktestMoney> Money(
        Dictionary<string, (decimal Amount, int Invoices)>? sums
    ) =>
        [
            .. (sums ?? [])
                .Select(s => new BacktestMoney(s.Key, s.Value.Amount, s.Value.Invoices))
                .OrderByDescending(m => m.Amount),
        ];
}
