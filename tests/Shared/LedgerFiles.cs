using Dashboard.Data.Imports;
using Dashboard.LocalDatabase;

namespace Dashboard.Tests.Shared;

/// <summary>The public ledger and our mapping for it.</summary>
public static class LedgerFiles
{
    private static readonly string Root =
        LocalFolders.Repository
        ?? throw new InvalidOperationException("Run the tests inside the repository.");

    /// <summary>The ledger, in the project's shared folder: beside the repository, one higher from a git worktree.</summary>
    public static string Ledger { get; } =
        new[]
        {
            "../shared/data/accounts-receivable.csv",
            "../../shared/data/accounts-receivable.csv",
        }
            .Select(path => Path.GetFullPath(path, Root))
            .First(File.Exists);

    /// <summary>The mapping that ships with the product.</summary>
    public static ImportMapping Mapping() =>
        ImportMapping
            .Read(
                File.ReadAllText(Path.Combine(Root, "samples", "accounts-receivable.mapping.json"))
            )
            .Value;
}

/// <summary>A file that is gone after the test.</summary>
public sealed class ScratchFile : IDisposable
{
    /// <summary>Writes the lines.</summary>
    public ScratchFile(params IEnumerable<string> lines)
    {
        Path = System.IO.Path.Combine(
            System.IO.Path.GetTempPath(),
            $"import-{Guid.CreateVersion7():N}.csv"
        );
        File.WriteAllLines(Path, lines);
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <inheritdoc />
    public void Dispose() => File.Delete(Path);
}
