using Npgsql;

namespace Dashboard.Data.Compliance.Proof;

/// <summary>The work of one proof: reads a batch while the one before is judged.</summary>
internal sealed class ProofWork(NpgsqlDataSource source, DateTime from, DateTime to, string worker)
{
    private const int Batch = 250;
    private const int MostBeds = 4;

    private readonly List<CustomerRecord> _beds = [];
    private readonly List<ProofItem> _violations = [];
    private readonly List<ProofItem> _defects = [];
    private readonly List<ProofItem> _later = [];
    private readonly List<ProofItem> _history = [];
    private readonly RecordLoader _loader = new(source, from, to);
    private ProofReport _report = new() { Worker = worker };

    /// <summary>Contacts judged so far.</summary>
    internal int Checked { get; private set; }

    /// <summary>Contacts that should not have happened.</summary>
    internal int Violations { get; private set; }

    /// <summary>What was found so far.</summary>
    internal ProofReport Report => _report;

    /// <summary>Judges everything; false when <paramref name="progress"/> said to stop.</summary>
    internal async Task<bool> RunAsync(
        Func<Task<bool>> progress,
        CancellationToken cancellationToken
    )
    {
        var examiner = new Examiner(await _loader.RulesAsync(cancellationToken));
        _report = _report with { Total = await _loader.CountAsync(cancellationToken) };
        if (!await progress())
        {
            return false;
        }

        var batches = (await _loader.CustomersAsync(cancellationToken)).Chunk(Batch).ToList();
        var next = Next(0);
        for (var i = 0; i < batches.Count; i++)
        {
            var records = await next;
            next = Next(i + 1);
            foreach (var record in records)
            {
                await ExamineAsync(examiner, record, cancellationToken);
            }

            if (!await progress())
            {
                await next;
                return false;
            }
        }

        PlantAll(examiner);
        return true;

        Task<List<CustomerRecord>> Next(int index) =>
            index < batches.Count
                ? Task.Run(
                    () => _loader.LoadAsync(batches[index], cancellationToken),
                    cancellationToken
                )
                : Task.FromResult(new List<CustomerRecord>());
    }

    private async Task ExamineAsync(
        Examiner examiner,
        CustomerRecord record,
        CancellationToken cancellationToken
    )
    {
        Keep(record);
        StatusTimes? times = null;
        foreach (var attempt in record.Attempts.Where(a => a.At >= from && a.At < to))
        {
            var opinion = examiner.Look(record, attempt);
            if (opinion.IsViolation)
            {
                times ??= await _loader.StatusTimesAsync(record, cancellationToken);
                var then = examiner.Look(record, attempt, times);
                Blame(record, attempt, opinion, then);
            }

            if (opinion.IsHistory)
            {
                _report = _report with { History = _report.History + 1 };
            }

            if (opinion.Defect is not null)
            {
                _report = _report with
                {
                    Defects = _report.Defects + 1,
                    WithoutClearance = _report.WithoutClearance + (attempt.HasClearance ? 0 : 1),
                };
                List(_defects, record, attempt, opinion);
            }

            Checked++;
        }
    }

    // What was known at the time decides; what came out later is told apart.
    private void Blame(CustomerRecord record, AttemptRow attempt, Opinion opinion, Opinion then)
    {
        if (opinion.IsHistory)
        {
            _report = _report with { HistoryRefused = _report.HistoryRefused + 1 };
            List(_history, record, attempt, opinion);
        }
        else if (then.IsViolation)
        {
            Violations++;
            List(_violations, record, attempt, then);
        }
        else
        {
            _report = _report with { KnownLater = _report.KnownLater + 1 };
            List(_later, record, attempt, opinion);
        }
    }

    private void PlantAll(Examiner examiner)
    {
        var (plants, skipped) = new Planter(examiner.Rules, from, to).Make(_beds);
        _report = _report with
        {
            Violations = _violations,
            DefectItems = _defects,
            KnownLaterItems = _later,
            HistoryItems = _history,
            Unplanted = skipped,
            Planted =
            [
                .. plants.Select(p =>
                {
                    var opinion = examiner.Look(p.Copy, p.Contact);
                    return new PlantedItem(
                        p.What,
                        p.RuleId,
                        p.Rule,
                        p.IsFoundBy(opinion),
                        Item(p.Copy, p.Contact, opinion) with
                        {
                            AttemptId = null,
                            TaskId = null,
                        }
                    );
                }),
            ],
        };
    }

    // A few real customers to plant into, and for each limit of campaigns one that has it.
    private void Keep(CustomerRecord record)
    {
        if (
            _beds.Count < MostBeds
            || record.Campaigns.Values.Any(c =>
                c.Current is { } l
                && (
                    (l.Start is not null && Lacks(k => k.Start is not null))
                    || (l.MaxDaily is not null && Lacks(k => k.MaxDaily is not null))
                    || (l.CooldownHours is not null && Lacks(k => k.CooldownHours is not null))
                )
            )
        )
        {
            _beds.Add(record);
        }
    }

    private bool Lacks(Func<LimitsThen, bool> limit) =>
        !_beds.SelectMany(b => b.Campaigns.Values).Any(c => c.Current is { } known && limit(known));

    private static void List(
        List<ProofItem> items,
        CustomerRecord record,
        AttemptRow attempt,
        Opinion opinion
    )
    {
        if (items.Count < ProofReport.MostListed)
        {
            items.Add(Item(record, attempt, opinion));
        }
    }

    private static ProofItem Item(CustomerRecord record, AttemptRow attempt, Opinion opinion) =>
        new()
        {
            AttemptId = attempt.Id,
            TaskId = attempt.TaskId,
            CustomerId = record.Id,
            Customer = record.Name,
            Channel = attempt.Channel,
            At = attempt.At,
            Timezone =
                FactReader.At(record.Facts, attempt.At).Timezone is { } zone
                && Place.Named(zone) is not null
                    ? zone
                    : null,
            Breaches = [.. opinion.Breaches.OrderByDescending(b => b.Effect)],
            Defect = opinion.Defect,
        };
}
