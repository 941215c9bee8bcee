using System.Security.Cryptography;
using System.Text;

namespace Dashboard.LocalDatabase;

/// <summary>Where binaries and data lie: never in the way of other clones, always reachable by the server's user.</summary>
public static class LocalFolders
{
    // PostgreSQL refuses to run as root, and the user it drops to cannot enter /root or a 0700 home.
    private const string ForRoot = "/var/lib/dashboard";

    /// <summary>The folder with Dashboard.sln above the program; null for a published program.</summary>
    public static string? Repository { get; } = FindRepository(AppContext.BaseDirectory);

    /// <summary>
    /// Folder for what belongs to this clone (or this published program): <c>.local/</c> in the repository, for root
    /// <c>/var/lib/dashboard/&lt;hash of the clone's path&gt;</c>.
    /// </summary>
    public static string Data
    {
        get
        {
            if (IsUnixRoot)
            {
                return Path.Combine(ForRoot, Hash(Repository ?? AppContext.BaseDirectory));
            }

            return Repository is null
                ? Path.Combine(
                    UserFolder(Environment.SpecialFolder.LocalApplicationData),
                    "dashboard",
                    Hash(AppContext.BaseDirectory)
                )
                : Path.Combine(Repository, ".local");
        }
    }

    /// <summary>Folder for binaries, shared by all clones of this user.</summary>
    public static string Binaries =>
        IsUnixRoot
            ? ForRoot
            : Path.Combine(UserFolder(Environment.SpecialFolder.LocalApplicationData), "dashboard");

    internal static bool IsUnixRoot =>
        !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess;

    /// <summary>Creates <paramref name="folder"/>; others may enter, and read what is not closed to them.</summary>
    internal static void Create(string folder)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(
                    folder,
                    UnixFileMode.UserRead
                        | UnixFileMode.UserWrite
                        | UnixFileMode.UserExecute
                        | UnixFileMode.GroupRead
                        | UnixFileMode.GroupExecute
                        | UnixFileMode.OtherRead
                        | UnixFileMode.OtherExecute
                );
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LocalPostgresException(
                $"The folder {folder} for the local PostgreSQL cannot be created: {e.Message} "
                    + "Make it writable, or set ConnectionStrings__Dashboard to a server of yours.",
                e
            );
        }
    }

    private static string UserFolder(Environment.SpecialFolder folder)
    {
        var path = Environment.GetFolderPath(folder, Environment.SpecialFolderOption.DoNotVerify);
        // An account without a home (a service) has none; the system's lasting temporary folder is left.
        return path.Length > 0
            ? path
            : Path.Combine(Path.GetTempPath(), "dashboard-" + Environment.UserName);
    }

    private static string? FindRepository(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Dashboard.sln")))
            {
                return folder.FullName;
            }
        }

        return null;
    }

    private static string Hash(string path) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..12];
}
