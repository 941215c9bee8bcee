using Npgsql;
using NpgsqlTypes;

namespace Dashboard.Data.Imports;

/// <summary>
/// Writes the rejected rows of one import to <c>ops.import_rejections</c>, in batches and on a connection of its own:
/// they outlive the import's transaction (a dry run keeps its report) and never fill the memory.
/// </summary>
internal sealed class RejectionLog(NpgsqlDataSource source, Guid runId)
{
    private const int BatchSize = 1_000;
    private const int ShownAtOnce = 100;

    private readonly List<RejectedRow> _batch = [];
    private readonly List<RejectedRow> _first = [];

    /// <summary>Rows rejected so far.</summary>
    public long Count { get; private set; }

    /// <summary>The first 100, by line.</summary>
    public IReadOnlyList<RejectedRow> First => [.. _first.OrderBy(r => r.Line)];

    /// <summary>Adds one row.</summary>
    public async ValueTask AddAsync(RejectedRow row, CancellationToken cancellationToken)
    {
        Count++;
        if (_first.Count < ShownAtOnce)
        {
            _first.Add(row);
        }

        _batch.Add(row with { Raw = row.Raw.Replace("\0", "\\0", StringComparison.Ordinal) });
        if (_batch.Count >= BatchSize)
        {
            await FlushAsync(cancellationToken);
        }
    }

    /// <summary>Writes what is waiting.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_batch.Count == 0)
        {
            return;
        }

        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var copy = await connection.BeginBinaryImportAsync(
            "COPY ops.import_rejections (run_id, line, column_name, reason, raw) FROM STDIN (FORMAT BINARY)",
            cancellationToken
        );
        foreach (var row in _batch)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(runId, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(row.Line, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(row.Column, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(row.Reason, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(row.Raw, NpgsqlDbType.Text, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
        _batch.Clear();
    }
}
