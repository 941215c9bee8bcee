using System.Globalization;
using Npgsql;

namespace Dashboard.Data.Changes;

/// <summary>Which transactions a statement sees that starts now (<c>pg_current_snapshot()</c>).</summary>
internal sealed class Snapshot
{
    private readonly ulong _xmin;
    private readonly ulong _xmax;
    private readonly HashSet<ulong> _running;

    private Snapshot(string text)
    {
        var parts = text.Split(':');
        _xmin = Number(parts[0]);
        _xmax = Number(parts[1]);
        _running = parts[2]
            .Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(Number)
            .ToHashSet();
    }

    /// <summary>Transactions that are under way.</summary>
    public IReadOnlySet<ulong> Running => _running;

    /// <summary>Reads <c>xmin:xmax:running,running</c>.</summary>
    public static Snapshot Parse(string text) => new(text);

    /// <summary>The present one.</summary>
    public static async Task<Snapshot> TakeAsync(
        NpgsqlDataSource source,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand("SELECT pg_current_snapshot()::text");
        return new((string)(await command.ExecuteScalarAsync(cancellationToken))!);
    }

    /// <summary>True when the committed transaction shows.</summary>
    /// <param name="transaction">Its id without the epoch, as replication messages carry it.</param>
    public bool Sees(uint transaction)
    {
        var id = _xmax + (ulong)(long)(int)(transaction - (uint)_xmax);
        return id < _xmin || (id < _xmax && !_running.Contains(id));
    }

    private static ulong Number(string text) => ulong.Parse(text, CultureInfo.InvariantCulture);
}
