using System.Collections.Concurrent;

namespace Dashboard.Domain.Time;

/// <summary>
/// One IANA zone with its changes of offset laid out as a table, 1990 to 2100 (outside, the nearest entry holds).
/// <see cref="TimeZoneInfo"/> answers the same questions ten times slower, and the gate asks for each past attempt.
/// All times are ticks: UTC, or wall clock where the name says local.
/// </summary>
public sealed class LocalZone
{
    private const int MostUnknownNames = 1000;
    private static readonly ConcurrentDictionary<string, LocalZone?> Known = new(
        StringComparer.Ordinal
    );
    private static int _unknown;

    private readonly long[] _starts;
    private readonly long[] _offsets;

    private LocalZone(string id, List<(long Start, long Offset)> segments)
    {
        Id = id;
        _starts = [.. segments.Select(s => s.Start)];
        _offsets = [.. segments.Select(s => s.Offset)];
    }

    /// <summary>The IANA name as it was asked for.</summary>
    public string Id { get; }

    /// <summary>The last part of the name, readable: <c>New York</c>.</summary>
    public string City => Id[(Id.LastIndexOf('/') + 1)..].Replace('_', ' ');

    /// <summary>The zone of an IANA name, backward links such as <c>US/Eastern</c> included; null when there is none.</summary>
    public static LocalZone? Find(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            return null;
        }
        if (Known.TryGetValue(name, out var zone))
        {
            return zone;
        }
        zone = ZoneTable.Build(name) is { } segments ? new LocalZone(name, segments) : null;
        // Bounded, so that a stream of nonsense names cannot fill the memory.
        if (zone is not null || Interlocked.Increment(ref _unknown) <= MostUnknownNames)
        {
            Known.TryAdd(name, zone);
        }
        return zone;
    }

    /// <summary>Wall clock minus UTC at an instant.</summary>
    public long OffsetAt(long utc) => _offsets[IndexAt(utc)];

    /// <summary>Wall clock at an instant.</summary>
    public long LocalAt(long utc) => utc + OffsetAt(utc);

    /// <summary>Wall clock at an instant, kind Unspecified.</summary>
    public DateTime LocalAt(DateTime utc) => new(LocalAt(utc.Ticks));

    /// <summary>The local date at an instant as days since 0001-01-01.</summary>
    public int DayAt(long utc) => (int)(LocalAt(utc) / TimeSpan.TicksPerDay);

    /// <summary>The offset that holds at an instant and the instant from which another one holds (<see cref="long.MaxValue"/> = never).</summary>
    public (long Offset, long Until) SegmentAt(long utc)
    {
        var index = IndexAt(utc);
        return (_offsets[index], index + 1 < _starts.Length ? _starts[index + 1] : long.MaxValue);
    }

    /// <summary>The first instant whose local date is <paramref name="day"/> or, where the zone skipped that date, later.</summary>
    public long StartOfDay(int day)
    {
        var midnight = day * TimeSpan.TicksPerDay;
        var index = IndexAt(midnight - ZoneTable.LargestOffset);
        var start = midnight - _offsets[index];
        while (index + 1 < _starts.Length && start >= _starts[index + 1])
        {
            index++;
            start = Math.Max(_starts[index], midnight - _offsets[index]);
        }
        return start;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{City} ({Id})";

    private int IndexAt(long utc)
    {
        var index = Array.BinarySearch(_starts, utc);
        return index >= 0 ? index : Math.Max(0, ~index - 1);
    }
}
