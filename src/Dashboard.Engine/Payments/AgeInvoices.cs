using Dashboard.Data.Sql;
using Dashboard.Engine.Loops;
using Npgsql;

namespace Dashboard.Engine.Payments;

/// <summary>Turns pending invoices overdue when their due date has passed; any number of engines may run it at once.</summary>
public sealed class AgeInvoices(NpgsqlDataSource source, TimeProvider time) : IEngineJob
{
    /// <summary>Rows in one transaction: short enough not to hold up payments that arrive meanwhile.</summary>
    private const int BatchSize = 2_000;

    /// <inheritdoc />
    public TimeSpan Interval { get; } = TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    public async Task<bool> RunAsync(CancellationToken cancellationToken) =>
        await RunOnceAsync(cancellationToken) == BatchSize;

    /// <summary>Ages one batch; the number of invoices that became overdue.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var command = connection.Command(
            SqlFile.Read<AgeInvoices>(nameof(AgeInvoices)),
            Statement.Day(DateOnly.FromDateTime(now)),
            Statement.At(now),
            Statement.Number(BatchSize)
        );
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
