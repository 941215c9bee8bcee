namespace Dashboard.Domain.Tests;

/// <summary>Finds the project's shared folder: <c>../shared</c> of the repository, one higher from a git worktree.</summary>
internal static class SharedFiles
{
    internal static string Path(params string[] parts)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (
            root is not null && !File.Exists(System.IO.Path.Combine(root.FullName, "Dashboard.sln"))
        )
        {
            root = root.Parent;
        }
        Assert.True(root is not null, "Dashboard.sln was not found above the test assembly.");
        string[] candidates = ["../shared", "../../shared"];
        var folder = candidates
            .Select(c => System.IO.Path.GetFullPath(System.IO.Path.Combine(root.FullName, c)))
            .FirstOrDefault(Directory.Exists);
        Assert.True(
            folder is not null,
            $"The folder 'shared' was not found beside the repository ({root.FullName})."
        );
        var file = System.IO.Path.Combine([folder, .. parts]);
        Assert.True(File.Exists(file), $"{file} is missing.");
        return file;
    }

    internal static IEnumerable<string> Lines(params string[] parts) =>
        File.ReadLines(Path(parts)).Where(line => line.Length > 0);
}
