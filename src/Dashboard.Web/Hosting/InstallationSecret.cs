using System.Security.Cryptography;
using System.Text;
using Dashboard.LocalDatabase;

namespace Dashboard.Web.Hosting;

/// <summary>
/// What encrypts the secrets that the database keeps (key ring, second factors) and signs unsubscribe links. It never
/// reaches the database: it comes from <c>Dashboard:Secret</c>, or from a file on this machine that is made once.
/// </summary>
public sealed class InstallationSecret
{
    private const int Length = 32;

    private readonly byte[] _secret;

    private InstallationSecret(byte[] secret) => _secret = secret;

    /// <summary>Name of the setting, as people write it in the environment.</summary>
    public const string Setting = "Dashboard__Secret";

    /// <summary>Takes the setting (32 characters or more), else the file, else makes the file.</summary>
    /// <exception cref="StartUpException">The setting is too short, or the file cannot be read or made.</exception>
    public static InstallationSecret Resolve(IConfiguration configuration)
    {
        if (configuration[$"{DashboardOptions.Section}:Secret"] is { Length: > 0 } text)
        {
            return text.Length >= Length
                ? new InstallationSecret(SHA256.HashData(Encoding.UTF8.GetBytes(text)))
                : throw new StartUpException(
                    $"Setting {Setting} has {text.Length} characters. Use {Length} or more."
                );
        }

        var file = Path.Combine(LocalFolders.Data, "installation.secret");
        try
        {
            return new InstallationSecret(ReadOrMake(file));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new StartUpException(
                $"The secret of this installation, {file}, cannot be read or made: {problem.Message} "
                    + $"Make the folder writable, or set {Setting}.",
                problem
            );
        }
    }

    /// <summary>A key of 32 bytes for one purpose; different purposes tell nothing of each other.</summary>
    public byte[] KeyFor(string purpose) =>
        HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            _secret,
            Length,
            info: Encoding.UTF8.GetBytes(purpose)
        );

    private static byte[] ReadOrMake(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        if (!File.Exists(file))
        {
            // Two processes may start at once: whoever moves first wins, both read what lies there.
            var mine = $"{file}.{Environment.ProcessId}";
            using (var stream = new FileStream(mine, OnlyForMe()))
            {
                stream.Write(RandomNumberGenerator.GetBytes(Length));
            }

            try
            {
                File.Move(mine, file, overwrite: false);
            }
            catch (IOException) when (File.Exists(file))
            {
                File.Delete(mine);
            }
        }

        var secret = File.ReadAllBytes(file);
        return secret.Length == Length
            ? secret
            : throw new IOException($"It has {secret.Length} bytes where {Length} are expected.");
    }

    private static FileStreamOptions OnlyForMe()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
