using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Dashboard.Tests.Shared;

/// <summary>A message as it arrived.</summary>
/// <param name="To">Recipients.</param>
/// <param name="From">Sender of the envelope.</param>
/// <param name="User">Who signed in; null = nobody.</param>
/// <param name="Raw">Headers and body as they came.</param>
public sealed record SunkMessage(IReadOnlyList<string> To, string From, string? User, string Raw);

/// <summary>
/// A real SMTP server (npm <c>smtp-server</c>) in a process of its own, on a free port. Recipients <c>reject@…</c>,
/// <c>later@…</c> and <c>drop@…</c> make it refuse or break off (see sink.js).
/// </summary>
public sealed class SmtpSink : IAsyncDisposable
{
    private static readonly SemaphoreSlim s_install = new(1);

    private readonly Process _process;
    private readonly ConcurrentQueue<SunkMessage> _messages = new();
    private readonly Task _reading;

    private SmtpSink(Process process, int port)
    {
        _process = process;
        Port = port;
        _reading = ReadAsync();
    }

    /// <summary>Where it listens on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>What has arrived so far, in order.</summary>
    public IReadOnlyList<SunkMessage> Messages => [.. _messages];

    /// <summary>Starts one. With <paramref name="login"/> (<c>name:password</c>) it asks for AUTH.</summary>
    public static async Task<SmtpSink> StartAsync(string? login = null, bool startTls = false)
    {
        var folder = Folder();
        await InstallAsync(folder);
        var arguments = new List<string> { "sink.js" };
        arguments.AddRange(login is null ? [] : [$"--login={login}"]);
        arguments.AddRange(startTls ? ["--starttls"] : []);
        var process = Run("node", folder, arguments);
        var first = await process.StandardOutput.ReadLineAsync();
        var port = JsonDocument.Parse(first!).RootElement.GetProperty("port").GetInt32();
        return new SmtpSink(process, port);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
    }

    /// <summary>Ends it; afterwards <see cref="Messages"/> is complete.</summary>
    public async Task StopAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        await _reading;
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            _messages.Enqueue(
                JsonSerializer.Deserialize<SunkMessage>(line, JsonSerializerOptions.Web)!
            );
        }
    }

    private static async Task InstallAsync(string folder)
    {
        await s_install.WaitAsync();
        try
        {
            if (!Directory.Exists(Path.Combine(folder, "node_modules", "smtp-server")))
            {
                using var npm = Run(
                    "npm",
                    folder,
                    ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
                );
                await npm.WaitForExitAsync();
            }
        }
        finally
        {
            s_install.Release();
        }
    }

    private static Process Run(string program, string folder, IEnumerable<string> arguments) =>
        Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder,
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;

    private static string Folder([CallerFilePath] string path = "") =>
        Path.Combine(Path.GetDirectoryName(path)!, "smtp-sink");
}
