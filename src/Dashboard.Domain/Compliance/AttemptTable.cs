using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Time;

namespace Dashboard.Domain.Compliance;

/// <summary>A past contact as the counting rules need it: small, so that a history fits into the processor's cache.</summary>
/// <param name="At">UTC ticks.</param>
/// <param name="Day">Local day; 0 where no zone is known.</param>
/// <param name="Traits">Direction, channel and status; see <see cref="Compliance.Traits"/>.</param>
/// <param name="SamePerson">It was with the person the request is for.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Attempt(long At, int Day, byte Traits, bool SamePerson)
{
    internal bool Inbound => Compliance.Traits.IsInbound(Traits);

    internal Channel Channel => Compliance.Traits.ChannelOf(Traits);

    /// <summary>It has one of the traits.</summary>
    internal bool Is(ulong traits) => (traits >> Traits & 1) != 0;
}

/// <summary>
/// A history laid out for counting: local days computed once, and for each attempt which of the request's invoices it was
/// about. A request about no invoice, like an attempt about none, concerns them all: the count can only be higher.
/// </summary>
internal sealed class AttemptTable
{
    private const int WordBits = 64;

    private readonly Attempt[] _attempts;
    private readonly ulong[] _about;
    private readonly int _words;
    private readonly IReadOnlyList<string> _debts;

    internal AttemptTable(
        IReadOnlyList<PastContact> history,
        LocalZone? zone,
        ContactRequest request
    )
    {
        Count = history.Count;
        History = history;
        Zone = zone;
        _debts = request.Debts;
        Buckets = Math.Max(1, _debts.Count);
        _words = (Buckets + WordBits - 1) / WordBits;
        _attempts = ArrayPool<Attempt>.Shared.Rent(Count);
        _about = ArrayPool<ulong>.Shared.Rent(Count * _words);
        Fill(request.Person);
    }

    internal int Count { get; }

    /// <summary>UTC ticks of the last contact; 0 without any. Nothing joins the counts after it.</summary>
    internal long Latest { get; private set; }

    /// <summary>One for each invoice of the request, at least one.</summary>
    internal int Buckets { get; }

    internal IReadOnlyList<PastContact> History { get; }

    /// <summary>The zone of <see cref="Attempt.Day"/>; null leaves all days 0.</summary>
    internal LocalZone? Zone { get; }

    internal ReadOnlySpan<Attempt> Attempts => _attempts.AsSpan(0, Count);

    /// <summary>The invoice of a bucket; null when the request names none.</summary>
    internal string? Debt(int bucket) => _debts.Count == 0 ? null : _debts[bucket];

    /// <summary>Whether an attempt was about the bucket's invoice, as far as is known.</summary>
    internal bool IsAbout(int attempt, int bucket) =>
        (_about[attempt * _words + bucket / WordBits] >> (bucket % WordBits) & 1) != 0;

    /// <summary>Adds the attempt to the count of each of the request's invoices that it was about.</summary>
    internal void CountInto(Span<int> counts, int attempt)
    {
        for (var word = 0; word < _words; word++)
        {
            var about = _about[attempt * _words + word];
            while (about != 0)
            {
                var bucket = word * WordBits + BitOperations.TrailingZeroCount(about);
                if (bucket >= counts.Length)
                {
                    return;
                }
                counts[bucket]++;
                about &= about - 1;
            }
        }
    }

    internal void Release()
    {
        ArrayPool<Attempt>.Shared.Return(_attempts);
        ArrayPool<ulong>.Shared.Return(_about);
    }

    private void Fill(string? person)
    {
        var index = _debts.Count > 1 ? BucketByDebt() : null;
        for (var i = 0; i < Count; i++)
        {
            var contact = History[i];
            var at = contact.At.Ticks;
            Latest = Math.Max(Latest, at);
            _attempts[i] = new Attempt(
                at,
                Zone?.DayAt(at) ?? 0,
                Traits.Of(contact),
                contact.Person == person
            );
            var about = _about.AsSpan(i * _words, _words);
            if (contact.Debts.Count == 0 || _debts.Count == 0)
            {
                about.Fill(ulong.MaxValue);
            }
            else if (index is null)
            {
                about[0] = contact.Debts.Contains(_debts[0]) ? 1UL : 0UL;
            }
            else
            {
                Mark(about, contact.Debts, index);
            }
        }
    }

    private static void Mark(
        Span<ulong> about,
        IReadOnlyList<string> debts,
        Dictionary<string, int> index
    )
    {
        about.Clear();
        foreach (var debt in debts)
        {
            if (index.TryGetValue(debt, out var bucket))
            {
                about[bucket / WordBits] |= 1UL << (bucket % WordBits);
            }
        }
    }

    // An invoice named twice keeps its first bucket; the second stays empty and limits nothing.
    private Dictionary<string, int> BucketByDebt()
    {
        var index = new Dictionary<string, int>(_debts.Count, StringComparer.Ordinal);
        for (var bucket = 0; bucket < _debts.Count; bucket++)
        {
            index.TryAdd(_debts[bucket], bucket);
        }
        return index;
    }
}
