using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Dashboard.LocalDatabase;

/// <summary>A running postgres that ends with us, however we end.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private const int MaxKept = 40;
    private const int Interrupt = 2;

    private readonly Process _process;
    private readonly Queue<string> _lastLines = new();

    private ServerProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, e) => Keep(e.Data);
        process.ErrorDataReceived += (_, e) => Keep(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>True when it ended by itself.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>What it printed last.</summary>
    public string Output
    {
        get
        {
            lock (_lastLines)
            {
                return string.Join(Environment.NewLine, _lastLines);
            }
        }
    }

    /// <summary>
    /// Starts it from a thread that lives as long as it does: the kernel's parent-death signal follows the thread that forked,
    /// not the process.
    /// </summary>
    public static Task<ServerProcess> StartAsync(IReadOnlyList<string> command)
    {
        var started = new TaskCompletionSource<ServerProcess>(
            TaskCreationOptions.RunContinuationsAsynchronously
        );
        var thread = new Thread(() =>
        {
            try
            {
                var process = Shell.Start(Shell.Describe(command, "/"));
                started.SetResult(new ServerProcess(process));
                process.WaitForExit();
            }
            catch (LocalPostgresException e)
            {
                started.SetException(e);
            }
        })
        {
            IsBackground = true,
            Name = "local-postgres",
        };
        thread.Start();
        return started.Task;
    }

    /// <summary>Asks it to disconnect everyone and stop (PostgreSQL's "fast shutdown"), and waits.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            if (OperatingSystem.IsWindows())
            {
                _process.Kill(entireProcessTree: true);
            }
            else
            {
                _ = Kill(_process.Id, Interrupt);
            }

            await _process.WaitForExitAsync();
        }
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lastLines)
        {
            _lastLines.Enqueue(line);
            if (_lastLines.Count > MaxKept)
            {
                _lastLines.Dequeue();
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int pid, int signal);
}
