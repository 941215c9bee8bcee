using System.Globalization;

namespace Dashboard.Data.Audit;

/// <summary>
/// Heads kept on this machine, outside the database: a file of lines for each database, appended while sealing goes on. A
/// database owner without access to the machine cannot cut the chain behind the last line unnoticed.
/// </summary>
/// <param name="folder">Where the files lie; null keeps none.</param>
public sealed class AuditHeadFile(string? folder)
{
    /// <summary>How much of the end of the chain may be cut without this file noticing.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private DateTime _written;

    /// <summary>The newest head kept of a database; null when there is none.</summary>
    /// <param name="database">Names it: the server's identifier and the database's name.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public AuditHead? Last(string database)
    {
        if (PathOf(database) is not { } path || !File.Exists(path))
        {
            return null;
        }

        // The end is enough: a line has about 100 bytes, and the file grows for years.
        using var file = new FileStream(
            path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete
        );
        file.Seek(-Math.Min(file.Length, 4096), SeekOrigin.End);
        using var text = new StreamReader(file);
        return text.ReadToEnd()
            .Split('\n')
            .Select(line => AuditHead.Parse(line.Split(' ')[0]))
            .LastOrDefault(head => head is not null);
    }

    /// <summary>Appends a head, at most one <see cref="Every"/> unless <paramref name="always"/>.</summary>
    public void Keep(string database, AuditHead head, DateTime now, bool always = false)
    {
        if (PathOf(database) is not { } path)
        {
            return;
        }

        lock (_lock)
        {
            if (!always && now - _written < Every && now >= _written)
            {
                return;
            }

            Directory.CreateDirectory(folder!);
            File.AppendAllText(
                path,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{head} {now:yyyy-MM-ddTHH:mm:ssZ}{Environment.NewLine}"
                )
            );
            _written = now;
        }
    }

    /// <summary>The file of a database; null when none is kept.</summary>
    public string? PathOf(string database) =>
        folder is null
            ? null
            : Path.Combine(
                folder,
                $"{string.Concat(database.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_'))}.heads"
            );
}
