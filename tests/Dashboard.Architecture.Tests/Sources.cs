namespace Dashboard.Architecture.Tests;

/// <summary>The source files of the product, read as text where metadata does not tell enough.</summary>
internal static class Sources
{
    public static string Root { get; } = FindRoot();

    /// <summary>Path from the root (with /) and text of each file below <paramref name="folder"/>.</summary>
    public static IReadOnlyList<(string Path, string Text)> Below(
        string folder,
        params string[] endings
    ) =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
                .Select(f => (Full: f, Path: Path.GetRelativePath(Root, f).Replace('\\', '/')))
                .Where(f => !f.Path.Split('/').Any(p => p is "bin" or "obj" or "node_modules"))
                .Where(f => endings.Any(e => f.Path.EndsWith(e, StringComparison.Ordinal)))
                .Select(f => (f.Path, File.ReadAllText(f.Full))),
        ];

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Dashboard.sln")))
        {
            folder =
                Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("Dashboard.sln is not above the tests.");
        }

        return folder;
    }
}
