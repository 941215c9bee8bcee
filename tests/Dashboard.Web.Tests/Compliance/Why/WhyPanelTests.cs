using System.Text.Json;
using Bunit;
using Dashboard.Domain.Compliance;
using Dashboard.Tests.Shared;
using Dashboard.Web.Components.Findings;
using Dashboard.Web.Tests.Components;
using Xunit;

namespace Dashboard.Web.Tests.Compliance.Why;

public sealed class WhyPanelTests : ComponentTestBase
{
    private static readonly Guid s_rule = Guid.CreateVersion7();

    [Fact]
    public void The_decision_comes_first_then_what_stops_and_what_passed_is_folded()
    {
        var panel = Render<WhyPanel>(p => p.Add(c => c.Evidence, Evidence()));

        Assert.Equal(
            "Not called: too often",
            panel.Find(".evidence-headline span:not(.icon)").TextContent
        );
        var stops = panel.Find(".evidence > .evidence-rules");
        Assert.Contains("Seven in seven", stops.TextContent, StringComparison.Ordinal);
        Assert.Contains("not now", stops.TextContent, StringComparison.Ordinal);
        Assert.Contains(
            "Clears Tue 9 Jun, 00:00 New York time",
            Spaces(stops.TextContent),
            StringComparison.Ordinal
        );
        Assert.Equal($"rules/{s_rule}", stops.QuerySelector("a")!.GetAttribute("href"));
        var passed = panel.Find("details.findings-passed");
        Assert.False(passed.HasAttribute("open"));
        Assert.Contains("1 rule passed", Spaces(passed.TextContent), StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_shows_its_sentence_source_version_and_numbers_and_says_what_it_is_not()
    {
        var panel = Render<WhyPanel>(p => p.Add(c => c.Evidence, Evidence()));

        var text = Spaces(panel.Find(".evidence-rule details").TextContent);
        Assert.Contains("At most 7 calls", text, StringComparison.Ordinal);
        Assert.Contains("Source: 12 CFR 1006.14(b).", text, StringComparison.Ordinal);
        Assert.Contains("version 2 of 1 Jun 2026, 10:00 UTC", text, StringComparison.Ordinal);
        Assert.Contains("changed since", text, StringComparison.Ordinal);
        Assert.Contains("7 of 7", text, StringComparison.Ordinal);
        Assert.Equal(1, panel.Markup.Split("Research with sources, not legal advice").Length - 1);
    }

    [Fact]
    public void A_shadow_never_reads_as_if_it_had_acted()
    {
        var panel = Render<WhyPanel>(p => p.Add(c => c.Evidence, Evidence()));

        var shadow = Spaces(panel.Find(".why-shadow").TextContent);
        Assert.Contains("1 rule in shadow, did not act", shadow, StringComparison.Ordinal);
        Assert.Contains("would have stopped it", shadow, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "Trial",
            panel.Find(".evidence > .evidence-rules").TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_text_to_copy_and_the_file_hold_all_of_it()
    {
        var panel = Render<WhyPanel>(p => p.Add(c => c.Evidence, Evidence()));

        var text = panel.Find("pre").TextContent;
        Assert.Equal(panel.Find("[data-copy]").GetAttribute("data-copy"), panel.Find("pre").Id);
        foreach (
            var part in new[]
            {
                "Call to Northwind Tools",
                "Not called: too often",
                "Seven in seven: not now. 7 of 7 calls.",
                "Source: 12 CFR 1006.14(b)",
                $"Rule id: {s_rule}",
                "Counted: 7 of 7",
                "Hours: passes.",
                "Trial: would have stopped it.",
                "Opt-outs: none",
                "Approved by Olga",
                WhyText.Disclaimer,
            }
        )
        {
            Assert.Contains(part, text, StringComparison.Ordinal);
        }

        var file = panel.Find("a[download]");
        Assert.Equal("contact-1.json", file.GetAttribute("download"));
        Assert.Contains(
            Uri.EscapeDataString("""{"a":1}"""),
            file.GetAttribute("href")!,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Without_findings_it_says_so()
    {
        var panel = Render<WhyPanel>(p =>
            p.Add(c => c.Evidence, Evidence() with { Rules = [], Shadow = [], Document = null })
                .Add(c => c.NoneText, "The gate looks at it when it falls due.")
        );

        Assert.Contains(
            "The gate looks at it when it falls due.",
            panel.Markup,
            StringComparison.Ordinal
        );
        Assert.Empty(panel.FindAll("a[download]"));
    }

    private static WhyEvidence Evidence() =>
        new()
        {
            Headline = "Not called: too often",
            Verdict = GateVerdict.Blocked,
            Subject = "Call to Northwind Tools",
            At = Some.Now,
            NextAllowedAt = Some.Now.AddDays(5),
            Zone = "America/New_York",
            Document = JsonDocument.Parse("""{"a":1}""").RootElement,
            FileName = "contact-1",
            Approvals = ["Approved by Olga"],
            Facts = [new WhyFact("Opt-outs", "none")],
            Rules =
            [
                new WhyRule(
                    new FindingLine(
                        "Seven in seven",
                        GateVerdict.Blocked,
                        "7 of 7 calls.",
                        new DateTime(2026, 6, 9, 4, 0, 0, DateTimeKind.Utc)
                    )
                )
                {
                    RuleId = s_rule,
                    Says = "At most 7 calls about one invoice in 7 days.",
                    Citation = "12 CFR 1006.14(b)",
                    Version = 2,
                    VersionAt = new DateTime(2026, 6, 1, 10, 0, 0, DateTimeKind.Utc),
                    ChangedSince = true,
                    Seen = [new WhyFact("Counted", "7 of 7")],
                },
                new WhyRule(
                    new FindingLine("Hours", GateVerdict.Allowed, "11:00 is inside.", null)
                ),
            ],
            Shadow = [new WhyRule(new FindingLine("Trial", GateVerdict.Blocked, "No.", null))],
        };

    private static string Spaces(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
