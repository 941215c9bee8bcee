using Xunit;

namespace Dashboard.Architecture.Tests;

/// <summary>Pages and components ask their feature's classes; they never hold a database.</summary>
public sealed class PageTests
{
    [Fact]
    public void Components_never_see_the_database()
    {
        var components = Sources.Below("src/Dashboard.Web", ".razor", ".razor.cs");
        Assert.True(components.Count > 20, "The components were not found.");
        string[] forbidden = ["DashboardDb", "IDbContextFactory", "NpgsqlDataSource"];
        Assert.Empty(
            components
                .Where(c => forbidden.Any(w => c.Text.Contains(w, StringComparison.Ordinal)))
                .Select(c => c.Path)
        );
    }

    [Fact]
    public void A_component_injects_at_most_six_services()
    {
        var components = Sources.Below("src/Dashboard.Web", ".razor");
        Assert.Contains(components, c => c.Text.Contains("@inject", StringComparison.Ordinal));
        Assert.Empty(
            components.Where(c => c.Text.Split("@inject ").Length - 1 > 6).Select(c => c.Path)
        );
    }

    [Fact]
    public void The_repository_has_no_unfinished_work()
    {
        var files = Sources.Below("src", ".cs", ".razor", ".sql");
        Assert.True(files.Count > 100);
        string[] words = ["NotImplementedException", "TODO", "FIXME"];
        Assert.Empty(
            files.SelectMany(f =>
                words
                    .Where(w => f.Text.Contains(w, StringComparison.Ordinal))
                    .Select(w => $"{f.Path}: {w}")
            )
        );
    }
}
