using System.Security.Cryptography;
using System.Text;

namespace Dashboard.Web.Features.Imports;

/// <summary>An uploaded file that waits to be imported.</summary>
/// <param name="Id">Names it in addresses.</param>
/// <param name="Path">Where it lies.</param>
/// <param name="Name">Its name on the person's computer.</param>
/// <param name="Bytes">Its size.</param>
public sealed record UploadedFile(Guid Id, string Path, string Name, long Bytes);

/// <summary>
/// Uploaded files on this machine's disk, one folder a person: nobody can name another's file. They are kept for a day, so
/// that a dry run can be followed by the import.
/// </summary>
internal sealed class UploadFolder(TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);
    private static readonly string Root = Path.Combine(
        Path.GetTempPath(),
        "client-escalation-calls",
        "uploads"
    );

    /// <summary>Writes a stream of any size to disk.</summary>
    public async Task<UploadedFile> SaveAsync(
        string userId,
        string name,
        Stream body,
        CancellationToken ct
    )
    {
        var folder = FolderOf(userId);
        Directory.CreateDirectory(folder);
        DeleteOld(folder);
        var id = Guid.CreateVersion7();
        var path = Path.Combine(folder, $"{id:N}.csv");
        try
        {
            await using (var file = File.Create(path))
            {
                await body.CopyToAsync(file, ct);
            }

            await File.WriteAllTextAsync(NameOf(path), Path.GetFileName(name), ct);
            return new UploadedFile(id, path, Path.GetFileName(name), new FileInfo(path).Length);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    /// <summary>A file the person uploaded; null when it is gone.</summary>
    public UploadedFile? Find(string userId, Guid id)
    {
        var path = Path.Combine(FolderOf(userId), $"{id:N}.csv");
        return File.Exists(path) && File.Exists(NameOf(path))
            ? new UploadedFile(id, path, File.ReadAllText(NameOf(path)), new FileInfo(path).Length)
            : null;
    }

    private void DeleteOld(string folder)
    {
        var limit = time.GetUtcNow().UtcDateTime - Kept;
        foreach (
            var file in new DirectoryInfo(folder)
                .EnumerateFiles()
                .Where(f => f.LastWriteTimeUtc < limit)
        )
        {
            file.Delete();
        }
    }

    private static string NameOf(string path) => Path.ChangeExtension(path, ".name");

    private static string FolderOf(string userId) =>
        Path.Combine(
            Root,
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(userId)))[..32]
        );
}
