using System.Globalization;

namespace Dashboard.Data.Audit;

/// <summary>Counts all faults and keeps the earliest.</summary>
internal sealed class FaultList(int keep)
{
    // The head comes first of all (nothing else can be trusted without it), what guards the table last.
    private readonly SortedSet<(DateTime Order, long Sequence)> _order = [];
    private readonly Dictionary<long, AuditFault> _kept = [];
    private readonly Dictionary<AuditFaultKind, long> _counts = [];
    private long _sequence;

    /// <summary>How many of each kind.</summary>
    public IReadOnlyDictionary<AuditFaultKind, long> Counts => _counts;

    /// <summary>The earliest, in the order of time.</summary>
    public IReadOnlyList<AuditFault> Earliest => [.. _order.Select(o => _kept[o.Sequence])];

    /// <summary>Adds one.</summary>
    public void Add(AuditFault fault)
    {
        _counts[fault.Kind] = _counts.GetValueOrDefault(fault.Kind) + 1;
        var key = (Order(fault), _sequence++);
        _order.Add(key);
        _kept[key.Item2] = fault;
        if (_order.Count > keep)
        {
            var latest = _order.Max;
            _order.Remove(latest);
            _kept.Remove(latest.Sequence);
        }
    }

    /// <summary>A row in words: "task 0192… (status_changed, 2026-11-26 14:03:07 UTC)".</summary>
    public static string Name(in AuditRowImage row) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"row {row.Id} ({row.EntityType} {row.EntityId}, {row.Action}, {row.Time:yyyy-MM-dd HH:mm:ss.ffffff} UTC)"
        );

    private static DateTime Order(AuditFault fault) =>
        fault.Kind switch
        {
            AuditFaultKind.Head => DateTime.MinValue,
            AuditFaultKind.Guard => DateTime.MaxValue,
            _ => fault.At ?? DateTime.MinValue,
        };
}
