using System.Text.RegularExpressions;
using Xunit;

namespace Dashboard.Architecture.Tests;

/// <summary>A proof is worth something only while it shares nothing with what it checks.</summary>
public sealed partial class SecondOpinionTests
{
    private const string Folder = "src/Dashboard.Data/Compliance/Proof";

    [Fact]
    public void The_second_implementation_uses_no_code_of_the_gate()
    {
        var files = Sources.Below(Folder, ".cs");
        Assert.Contains(files, f => f.Path.EndsWith("/Judge.cs", StringComparison.Ordinal));
        Assert.True(files.Count > 10, "The second implementation was not found.");

        // What may be shared of the gate's folders: these enumerations. The rest of their public names is forbidden, also new
        // ones; what is internal there the compiler keeps out.
        string[] shared = ["RuleAction", "RuleSeverity"];
        var forbidden = Sources
            .Below("src/Dashboard.Domain/Compliance", ".cs")
            .Concat(Sources.Below("src/Dashboard.Domain/Time", ".cs"))
            .SelectMany(f => TypeName().Matches(f.Text).Select(m => m.Groups["name"].Value))
            .Except(shared, StringComparer.Ordinal)
            .ToHashSet(StringComparer.Ordinal);
        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal)
            {
                "ComplianceGate",
                "RuleSet",
                "ContactFacts",
                "LocalZone",
                "WeekHours",
            },
            forbidden
        );
        Assert.Empty(
            files.SelectMany(f =>
                Word()
                    .Matches(Comments().Replace(f.Text, string.Empty))
                    .Select(m => m.Value)
                    .Where(forbidden.Contains)
                    .Distinct(StringComparer.Ordinal)
                    .Select(w => $"{f.Path}: {w}")
            )
        );
    }

    [Fact]
    public void The_gate_and_the_engine_do_not_use_the_second_implementation()
    {
        var users = Sources
            .Below("src", ".cs", ".razor")
            .Where(f => !f.Path.StartsWith(Folder, StringComparison.Ordinal))
            .Where(f => Judging().IsMatch(f.Text))
            .Select(f => f.Path);
        Assert.Empty(users);
    }

    [Fact]
    public void A_proof_never_writes_contacts_or_what_they_are_judged_by()
    {
        var files = Sources.Below(Folder, ".cs");
        var written = files
            .SelectMany(f => Written().Matches(f.Text).Select(m => m.Groups["table"].Value))
            .Distinct(StringComparer.Ordinal);
        Assert.Equal(["ops.proof_runs"], written);
    }

    [GeneratedRegex(
        @"^public\s+([a-z]+\s+)*(class|struct|record|enum|interface)\s+(?<name>[A-Z]\w+)",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline
    )]
    private static partial Regex TypeName();

    [GeneratedRegex(@"\b[A-Z]\w+\b")]
    private static partial Regex Word();

    [GeneratedRegex(@"//.*$", RegexOptions.Multiline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"\b(Judge\.Look|RuleBook\.Read|new Examiner)\b")]
    private static partial Regex Judging();

    [GeneratedRegex(
        @"\b(INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+(?<table>[a-z_]+(\.[a-z_]+)?)",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex Written();
}
