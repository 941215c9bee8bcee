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

    /// <inheritdoc/>
    internal override Evidence Look(GateCase subject)
    {
        if (Period.NeedsZone && ZoneOf(subject) is null)
        {
            return new NoZoneEvidence(subject.Channel);
        }
        var table = TableOf(subject);
        var (worst, last, bucket) = (0, 0L, 0);
        var limited = false;
        for (var i = 0; i < (PerDebt ? table.Buckets : 1); i++)
        {
            if (ConsentExempt && HasConsent(subject, table, i, subject.At))
            {
                continue;
            }
            limited = true;
            var (count, latest) = Count(subject, table, i, subject.At);
            if (count > worst)
            {
                (worst, last, bucket) = (count, latest, i);
            }
        }
        return Tell(new Counted(subject, table, worst, last, bucket, limited));
    }

    /// <inheritdoc/>
    internal override long Earliest(GateCase subject, long utc)
    {
        if (Period.NeedsZone && ZoneOf(subject) is null)
        {
            return Never;
        }
        var table = TableOf(subject);
        while (true)
        {
            var next = utc;
            for (var i = 0; i < (PerDebt ? table.Buckets : 1) && next != Never; i++)
            {
                next = Math.Max(next, NextStep(subject, table, i, utc));
            }
            if (next == utc || next == Never)
            {
                return next;
            }
            utc = next;
        }
    }

    /// <summary>Whether an attempt is of the kind that counts; direction, channel, status.</summary>
    protected abstract bool Selects(in Attempt attempt);

    /// <summary>Whether a selected attempt is left out after all, for a bucket.</summary>
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

    private (int Count, long Latest) Count(
        GateCase subject,
        AttemptTable table,
        int bucket,
        long utc
    )
    {
        var (count, latest) = (0, 0L);
        var reach = ReachOf(table, bucket, utc);
        for (var i = 0; i < table.Count; i++)
        {
            if (Counts(subject, table, i, bucket, reach))
            {
                count++;
                latest = Math.Max(latest, table.Attempts[i].At);
            }
        }
        return (count, latest);
    }

    private Reach ReachOf(AttemptTable table, int bucket, long utc)
    {
        var (day, after) = Period.Since(utc, table.Zone);
        return new Reach(Math.Max(after, CountsAfter(table, bucket, utc)), utc, day);
    }

    private bool Counts(GateCase subject, AttemptTable table, int index, int bucket, in Reach reach)
    {
        ref readonly var attempt = ref table.Attempts[index];
        return attempt.At <= reach.Until
            && attempt.At > reach.After
            && attempt.Day >= reach.Day
            && attempt.SamePerson
            && Selects(attempt)
            && (!PerDebt || table.IsAbout(index, bucket))
            && !Spares(subject, table, index, bucket);
    }

    // When there is room: utc itself. Else the instant at which enough of what counts now has left, or a consent begins;
    // the caller looks again there, for attempts of a later date may have joined.
    private long NextStep(GateCase subject, AttemptTable table, int bucket, long utc)
    {
        if (ConsentExempt && HasConsent(subject, table, bucket, utc))
        {
            return utc;
        }
        Span<long> leaving =
            table.Count <= MostOnStack ? stackalloc long[MostOnStack] : new long[table.Count];
        var count = 0;
        var reach = ReachOf(table, bucket, utc);
        for (var i = 0; i < table.Count; i++)
        {
            if (Counts(subject, table, i, bucket, reach))
            {
                leaving[count++] = Period.Leaves(table.Attempts[i], table.Zone);
            }
        }
        var next = utc;
        if (count >= Max)
        {
            leaving[..count].Sort();
            next = Max == 0 ? Never : leaving[count - Max];
            next = ConsentExempt ? Math.Min(next, PriorConsents.NextBegin(subject, utc)) : next;
        }
        return next;
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
