using System.Runtime.InteropServices;
using Dashboard.Domain.Time;

namespace Dashboard.Domain.Compliance;

/// <summary>
/// The common ground of the rules that count: each past contact counts from its instant until it leaves the period, and no
/// more than <paramref name="max"/> − 1 may count when another one is to go out. Per invoice, each invoice of the request
/// must have room.
/// </summary>
internal abstract class CountingRule(
    RuleHead head,
    ChannelSet channels,
    ulong counted,
    int max,
    CountingPeriod period,
    bool perDebt,
    bool consentExempt
) : GateRule(head, channels)
{
    private const int MostOnStack = 128;

    /// <summary>Contacts allowed in a period.</summary>
    internal int Max { get; } = max;

    /// <summary>How long one counts.</summary>
    internal CountingPeriod Period { get; } = period;

    /// <summary>Each invoice has its own count.</summary>
    internal bool PerDebt { get; } = perDebt;

    /// <summary>The request is not limited when it goes out with prior consent.</summary>
    protected bool ConsentExempt { get; } = consentExempt;

    /// <summary>False when <see cref="CountsAfter"/> has something to say.</summary>
    protected virtual bool CountsFromStart => true;

    /// <inheritdoc/>
    internal override Evidence Look(GateCase subject)
    {
        if (Period.NeedsZone && ZoneOf(subject) is null)
        {
            return new NoZoneEvidence(subject.Channel);
        }
        var table = TableOf(subject);
        return Tell(
            IsPlain(subject)
                ? CountPlainly(subject, table, subject.At)
                : CountEach(subject, table, subject.At)
        );
    }

    /// <inheritdoc/>
    internal override long Earliest(GateCase subject, long utc)
    {
        if (Period.NeedsZone && ZoneOf(subject) is null)
        {
            return Never;
        }
        var table = TableOf(subject);
        var plain = IsPlain(subject);
        while (true)
        {
            if (plain && CountPlainly(subject, table, utc).Count < Max)
            {
                return utc;
            }
            var next = utc;
            for (var i = 0; i < (PerDebt ? table.Buckets : 1) && next != Never; i++)
            {
                next = Math.Max(next, NextStep(subject, table, i, utc));
            }
            // With nothing left that could join, enough of what counts has gone by then.
            if (next == utc || next == Never || (plain && table.Latest <= utc))
            {
                return next;
            }
            utc = next;
        }
    }

    /// <summary>Whether an attempt that counts is left out after all, for a bucket.</summary>
    protected virtual bool Spares(GateCase subject, AttemptTable table, int attempt, int bucket) =>
        false;

    /// <summary>Counting starts after this instant; <see cref="GateRule.Never"/> = it has not started.</summary>
    protected virtual long CountsAfter(AttemptTable table, int bucket, long utc) => long.MinValue;

    /// <summary>The evidence in this kind's words.</summary>
    protected abstract Evidence Tell(in Counted counted);

    /// <summary>The zone of calendar days.</summary>
    protected virtual LocalZone? ZoneOf(GateCase subject) => subject.Primary;

    /// <summary>The history that is counted.</summary>
    protected virtual AttemptTable TableOf(GateCase subject) => subject.Attempts;

    // No consents and no late start: one pass over the history counts for every invoice.
    private bool IsPlain(GateCase subject) =>
        CountsFromStart && (!ConsentExempt || subject.Facts.PriorConsents.Count == 0);

    private Counted CountPlainly(GateCase subject, AttemptTable table, long utc)
    {
        var reach = ReachOf(table, 0, utc);
        if (!PerDebt || table.Buckets == 1)
        {
            var (count, latest) = Count(subject, table, 0, reach);
            return new Counted(subject, table, count, latest, 0, true);
        }
        Span<int> counts =
            table.Buckets <= MostOnStack ? stackalloc int[table.Buckets] : new int[table.Buckets];
        var attempts = table.Attempts;
        for (var i = 0; i < attempts.Length; i++)
        {
            if (IsInReach(attempts[i], reach))
            {
                table.CountInto(counts, i);
            }
        }
        var fullest = 0;
        for (var i = 1; i < counts.Length; i++)
        {
            fullest = counts[i] > counts[fullest] ? i : fullest;
        }
        var last = counts[fullest] == 0 ? 0 : Count(subject, table, fullest, reach).Latest;
        return new Counted(subject, table, counts[fullest], last, fullest, true);
    }

    private Counted CountEach(GateCase subject, AttemptTable table, long utc)
    {
        var (worst, last, bucket) = (0, 0L, 0);
        var limited = false;
        for (var i = 0; i < (PerDebt ? table.Buckets : 1); i++)
        {
            if (ConsentExempt && HasConsent(subject, table, i, utc))
            {
                continue;
            }
            limited = true;
            var (count, latest) = Count(subject, table, i, ReachOf(table, i, utc));
            if (count > worst)
            {
                (worst, last, bucket) = (count, latest, i);
            }
        }
        return new Counted(subject, table, worst, last, bucket, limited);
    }

    private (int Count, long Latest) Count(
        GateCase subject,
        AttemptTable table,
        int bucket,
        in Reach reach
    )
    {
        var (count, latest) = (0, 0L);
        var attempts = table.Attempts;
        for (var i = 0; i < attempts.Length; i++)
        {
            if (Counts(subject, table, i, bucket, reach))
            {
                count++;
                latest = Math.Max(latest, attempts[i].At);
            }
        }
        return (count, latest);
    }

    private Reach ReachOf(AttemptTable table, int bucket, long utc)
    {
        var (day, after) = Period.Since(utc, table.Zone);
        return new Reach(Math.Max(after, CountsAfter(table, bucket, utc)), utc, day);
    }

    private bool IsInReach(in Attempt attempt, in Reach reach) =>
        attempt.Is(counted)
        && attempt.At <= reach.Until
        && attempt.At > reach.After
        && attempt.Day >= reach.Day
        && attempt.SamePerson;

    private bool Counts(
        GateCase subject,
        AttemptTable table,
        int index,
        int bucket,
        in Reach reach
    ) =>
        IsInReach(table.Attempts[index], reach)
        && (!PerDebt || table.IsAbout(index, bucket))
        && !Spares(subject, table, index, bucket);

    // When there is room: utc itself. Else the instant at which enough of what counts now has left, or a consent begins;
    // the caller looks again there, for attempts of a later date may have joined.
    private long NextStep(GateCase subject, AttemptTable table, int bucket, long utc)
    {
        if (ConsentExempt && HasConsent(subject, table, bucket, utc))
        {
            return utc;
        }
        Span<long> leaving =
            table.Count <= MostOnStack ? stackalloc long[table.Count] : new long[table.Count];
        var count = 0;
        var reach = ReachOf(table, bucket, utc);
        for (var i = 0; i < table.Count; i++)
        {
            if (Counts(subject, table, i, bucket, reach))
            {
                leaving[count++] = i;
            }
        }
        if (count < Max)
        {
            return utc;
        }
        if (Max == 0)
        {
            return ConsentExempt ? PriorConsents.NextBegin(subject, utc) : Never;
        }
        for (var i = 0; i < count; i++)
        {
            leaving[i] = Period.Leaves(table.Attempts[(int)leaving[i]], table.Zone);
        }
        leaving[..count].Sort();
        var next = leaving[count - Max];
        return ConsentExempt ? Math.Min(next, PriorConsents.NextBegin(subject, utc)) : next;
    }

    private bool HasConsent(GateCase subject, AttemptTable table, int bucket, long utc)
    {
        if (subject.Facts.PriorConsents.Count == 0)
        {
            return false;
        }
        if (PerDebt || table.Debt(0) is null)
        {
            return PriorConsents.Covers(subject, table.Debt(bucket), utc);
        }
        foreach (var debt in subject.Request.Debts)
        {
            if (!PriorConsents.Covers(subject, debt, utc))
            {
                return false;
            }
        }
        return true;
    }

    // What counts at an instant: later than After, up to Until, of this local day or a later one.
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Reach(long After, long Until, int Day);
}

/// <summary>What a counting rule found at the instant of the request.</summary>
/// <param name="Case">The evaluation.</param>
/// <param name="Table">The history that was counted.</param>
/// <param name="Count">In the fullest bucket.</param>
/// <param name="Latest">UTC ticks of the last one that counts there; 0 when none does.</param>
/// <param name="Bucket">Which bucket that is.</param>
/// <param name="Limited">False when prior consent covers the whole request.</param>
internal readonly record struct Counted(
    GateCase Case,
    AttemptTable Table,
    int Count,
    long Latest,
    int Bucket,
    bool Limited
);
