using System.Text.Json;
using Bunit;
using Dashboard.Data.Compliance.Backtest;
using Dashboard.Data.Hosting;
using Dashboard.Data.Operators;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Tests.Shared;
using Dashboard.Web.Features.Compliance.Backtest;
using Dashboard.Web.Tests.Components;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dashboard.Web.Tests.Compliance.Backtest;

/// <summary>The panel under the rule editor, on a database with three calls on one day.</summary>
public sealed class BacktestPanelTests : ComponentTestBase, IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    private TestDatabase _db = null!;
    private Guid _customer;

    public async ValueTask InitializeAsync()
    {
        _db = await TestDatabase.CreateAsync();
        var (customer, agent) = (Some.Customer(), Some.Agent());
        var invoice = Some.Invoice(customer);
        var tasks = Enumerable.Range(0, 3).Select(_ => Some.Task(customer)).ToArray();
        var calls = tasks.Select(
            (task, i) =>
                Some.Attempt(
                    task,
                    agent,
                    a =>
                    {
                        a.Channel = Channel.Phone;
                        a.Timestamp = Some.Now.AddDays(-10).AddHours(i);
                        a.Metadata!.Clearance = JsonSerializer.SerializeToElement(
                            new { debts = new[] { invoice.Id } }
                        );
                    }
                )
        );
        await _db.AddAsync([customer, agent, Some.Profile(customer), invoice, .. tasks, .. calls]);
        _customer = customer.Id;
        Services.AddSingleton(new ReadDatabase(_db.DataSource));
        Services.AddSingleton<BacktestRunner>();
    }

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _db.DisposeAsync();
    }

    [Fact]
    public void It_says_in_one_sentence_what_the_draft_would_have_done()
    {
        SignIn(Roles.ComplianceOfficer);
        var panel = Render(Daily(1));

        Button(panel, "Try it").Click();

        panel.WaitForAssertion(
            () =>
                Assert.Equal(
                    "Would have stopped 2 of 3 calls, all later; $120 behind them.",
                    panel.Find(".headline").TextContent
                ),
            s_patience
        );
        Assert.Equal(["Channel", "Contacts", "Later", "Behind what is stopped"], Heads(panel));
        Assert.Contains("No campaign", panel.Markup, StringComparison.Ordinal);
        var example = panel.FindAll(".examples li")[0];
        Assert.Contains($"/customers/{_customer}", example.InnerHtml, StringComparison.Ordinal);
        Assert.Contains("1 of 1 calls", example.TextContent, StringComparison.Ordinal);
        Assert.Contains("12:00 New York", example.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_draft_that_changed_since_is_marked_and_a_new_name_is_no_change()
    {
        SignIn(Roles.Administrator);
        var panel = Render(Daily(1));
        Button(panel, "Try it").Click();
        panel.WaitForElement(".headline", s_patience);

        panel.Render(p => p.Add(x => x.Draft, Daily(1) with { Name = "Another name" }));
        Assert.Empty(panel.FindAll(".stale"));

        panel.Render(p => p.Add(x => x.Draft, Daily(2)));
        Assert.Single(panel.FindAll(".stale"));
    }

    [Fact]
    public void A_draft_that_cannot_be_read_says_what_to_fix()
    {
        SignIn(Roles.ComplianceOfficer);
        var panel = Render(Daily(-1));

        Assert.Contains("Fix the draft first: max must be", panel.Markup, StringComparison.Ordinal);
        Assert.True(Button(panel, "Try it").HasAttribute("disabled"));
    }

    [Fact]
    public void A_period_without_contacts_says_so()
    {
        SignIn(Roles.ComplianceOfficer);
        var panel = Render(Daily(1));
        panel.FindAll(".filter-chip").Single(c => c.TextContent == "Last 7 days").Click();

        Button(panel, "Try it").Click();

        panel.WaitForAssertion(
            () =>
                Assert.Contains(
                    "No contacts in this period",
                    panel.Markup,
                    StringComparison.Ordinal
                ),
            s_patience
        );
    }

    [Fact]
    public void Dates_are_whole_days_of_the_named_zone()
    {
        SignIn(Roles.ComplianceOfficer);
        var panel = Render(Daily(1));
        panel.FindAll(".filter-chip").Single(c => c.TextContent == "Dates").Click();
        Assert.Contains("Denver time", panel.Markup, StringComparison.Ordinal);
        panel.FindAll("input[type=date]")[0].Change("2026-05-24");
        panel.FindAll("input[type=date]")[1].Change("2026-05-23");
        Assert.Contains("The first day is after the last.", panel.Markup, StringComparison.Ordinal);

        panel.FindAll("input[type=date]")[1].Change("2026-05-24");
        Button(panel, "Try it").Click();

        panel.WaitForAssertion(
            () =>
                Assert.Contains(
                    "24 May 2026, 00:00 Denver time to 25 May 2026, 00:00 Denver time",
                    panel.Markup,
                    StringComparison.Ordinal
                ),
            s_patience
        );
    }

    [Fact]
    public void Who_may_not_change_rules_may_not_run_it()
    {
        SignIn(Roles.Supervisor);
        var panel = Render(Daily(1));

        Assert.Empty(panel.FindAll("button"));
        Assert.Contains(
            "compliance officer or administrator",
            panel.Markup,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Cancelling_shows_nothing_of_a_part_and_leaving_gives_up_the_place()
    {
        SignIn(Roles.ComplianceOfficer);
        using var go = new ManualResetEventSlim();
        var runner = Services.GetRequiredService<BacktestRunner>();
        var other = Task.Run(() =>
            runner.RunAsync(
                new BacktestRequest(Daily(1), Some.Now.AddDays(-30), Some.Now),
                new Holding(go)
            )
        );
        SpinWait.SpinUntil(() => Holding.IsHeld, s_patience);
        var panel = Render(Daily(1));
        Button(panel, "Try it").Click();
        panel.WaitForAssertion(
            () =>
                Assert.Contains(
                    "Waiting for one other to finish",
                    panel.Markup,
                    StringComparison.Ordinal
                ),
            s_patience
        );

        Button(panel, "Cancel").Click();
        panel.WaitForAssertion(
            () => Assert.Contains("Cancelled.", panel.Markup, StringComparison.Ordinal),
            s_patience
        );
        go.Set();

        Assert.True((await other).Succeeded);
    }

    private static RuleDraft Daily(int max) =>
        new()
        {
            Name = "Draft",
            RuleType = "frequency_limit",
            Condition = JsonDocument
                .Parse(
                    $$$"""{"kind":"frequency","channels":["phone"],"count_channels":["phone"],"max":{{{max}}},"period":{"type":"calendar_days","days":1},"per":"customer","count_statuses":["sent"]}"""
                )
                .RootElement,
        };

    private IRenderedComponent<BacktestPanel> Render(RuleDraft draft) =>
        Render<BacktestPanel>(p =>
            p.Add(x => x.Draft, draft).AddCascadingValue("ReaderZone", "America/Denver")
        );

    private static List<string> Heads(IRenderedComponent<BacktestPanel> panel) =>
        [.. panel.Find("table").QuerySelectorAll("th").Select(h => h.TextContent)];

    private static AngleSharp.Dom.IElement Button(
        IRenderedComponent<BacktestPanel> panel,
        string text
    ) =>
        panel.FindAll("button").Single(b => b.TextContent.Contains(text, StringComparison.Ordinal));

    /// <summary>Keeps the run that tells it something until it may go on.</summary>
    private sealed class Holding(ManualResetEventSlim go) : IProgress<BacktestProgress>
    {
        public static bool IsHeld { get; private set; }

        public void Report(BacktestProgress value)
        {
            IsHeld = true;
            go.Wait(s_patience);
        }
    }
}
