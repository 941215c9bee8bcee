using System.Reflection;
using Xunit;

namespace Dashboard.Architecture.Tests;

/// <summary>The arrows of the README's "Extend" section: who may import whom.</summary>
public sealed class ImportArrowTests
{
    public static TheoryData<string, string[]> Arrows =>
        new()
        {
            { "Dashboard.Domain", [] },
            { "Dashboard.LocalDatabase", [] },
            { "Dashboard.Data", ["Dashboard.Domain"] },
            { "Dashboard.Migrations", ["Dashboard.Data", "Dashboard.Domain"] },
            { "Dashboard.Engine", ["Dashboard.Data", "Dashboard.Domain"] },
        };

    [Theory]
    [MemberData(nameof(Arrows))]
    public void A_project_imports_only_what_its_arrows_allow(string project, string[] allowed)
    {
        var assembly = Load(project);
        Assert.NotEmpty(assembly.GetTypes());
        var ours = Referenced(assembly)
            .Where(n => n.StartsWith("Dashboard.", StringComparison.Ordinal));
        Assert.Empty(ours.Except(allowed));
    }

    [Fact]
    public void The_domain_uses_the_base_class_library_only()
    {
        var assembly = Load("Dashboard.Domain");
        Assert.Contains(assembly.GetTypes(), t => t.Name == "ComplianceGate");
        Assert.All(
            Referenced(assembly),
            n =>
                Assert.True(
                    n.StartsWith("System.", StringComparison.Ordinal) || n == "netstandard",
                    n
                )
        );
    }

    [Fact]
    public void The_domain_has_no_clock_and_no_input_or_output()
    {
        var files = Sources.Below("src/Dashboard.Domain", ".cs");
        Assert.True(files.Count > 30, "The domain's sources were not found.");
        string[] forbidden =
        [
            "TimeProvider",
            "DateTime.UtcNow",
            "File.",
            "HttpClient",
            "Stopwatch",
        ];
        Assert.Empty(
            files.SelectMany(f =>
                forbidden
                    .Where(w => f.Text.Contains(w, StringComparison.Ordinal))
                    .Select(w => $"{f.Path}: {w}")
            )
        );
    }

    [Fact]
    public void The_engine_never_sees_ASP_NET()
    {
        var assembly = Load("Dashboard.Engine");
        Assert.Contains(assembly.GetTypes(), t => t.Name == "Dispatcher");
        Assert.DoesNotContain(
            Referenced(assembly),
            n => n.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void In_the_web_project_only_hosting_knows_the_engine()
    {
        var users = Sources
            .Below("src/Dashboard.Web", ".cs", ".razor")
            .Where(f => f.Text.Contains("Dashboard.Engine", StringComparison.Ordinal))
            .Select(f => f.Path)
            .ToList();
        Assert.NotEmpty(users);
        Assert.All(
            users,
            p => Assert.StartsWith("src/Dashboard.Web/Hosting/", p, StringComparison.Ordinal)
        );
    }

    private static Assembly Load(string name) => Assembly.Load(new AssemblyName(name));

    private static IEnumerable<string> Referenced(Assembly assembly) =>
        assembly.GetReferencedAssemblies().Select(a => a.Name!);
}
