using Dashboard.Data.Changes;
using Dashboard.Tests.Shared;
using Npgsql;
using Xunit;

namespace Dashboard.Data.Tests.Changes;

/// <summary>Where the server does not allow logical decoding, and how the feed behaves as its guest.</summary>
public sealed class FeedFallbackTests : IAsyncLifetime
{
    private TestDatabase _db = null!;

    public async ValueTask InitializeAsync() => _db = await TestDatabase.CreateAsync();

    public ValueTask DisposeAsync() => _db.DisposeAsync();

    [Fact]
    public async Task A_role_without_replication_polls_and_goes_live_once_it_is_allowed()
    {
        var role = $"guest_{Guid.CreateVersion7():N}";
        await Publication.EnsureAsync(_db.DataSource, CancellationToken.None);
        await _db.DataSource.ExecuteAsync($"CREATE ROLE {role} LOGIN PASSWORD 'guest'");
        try
        {
            var guest = new NpgsqlConnectionStringBuilder(_db.ConnectionString)
            {
                Username = role,
                Password = "guest",
            };
            await using var probe = await FeedProbe.StartAsync(
                guest.ConnectionString,
                options =>
                {
                    options.PollEvery = TimeSpan.FromMilliseconds(100);
                    options.RetryRefusedAfter = TimeSpan.FromMilliseconds(500);
                }
            );
            await probe.UntilAsync(FeedState.Polling);
            await probe.ResyncAsync();
            await probe.ResyncAsync();

            await _db.DataSource.ExecuteAsync($"ALTER ROLE {role} REPLICATION");

            await probe.UntilAsync(FeedState.Live);
            Assert.Equal(FeedState.Live, probe.Feed.State);
        }
        finally
        {
            await _db.DataSource.ExecuteAsync($"DROP ROLE {role}");
        }
    }

    [Fact]
    public async Task While_the_slot_waits_for_a_long_transaction_pages_are_polled()
    {
        await using var connection = await _db.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand("SELECT pg_current_xact_id()", connection);
        await command.ExecuteScalarAsync();

        await using var probe = await FeedProbe.StartAsync(
            _db.ConnectionString,
            options => options.PollEvery = TimeSpan.FromMilliseconds(100)
        );

        await probe.UntilAsync(FeedState.Polling);
        await probe.ResyncAsync();
        await transaction.RollbackAsync();
        await probe.UntilAsync(FeedState.Live);
        Assert.Equal(FeedState.Live, probe.Feed.State);
    }

    [Fact]
    public async Task What_others_write_is_confirmed_so_the_server_keeps_no_log_for_us()
    {
        await using var probe = await FeedProbe.StartLiveAsync(
            _db,
            options => options.ConfirmEvery = TimeSpan.FromMilliseconds(50)
        );
        await WriteLogAsync();
        var written = await _db.DataSource.ScalarAsync<string>("SELECT pg_current_wal_lsn()::text");

        Assert.True(
            await BecomesTrueAsync(
                $"SELECT confirmed_flush_lsn >= '{written}' FROM pg_replication_slots WHERE database = current_database()"
            )
        );
    }

    [Fact]
    public async Task A_reader_that_falls_too_far_behind_lets_go_and_starts_at_the_present()
    {
        using var blocked = new ManualResetEventSlim();
        await using var probe = await FeedProbe.StartLiveAsync(
            _db,
            options =>
            {
                options.ConfirmEvery = TimeSpan.FromMilliseconds(50);
                options.MostLagBytes = 1 << 20;
            }
        );
        probe.Feed.Subscribe([Topics.Agents], _ => blocked.Wait(TimeSpan.FromSeconds(20)));
        await _db.AddAsync(Some.Agent());
        await WriteLogAsync();

        Assert.True(
            await BecomesTrueAsync(
                "SELECT NOT EXISTS (SELECT FROM pg_replication_slots WHERE database = current_database())"
            )
        );
        blocked.Set();
        await probe.UntilAsync(FeedState.CatchingUp);
        await probe.UntilAsync(FeedState.Live);
        await probe.ResyncAsync();
    }

    /// <summary>Three mebibytes of write-ahead log that are none of the fed tables.</summary>
    private Task<int> WriteLogAsync() =>
        _db.DataSource.ExecuteAsync(
            "SELECT pg_logical_emit_message(false, 'noise', repeat('x', 3 << 20))"
        );

    private async Task<bool> BecomesTrueAsync(string sql)
    {
        for (var i = 0; i < 400; i++)
        {
            if (await _db.DataSource.ScalarAsync<bool>(sql))
            {
                return true;
            }

            await Task.Delay(50);
        }

        return false;
    }
}
