using System.Globalization;
using Npgsql;

namespace Dashboard.LocalDatabase;

/// <summary>
/// A PostgreSQL of our own for demo, development and tests: installed on first need, started as a child, on 127.0.0.1 only,
/// behind a random password. Killed with us, however we end; a server that already runs on the same data is used.
/// </summary>
public sealed class LocalPostgres : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(30);

    // Ends with the server. When the last process that holds the file has gone, flock gets it and the server is stopped;
    // until it has stopped the file stays locked, so nobody finds a server that is about to go. Inherited files are closed:
    // they may be locks of whoever started the tests.
    private const string Watchdog = """
        exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
        lock=$1; log=$2; shift 2
        "$@" >"$log" 2>&1 </dev/null &
        server=$!
        ( flock -x 9; kill -INT $server; while kill -0 $server; do sleep 0.05; done ) 9<>"$lock" >/dev/null 2>&1 &
        wait $server
        """;

    private readonly Cluster _cluster;
    private readonly ServerProcess? _process;

    private LocalPostgres(Cluster cluster, int port, ServerProcess? process)
    {
        _cluster = cluster;
        Port = port;
        _process = process;
    }

    /// <summary>Port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>True when another process had started the server.</summary>
    public bool Reused => _process is null;

    /// <summary>
    /// Installs, initialises and starts what is missing. Throws <see cref="LocalPostgresException"/> with reason and remedy
    /// (port, rights, disk, missing binaries or npm).
    /// </summary>
    public static async Task<LocalPostgres> StartAsync(
        LocalPostgresOptions options,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            var binaries = await PostgresBinaries.EnsureAsync(options.Log, cancellationToken);
            var user = await ServerUser.FindAsync(cancellationToken);
            LocalFolders.Create(options.Folder);
            await using var turn = await FileLock.TakeAsync(
                Path.Combine(options.Folder, "start.lock"),
                cancellationToken
            );
            var cluster = new Cluster(options, binaries, user);
            if (await UseRunningAsync(cluster, cancellationToken) is { } running)
            {
                return running;
            }

            var port = cluster.ChoosePort();
            await cluster.EnsureAsync(cancellationToken);
            return await StartServerAsync(
                options,
                user.Wrap(Command(options, binaries, cluster, port), options.EndsWithUs),
                cluster,
                port,
                cancellationToken
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LocalPostgresException(
                $"The local PostgreSQL in {options.Folder} cannot start: {e.Message} "
                    + "Check the folder's rights and the free disk space, or set ConnectionStrings__Dashboard to a server of yours.",
                e
            );
        }
    }

    /// <summary>How to reach <paramref name="database"/>, which need not exist yet.</summary>
    public string ConnectionString(string database) => _cluster.ConnectionString(Port, database);

    /// <summary>Stops the server when this process started it for itself.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            NpgsqlConnection.ClearAllPools();
            await _process.DisposeAsync();
        }
    }

    private static async Task<LocalPostgres?> UseRunningAsync(
        Cluster cluster,
        CancellationToken cancellationToken
    )
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        // A server whose owner was just killed is on its way out: then it stops answering, and its file goes.
        while (cluster.RunningPort() is { } port)
        {
            if (await AnswersAsync(cluster, port, cancellationToken))
            {
                return new LocalPostgres(cluster, port, null);
            }

            if (patience.IsCancellationRequested)
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw new LocalPostgresException(
                    $"{cluster.PidFile} names a PostgreSQL that does not answer on port {port}: stop it, or delete the file when it belongs to another folder."
                );
            }

            await Task.Delay(Between, cancellationToken);
        }

        return null;
    }

    private static async Task<LocalPostgres> StartServerAsync(
        LocalPostgresOptions options,
        IReadOnlyList<string> command,
        Cluster cluster,
        int port,
        CancellationToken cancellationToken
    )
    {
        var log = Path.Combine(options.Folder, "server.log");
        if (!options.EndsWithUs)
        {
            command = ["setsid", "sh", "-c", Watchdog, "sh", options.SharedBy!, log, .. command];
        }

        var process = await ServerProcess.StartAsync(command);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        while (!await AnswersAsync(cluster, port, cancellationToken))
        {
            if (process.HasExited || patience.IsCancellationRequested)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await process.DisposeAsync();
                throw LocalPostgresException.FromOutput(
                    $"The local PostgreSQL in {options.Folder} did not start on port {port}.",
                    options.EndsWithUs
                        ? process.Output
                        : await File.ReadAllTextAsync(log, cancellationToken)
                );
            }

            await Task.Delay(Between, cancellationToken);
        }

        return new LocalPostgres(cluster, port, options.EndsWithUs ? process : null);
    }

    private static string[] Command(
        LocalPostgresOptions options,
        string binaries,
        Cluster cluster,
        int port
    )
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["port"] = port.ToString(CultureInfo.InvariantCulture),
            ["listen_addresses"] = "127.0.0.1",
            // TCP only: a socket's path has a length limit that a deep clone exceeds.
            ["unix_socket_directories"] = "",
            ["wal_level"] = "logical",
            ["max_connections"] = "200",
            ["max_replication_slots"] = "20",
            ["max_wal_senders"] = "20",
        };
        foreach (var (name, value) in options.Settings)
        {
            settings[name] = value;
        }

        return
        [
            Path.Combine(binaries, "postgres"),
            "-D",
            cluster.Data,
            .. settings.SelectMany(s => new[] { "-c", $"{s.Key}={s.Value}" }),
        ];
    }

    private static async Task<bool> AnswersAsync(
        Cluster cluster,
        int port,
        CancellationToken cancellationToken
    )
    {
        var builder = new NpgsqlConnectionStringBuilder(cluster.ConnectionString(port, "postgres"))
        {
            Pooling = false,
            Timeout = 5,
        };
        try
        {
            await using var connection = new NpgsqlConnection(builder.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            return true;
        }
        catch (NpgsqlException e)
            when (e is not PostgresException { SqlState: PostgresErrorCodes.InvalidPassword })
        {
            return false;
        }
    }
}
