using System.Diagnostics;

namespace Dashboard.LocalDatabase;

/// <summary>Runs programs to their end.</summary>
internal static class Shell
{
    /// <summary>Exit code and everything printed. Throws <see cref="LocalPostgresException"/> when the program is missing.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        IReadOnlyList<string> command,
        string folder,
        CancellationToken cancellationToken
    )
    {
        using var process = Start(Describe(command, folder));
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, await error + await output);
    }

    /// <summary>Starts it; a missing program is explained.</summary>
    public static Process Start(ProcessStartInfo description)
    {
        try
        {
            return Process.Start(description)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new LocalPostgresException(
                $"The program '{description.FileName}', which the local PostgreSQL needs, cannot be started: {e.Message}. "
                    + "Install it, or set ConnectionStrings__Dashboard to a server of yours.",
                e
            );
        }
    }

    /// <summary>A command with its output redirected and the system's language switched off.</summary>
    public static ProcessStartInfo Describe(IReadOnlyList<string> command, string folder)
    {
        var description = new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        description.Environment["LC_ALL"] = "C";
        return description;
    }
}
