using System.Threading.Channels;
using Dashboard.Data.Changes;
using Dashboard.Tests.Shared;
using Npgsql;
using Xunit;

namespace Dashboard.Data.Tests.Changes;

public sealed class LogicalDecodingTests : IAsyncLifetime
{
    private TestDatabase _db = null!;

    public async ValueTask InitializeAsync() => _db = await TestDatabase.CreateAsync();

    public ValueTask DisposeAsync() => _db.DisposeAsync();

    [Fact]
    public async Task Each_commit_of_any_writer_arrives_once_with_its_keys_and_no_rollback_does()
    {
        var customer = Some.Customer();
        var campaign = Some.Campaign(customer);
        var task = Some.Task(customer, campaign);
        await _db.AddAsync(customer, campaign, task);
        await using var probe = await FeedProbe.StartLiveAsync(_db);

        await _db.DataSource.ExecuteAsync("UPDATE tasks SET priority = 'urgent'");
        await UpdateAndRollBackAsync();
        await _db.DataSource.ExecuteAsync(
            "UPDATE customers SET phone = '1'; UPDATE campaigns SET name = 'x'"
        );
        await _db.DataSource.ExecuteAsync("DELETE FROM tasks");
        await _db.DataSource.ExecuteAsync("TRUNCATE system_metrics, opt_outs");

        Assert.Equal(
            [new Change(Topics.Tasks, task.Id, customer.Id, campaign.Id)],
            await probe.NextAsync()
        );
        Assert.Equal(
            [
                new Change(Topics.Customers, customer.Id, CustomerId: customer.Id),
                new Change(Topics.Campaigns, campaign.Id, customer.Id, campaign.Id),
            ],
            await probe.NextAsync()
        );
        Assert.Equal([new Change(Topics.Tasks, task.Id)], await probe.NextAsync());
        Assert.Equal([new Change(Topics.OptOuts, Guid.Empty)], await probe.NextAsync());
    }

    [Fact]
    public async Task A_publication_of_an_older_version_is_brought_up_to_date()
    {
        await _db.DataSource.ExecuteAsync(
            "CREATE PUBLICATION dashboard_changes FOR TABLE agents (id, status)"
        );
        await using var probe = await FeedProbe.StartLiveAsync(_db);

        await _db.AddAsync(Some.Customer());

        Assert.Equal(Topics.Customers, Assert.Single(await probe.NextAsync()).Topic);
    }

    [Fact]
    public async Task A_large_commit_is_told_as_one_change_per_topic()
    {
        await using var probe = await FeedProbe.StartLiveAsync(_db);

        await _db.DataSource.ExecuteAsync(
            """
            INSERT INTO customers (id, company_name, contact_name, email)
            SELECT gen_random_uuid(), 'c', 'n', i || '@x.example' FROM generate_series(1, 2000) i
            """
        );

        Assert.Equal([new Change(Topics.Customers, Guid.Empty)], await probe.NextAsync());
    }

    [Fact]
    public async Task Who_subscribes_and_then_reads_never_misses_a_change()
    {
        await _db.AddAsync(Some.Agent());
        await using var probe = await FeedProbe.StartLiveAsync(_db);
        using var writing = new CancellationTokenSource();
        var writer = WriteAsync(writing.Token);
        var viewers = Enumerable.Range(0, 25).Select(_ => new Viewer(probe.Feed, _db)).ToList();
        foreach (var viewer in viewers)
        {
            await viewer.OpenAsync();
        }

        await writing.CancelAsync();
        var last = await writer;

        foreach (var viewer in viewers)
        {
            await viewer.UntilShownAsync(last);
            Assert.Equal(last, viewer.Shown);
        }
    }

    [Fact]
    public async Task Who_is_told_of_a_commit_sees_it()
    {
        const int writers = 16;
        const int commits = 50;
        var agents = Enumerable.Range(0, writers).Select(_ => Some.Agent()).ToList();
        await _db.AddAsync([.. agents]);
        await using var probe = await FeedProbe.StartLiveAsync(_db);
        await using var connection = await _db.DataSource.OpenConnectionAsync();
        await using var look = new NpgsqlCommand(
            "SELECT max_concurrent_tasks FROM agents WHERE id = $1",
            connection
        );
        look.Parameters.Add(new NpgsqlParameter<Guid>());
        var told = agents.ToDictionary(a => a.Id, _ => 0);
        var early = 0;
        var all = new TaskCompletionSource();
        probe.Feed.Subscribe([Topics.Agents], changes => Look(changes[0].Key));

        // More writers than processors: one that is interrupted inside its commit makes the gap wide enough to see.
        await Task.WhenAll(agents.Select(a => Task.Run(() => CountUpAsync(a.Id, commits))));

        await all.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(0, early);

        void Look(Guid agent)
        {
            ((NpgsqlParameter<Guid>)look.Parameters[0]).TypedValue = agent;
            told[agent]++;
            early += (int)look.ExecuteScalar()! < told[agent] ? 1 : 0;
            if (told.Values.Sum() == writers * commits)
            {
                all.SetResult();
            }
        }
    }

    [Fact]
    public async Task A_broken_connection_is_made_again_and_everyone_reads_again()
    {
        await using var probe = await FeedProbe.StartLiveAsync(_db);

        await _db.DataSource.ExecuteAsync(
            "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE database = current_database()"
        );

        await probe.UntilAsync(FeedState.CatchingUp);
        await probe.UntilAsync(FeedState.Live);
        await probe.ResyncAsync();
        await _db.AddAsync(Some.Agent());
        Assert.Equal(Topics.Agents, Assert.Single(await probe.NextAsync()).Topic);
    }

    private async Task UpdateAndRollBackAsync()
    {
        await using var connection = await _db.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(
            "UPDATE tasks SET priority = 'low'",
            connection
        );
        await command.ExecuteNonQueryAsync();
        await transaction.RollbackAsync();
    }

    private async Task CountUpAsync(Guid agent, int commits)
    {
        for (var i = 1; i <= commits; i++)
        {
            await _db.DataSource.ExecuteAsync(
                $"UPDATE agents SET max_concurrent_tasks = {i} WHERE id = '{agent}'"
            );
        }
    }

    /// <summary>Counts an agent up, one commit each, until told to stop; returns the last count.</summary>
    private async Task<int> WriteAsync(CancellationToken stop)
    {
        var count = 0;
        while (!stop.IsCancellationRequested)
        {
            count++;
            await _db.DataSource.ExecuteAsync($"UPDATE agents SET max_concurrent_tasks = {count}");
        }

        return count;
    }

    /// <summary>What a page does: subscribe, read, and read again whenever told.</summary>
    private sealed class Viewer(ChangeFeed feed, TestDatabase db)
    {
        private readonly Channel<bool> _told = Channel.CreateUnbounded<bool>();
        public int Shown { get; private set; }

        public Task OpenAsync()
        {
            feed.Subscribe([Topics.Agents], _ => _told.Writer.TryWrite(true));
            return ReadAsync();
        }

        public async Task UntilShownAsync(int last)
        {
            while (Shown != last)
            {
                await _told.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));
                await ReadAsync();
            }
        }

        private async Task ReadAsync() =>
            Shown = await db.DataSource.ScalarAsync<int>("SELECT max_concurrent_tasks FROM agents");
    }
}
