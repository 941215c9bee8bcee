using Dashboard.LocalDatabase;

namespace Dashboard.Data.Tests.Schema;

/// <summary>Where the schema is written down.</summary>
internal static class SchemaFiles
{
    private static readonly string Root =
        LocalFolders.Repository
        ?? throw new InvalidOperationException("Run the tests inside the repository.");

    /// <summary>The user's document, beside the repository; null where a clone stands alone.</summary>
    public static string? Original { get; } =
        new[] { "../shared/schema.md", "../../shared/schema.md" }
            .Select(path => Path.GetFullPath(path, Root))
            .FirstOrDefault(File.Exists);

    /// <summary>Our copy of it.</summary>
    public static string Copy { get; } =
        Path.Combine(Root, "tests", "Dashboard.Data.Tests", "Schema", "schema.md");

    /// <summary>The dump that reviewers see change.</summary>
    public static string Dump { get; } = Path.Combine(Root, "migrations", "schema.sql");
}
