using System.Globalization;

namespace Dashboard.LocalDatabase;

/// <summary>
/// Whom the server runs as. PostgreSQL refuses root: then it is <c>postgres</c> where the system has one, else <c>nobody</c>,
/// and every command goes through <c>setpriv</c>.
/// </summary>
internal sealed record ServerUser(string? Uid, string? Gid)
{
    private static readonly ServerUser Ourselves = new(null, null);

    /// <summary>True when it is not the user of this process.</summary>
    public bool IsAnother => Uid is not null;

    /// <summary>Finds it.</summary>
    public static async Task<ServerUser> FindAsync(CancellationToken cancellationToken)
    {
        if (!LocalFolders.IsUnixRoot)
        {
            return Ourselves;
        }

        foreach (var name in new[] { "postgres", "nobody" })
        {
            var uid = await Shell.RunAsync(["id", "-u", name], "/", cancellationToken);
            var gid = await Shell.RunAsync(["id", "-g", name], "/", cancellationToken);
            if (uid.ExitCode == 0 && gid.ExitCode == 0)
            {
                return new ServerUser(uid.Output.Trim(), gid.Output.Trim());
            }
        }

        throw new LocalPostgresException(
            "PostgreSQL refuses to run as root, and there is neither a user 'postgres' nor 'nobody': add one, or run as an ordinary user."
        );
    }

    /// <summary>The command as this user runs it; with <paramref name="dieWithParent"/> the kernel stops it when our thread ends.</summary>
    public IReadOnlyList<string> Wrap(IReadOnlyList<string> command, bool dieWithParent)
    {
        if (!OperatingSystem.IsLinux())
        {
            return command;
        }

        var wrapped = new List<string> { "setpriv" };
        if (IsAnother)
        {
            wrapped.AddRange([$"--reuid={Uid}", $"--regid={Gid}", "--clear-groups"]);
        }

        if (dieWithParent)
        {
            // A session of its own: Ctrl+C in the terminal is for us, and the server goes after we have finished with it.
            wrapped.Insert(0, "setsid");
            wrapped.AddRange(["--pdeathsig", "SIGINT"]);
        }

        return wrapped.Count == 1 ? command : [.. wrapped, "--", .. command];
    }

    /// <summary>Gives <paramref name="path"/> to this user and closes it to everyone else.</summary>
    public async Task OwnAsync(string path, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.SetUnixFileMode(
            path,
            UnixFileMode.UserRead
                | UnixFileMode.UserWrite
                | (Directory.Exists(path) ? UnixFileMode.UserExecute : UnixFileMode.None)
        );
        if (IsAnother)
        {
            var owner = string.Create(CultureInfo.InvariantCulture, $"{Uid}:{Gid}");
            var chown = await Shell.RunAsync(["chown", owner, path], "/", cancellationToken);
            if (chown.ExitCode != 0)
            {
                throw LocalPostgresException.FromOutput(
                    $"{path} cannot be given to the user the local PostgreSQL runs as.",
                    chown.Output
                );
            }
        }
    }
}
