using System.Diagnostics;
using System.Globalization;
using Dashboard.Data.Changes;
using Dashboard.Data.Hosting;
using Dashboard.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Dashboard.Benchmarks;

/// <summary>
/// <c>write-path [rounds] [seconds]</c>: what the live feed costs whoever writes. 16 writers update tasks, one commit
/// each; rounds with the feed off and on alternate, so that both meet the same machine. The server flushes commits to disk
/// as it does in production. Fails below 85 %.
/// </summary>
internal static class WritePathBenchmark
{
    private const int Writers = 16;
    private const int Tasks = 5000;
    private const double LeastRatio = 0.85;

    /// <summary>Runs it.</summary>
    public static async Task RunAsync(string[] args)
    {
        var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 6;
        var seconds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5;
        var length = TimeSpan.FromSeconds(seconds);
        await using var db = await TestDatabase.CreateDurableAsync();
        var ids = await SeedAsync(db);
        await WriteAsync(db, ids, TimeSpan.FromSeconds(2));

        var ratios = new List<double>();
        for (var round = 1; round <= rounds; round++)
        {
            // The order alternates: whatever comes second pays for the first's dead rows.
            var onFirst = round % 2 == 0;
            var on = onFirst ? await WithFeedAsync(db, ids, length) : null;
            var off = await WriteAsync(db, ids, length);
            on ??= await WithFeedAsync(db, ids, length);
            ratios.Add(on.PerSecond / off);
            Console.WriteLine(
                $"round {round}: off {off:F0} commits/s, on {on.PerSecond:F0} commits/s, {ratios[^1]:P1}, heard {on.Heard} of {on.Written}"
            );
        }

        ratios.Sort();
        var median = (ratios[(ratios.Count - 1) / 2] + ratios[ratios.Count / 2]) / 2;
        Console.WriteLine(
            $"write path with the live feed on: {median:P1} of its speed without (median of {rounds} rounds; at least {LeastRatio:P0} is asked)"
        );
        Environment.ExitCode = median < LeastRatio ? 1 : 0;
    }

    private static async Task<Guid[]> SeedAsync(TestDatabase db)
    {
        var customer = Some.Customer();
        var tasks = Enumerable.Range(0, Tasks).Select(_ => Some.Task(customer)).ToArray();
        await db.AddAsync([customer, .. tasks]);
        return [.. tasks.Select(t => t.Id)];
    }

    private static async Task<FeedRound> WithFeedAsync(TestDatabase db, Guid[] ids, TimeSpan length)
    {
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddDashboardData(db.ConnectionString)
            .AddChangeFeed()
            .BuildServiceProvider();
        var feed = services.GetRequiredService<ChangeFeed>();
        var live = new TaskCompletionSource();
        var heard = 0L;
        feed.Subscribe([Topics.Tasks], changes => Interlocked.Add(ref heard, changes.Count));
        feed.StateChanged += _ => live.TrySetResult();
        var reader = services.GetServices<IHostedService>().Single();
        await reader.StartAsync(CancellationToken.None);
        await live.Task;
        Interlocked.Exchange(ref heard, 0);

        var perSecond = await WriteAsync(db, ids, length);

        var written = (long)Math.Round(perSecond * length.TotalSeconds);
        await reader.StopAsync(CancellationToken.None);
        return new FeedRound(perSecond, Interlocked.Read(ref heard), written);
    }

    /// <summary>Commits per second of all writers together.</summary>
    private static async Task<double> WriteAsync(TestDatabase db, Guid[] ids, TimeSpan length)
    {
        var start = Stopwatch.GetTimestamp();
        var writers = Enumerable
            .Range(0, Writers)
            .Select(w => Task.Run(() => UpdateAsync(db, ids, w, start, length)));
        var commits = await Task.WhenAll(writers);
        return commits.Sum() / length.TotalSeconds;
    }

    private static async Task<int> UpdateAsync(
        TestDatabase db,
        Guid[] ids,
        int writer,
        long start,
        TimeSpan length
    )
    {
        await using var connection = await db.DataSource.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(
            "UPDATE tasks SET attempts = $1, context = jsonb_set(context, '{reason}', to_jsonb($2)) WHERE id = $3",
            connection
        );
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = writer });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = "written" });
        command.Parameters.Add(new NpgsqlParameter<Guid>());
        await command.PrepareAsync();
        var commits = 0;
        while (Stopwatch.GetElapsedTime(start) < length)
        {
            // Each writer has its own rows: this measures commits, not waiting for each other.
            var pick = (Random.Shared.Next(ids.Length / Writers) * Writers) + writer;
            ((NpgsqlParameter<Guid>)command.Parameters[2]).TypedValue = ids[pick];
            await command.ExecuteNonQueryAsync();
            commits++;
        }

        return commits;
    }

    private sealed record FeedRound(double PerSecond, long Heard, long Written);
}
