using Dashboard.Data.Audit;
using Dashboard.Tests.Shared;
using Xunit;

namespace Dashboard.Data.Tests.Audit;

public sealed class AuditSealerTests : IAsyncLifetime
{
    private SealedLog _log = null!;

    public async ValueTask InitializeAsync() => _log = await SealedLog.CreateAsync();

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Fact]
    public async Task What_is_written_is_sealed_once_and_the_chain_is_unbroken()
    {
        await _log.WriteAsync(25_000);

        Assert.Equal(25_000, (await _log.SealAsync()).Rows);
        Assert.Equal(0, (await _log.SealAsync()).Rows);
        await _log.WriteAsync(10);
        Assert.Equal(10, (await _log.SealAsync()).Rows);

        var report = await _log.VerifyAsync();
        Assert.Empty(report.Faults);
        Assert.Equal((25_010L, 4L, 0L), (report.Rows, report.Seals, report.Waiting));
        Assert.Equal(4, report.Head!.Number);
    }

    [Fact]
    public async Task Rows_of_transactions_that_commit_late_come_into_a_later_seal()
    {
        await _log.SealAsync();
        await using var late = await _log.Db.DataSource.OpenConnectionAsync();
        await using var open = await late.BeginTransactionAsync();
        await _log.WriteAsync(1, late);
        await open.SaveAsync("nested");
        await _log.WriteAsync(2, late);
        await open.ReleaseAsync("nested");
        for (var i = 0; i < 40; i++)
        {
            await _log.WriteAsync(1);
            _log.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(1, (await _log.SealAsync()).Rows);
        }

        await open.CommitAsync();

        Assert.Equal(3, (await _log.VerifyAsync()).Waiting);
        Assert.Equal(3, (await _log.SealAsync()).Rows);
        var report = await _log.VerifyAsync();
        Assert.Empty(report.Faults);
        Assert.Equal((43L, 0L), (report.Rows, report.Waiting));
    }

    [Fact]
    public async Task Many_writers_and_sealers_at_once_miss_nothing_and_raise_no_false_alarm()
    {
        var sealers = Enumerable.Range(0, 3).Select(_ => _log.NewSealer()).ToList();
        using var stop = new CancellationTokenSource();
        var sealing = sealers.Select(s => Task.Run(() => SealUntilAsync(s, stop.Token))).ToList();
        var checking = Task.Run(() => VerifyUntilAsync(stop.Token));
        var writers = Enumerable
            .Range(0, 6)
            .Select(w => Task.Run(() => WriteManyAsync(w)))
            .ToList();
        await Task.WhenAll(writers);
        await stop.CancelAsync();
        var sealedRows = (await Task.WhenAll(sealing)).Sum() + (await _log.SealAsync()).Rows;

        var written = await _log.Db.DataSource.ScalarAsync<long>("SELECT count(*) FROM audit_logs");
        Assert.Equal(6 * 60 * 3, written);
        Assert.Equal(written, sealedRows);
        Assert.Empty(await checking);
        var report = await _log.VerifyAsync(keptHeads: true);
        Assert.Empty(report.Faults);
        Assert.Equal((written, 0L), (report.Rows, report.Waiting));
    }

    [Fact]
    public async Task A_sealer_that_dies_half_way_leaves_nothing_and_the_next_one_goes_on()
    {
        await _log.SealAsync();
        await _log.WriteAsync(30_000);
        using var dies = new CancellationTokenSource();
        var dying = _log.NewSealer().SealAsync(cancellationToken: dies.Token);
        await dies.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dying);

        Assert.Equal(30_000, (await _log.SealAsync()).Rows);
        Assert.Empty((await _log.VerifyAsync()).Faults);
    }

    [Fact]
    public async Task Another_key_cannot_go_on_with_the_chain()
    {
        await _log.WriteAsync(3);
        await _log.SealAsync();

        var other = await _log.NewSealer(new byte[32]).SealAsync();

        Assert.Contains("another key", other.Refused);
        Assert.Equal(1, (await _log.VerifyAsync()).Seals);
    }

    [Fact]
    public async Task A_cut_end_stops_sealing_until_somebody_has_looked()
    {
        for (var i = 0; i < 4; i++)
        {
            await _log.WriteAsync(2);
            _log.Clock.Advance(TimeSpan.FromMinutes(2));
            await _log.SealAsync();
        }

        await _log.Db.DataSource.ExecuteAsync(
            "DELETE FROM ops.sealed_audit_rows WHERE seal_number >= 3; DELETE FROM ops.audit_seals WHERE number >= 3"
        );

        Assert.Contains("Seal 4", (await _log.SealAsync()).Refused);
        Assert.Contains("Seal 4", (await _log.SealAsync(_log.NewSealer())).Refused);
        var report = await _log.VerifyAsync(keptHeads: true);
        Assert.Equal(AuditFaultKind.Head, report.First!.Kind);
        Assert.Contains("cut off", report.First.Text);
        Assert.Null((await _log.Sealer.SealAsync(afterBreak: true)).Refused);
        Assert.Null((await _log.SealAsync(_log.NewSealer())).Refused);
    }

    [Fact]
    public async Task Silence_is_sealed_as_well()
    {
        await _log.SealAsync();
        await _log.SealAsync();
        _log.Clock.Advance(AuditSealer.LongestSilence);
        var later = await _log.SealAsync();

        Assert.Equal(2, later.Head!.Number);
        Assert.Empty((await _log.VerifyAsync()).Faults);
    }

    private async Task<long> SealUntilAsync(AuditSealer sealer, CancellationToken stop)
    {
        long rows = 0;
        while (!stop.IsCancellationRequested)
        {
            var report = await sealer.SealAsync(cancellationToken: CancellationToken.None);
            Assert.Null(report.Refused);
            rows += report.Rows;
        }

        return rows;
    }

    private async Task<List<AuditFault>> VerifyUntilAsync(CancellationToken stop)
    {
        var faults = new List<AuditFault>();
        while (!stop.IsCancellationRequested)
        {
            faults.AddRange((await _log.VerifyAsync()).Faults);
        }

        return faults;
    }

    /// <summary>Transactions of three rows that stay open for different numbers of the others' transactions; some are given up.</summary>
    private async Task WriteManyAsync(int writer)
    {
        for (var i = 0; i < 60; i++)
        {
            await using var connection = await _log.Db.DataSource.OpenConnectionAsync();
            await using (var lost = await connection.BeginTransactionAsync())
            {
                await _log.WriteAsync(1, connection);
                await lost.RollbackAsync();
            }

            await using var transaction = await connection.BeginTransactionAsync();
            await _log.WriteAsync(1, connection);
            await transaction.SaveAsync("nested");
            await _log.WriteAsync(2, connection);
            for (var pause = 0; pause < (writer + i) % 5; pause++)
            {
                await Task.Yield();
                await _log.Db.DataSource.ScalarAsync<long>("SELECT count(*) FROM ops.audit_seals");
            }

            await transaction.CommitAsync();
        }
    }
}
