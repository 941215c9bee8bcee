using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Dashboard.Tests.Shared;

namespace Dashboard.Engine.Tests.Race;

/// <summary>Processes of the program itself, role engine, on one database.</summary>
internal sealed class RaceProcesses : IDisposable
{
    private readonly List<Process> _processes = [];

    /// <summary>How many run.</summary>
    public int Running => _processes.Count(p => !p.HasExited);

    /// <summary>Starts them all, then waits until each one answers that it is ready.</summary>
    public async Task StartAsync(TestDatabase database, int count)
    {
        var ports = Enumerable.Range(0, count).Select(_ => FreePort()).ToList();
        _processes.AddRange(ports.Select(port => Start(database.ConnectionString, port)));
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        await Task.WhenAll(ports.Select(port => ReadyAsync(client, port, patience.Token)));
    }

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            if (!process.HasExited)
            {
                process.Kill();
                process.WaitForExit();
            }

            process.Dispose();
        }

        _processes.Clear();
    }

    private static async Task ReadyAsync(
        HttpClient client,
        int port,
        CancellationToken cancellationToken
    )
    {
        var address = new Uri($"http://127.0.0.1:{port}/readyz");
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (!await IsReadyAsync(client, address, cancellationToken))
        {
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    private static async Task<bool> IsReadyAsync(
        HttpClient client,
        Uri address,
        CancellationToken cancellationToken
    )
    {
        try
        {
            using var answer = await client.GetAsync(address, cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }

    private static Process Start(string connectionString, int port)
    {
        var configuration = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal)
            ? "Release"
            : "Debug";
        var program = Path.GetFullPath(
            Path.Combine(
                AppContext.BaseDirectory,
                $"../../../../../src/Dashboard.Web/bin/{configuration}/net10.0/Dashboard.Web.dll"
            )
        );
        var start = new ProcessStartInfo("dotnet", [program, "serve", "--role", "engine"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetDirectoryName(program)!,
        };
        foreach (var (key, value) in Settings(port))
        {
            start.Environment[key] = value;
        }

        start.Environment["ConnectionStrings__Dashboard"] = connectionString;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }

    private static Dictionary<string, string> Settings(int port) =>
        new(StringComparer.Ordinal)
        {
            ["ASPNETCORE_URLS"] = string.Create(
                CultureInfo.InvariantCulture,
                $"http://127.0.0.1:{port}"
            ),
            // Calls of 20 to 600 ms: long enough for others to try meanwhile.
            ["Engine__Simulation__TimeScale"] = "0.002",
            ["Engine__Simulation__FailureRate"] = "0.05",
            ["Engine__Simulation__ReplyRate"] = "0",
            ["Engine__LeaseDuration"] = "00:00:30",
            ["Engine__RetryBackOff"] = "00:00:01",
            ["Engine__CallBackOff"] = "00:00:01",
            ["Engine__PollInterval"] = "00:00:00.050",
            ["Engine__BatchSize"] = "60",
        };

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
