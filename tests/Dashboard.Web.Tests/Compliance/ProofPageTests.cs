using System.Text;
using System.Text.Json;
using Bunit;
using Dashboard.Data.Changes;
using Dashboard.Data.Commands;
using Dashboard.Data.Compliance;
using Dashboard.Data.Compliance.Proof;
using Dashboard.Data.Operators;
using Dashboard.Domain.Audit;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Dashboard.Tests.Shared;
using Dashboard.Web.Features.Compliance.Proof;
using Dashboard.Web.Features.Overview;
using Dashboard.Web.Identity;
using Dashboard.Web.Tests.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dashboard.Web.Tests.Compliance;

public sealed class ProofPageTests : ComponentTestBase, IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    private readonly ChangeFeed _feed = new();
    private TestDatabase _db = null!;

    public async ValueTask InitializeAsync()
    {
        _db = await TestDatabase.CreateAsync();
        Services.AddSingleton(_feed);
        Services.AddSingleton(new ProofQuery(_db.Factory));
        Services.AddSingleton(new CommandRunner(_db.Factory, new TestClock()));
        Services.AddSingleton<ICurrentActor>(new Officer());
        SignIn(Roles.ComplianceOfficer);
    }

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _db.DisposeAsync();
    }

    [Fact]
    public async Task Without_a_proof_the_page_says_what_will_be_here_and_starts_one()
    {
        var page = Render<ProofPage>();
        page.WaitForAssertion(() => Assert.NotNull(page.Find(".empty")), s_patience);

        await page.InvokeAsync(() =>
            page.FindAll("button").Single(b => b.TextContent.Contains("Prove now")).ClickAsync()
        );
        _feed.Publish([new Change(Topics.ProofRuns, Guid.Empty, null)]);

        page.WaitForAssertion(
            () =>
                Assert.Contains("Waiting for an engine", Headline(page), StringComparison.Ordinal),
            s_patience
        );
        var run = await _db.ReadAsync(db => db.Set<ProofRun>().SingleAsync());
        Assert.Equal(
            (Some.Now.AddDays(-1), Some.Now, "Olga"),
            (run.PeriodFrom, run.PeriodTo, run.RequestedBy)
        );
        Assert.Contains(
            page.FindAll("button"),
            b => b.TextContent.Contains("Prove now") && b.HasAttribute("disabled")
        );
    }

    [Theory]
    [InlineData(0, 5, 5, "Proved", null)]
    [InlineData(2, 5, 5, "Violations", null)]
    [InlineData(0, 5, 4, "Worthless", "1 planted violation was not noticed")]
    [InlineData(0, 0, 0, "Worthless", "worth nothing")]
    public async Task The_headline_says_what_the_latest_proof_is_worth(
        int violations,
        int planted,
        int found,
        string word,
        string? warning
    )
    {
        await AddAsync(violations, planted, found);

        var page = Render<ProofPage>();

        page.WaitForAssertion(
            () =>
            {
                var headline = Headline(page);
                Assert.Contains(word, headline, StringComparison.Ordinal);
                Assert.Contains(
                    warning ?? "1,234 contacts checked",
                    headline,
                    StringComparison.Ordinal
                );
            },
            s_patience
        );
        var needs = (
            await new OverviewQuery(
                _db.DataSource,
                new TestClock(),
                new BrokenRulesQuery(_db.Factory)
            ).ReadAsync("UTC", default)
        ).Needs;
        Assert.Equal(
            word != "Proved",
            needs.Any(n => n.Href!.StartsWith("/proof/", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task A_proof_shows_each_violation_in_the_customers_zone_with_its_rule_and_each_planted_one()
    {
        var id = await AddAsync(1, 1, 1);

        var page = Render<ProofRunPage>(p => p.Add(r => r.Id, id));

        page.WaitForAssertion(
            () =>
            {
                var text = page.Markup;
                Assert.Contains("03:00:00", text, StringComparison.Ordinal);
                Assert.Contains("New York", text, StringComparison.Ordinal);
                Assert.Contains("It was the middle of the night", text, StringComparison.Ordinal);
                Assert.Contains("Hours", text, StringComparison.Ordinal);
                Assert.Contains("A planted call", text, StringComparison.Ordinal);
                Assert.Contains($"proof/{id}/report.csv", text, StringComparison.Ordinal);
            },
            s_patience
        );
    }

    [Fact]
    public async Task The_csv_has_a_line_for_each_and_no_formula()
    {
        using var output = new MemoryStream();

        await ProofCsv.WriteAsync(Report(), output);

        var lines = Encoding.UTF8.GetString(output.ToArray()).Trim().Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.StartsWith("kind,contact_id", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("violation,", lines[1], StringComparison.Ordinal);
        Assert.Contains("2026-06-03 03:00:00", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain(",=HYPERLINK", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("planted,", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("not_planted,", lines[3], StringComparison.Ordinal);
    }

    private static string Headline(IRenderedComponent<ProofPage> page) =>
        page.Find(".proof-headline").TextContent;

    private async Task<Guid> AddAsync(int violations, int planted, int found)
    {
        var run = new ProofRun
        {
            Id = Guid.CreateVersion7(),
            PeriodFrom = Some.Now.AddDays(-1),
            PeriodTo = Some.Now,
            Status = ProofStatus.Done,
            RequestedBy = "Olga",
            StartedAt = Some.Now,
            FinishedAt = Some.Now.AddSeconds(3),
            ContactsChecked = 1234,
            Violations = violations,
            Planted = planted,
            PlantedFound = found,
            Report = JsonSerializer.SerializeToElement(Report(), JsonShape.Options),
        };
        await _db.AddAsync(run);
        return run.Id;
    }

    private static ProofReport Report()
    {
        var item = new ProofItem
        {
            AttemptId = Guid.CreateVersion7(),
            TaskId = Guid.CreateVersion7(),
            CustomerId = Guid.CreateVersion7(),
            Customer = "=HYPERLINK(\"http://bad.example\")",
            Channel = Channel.Phone,
            At = new DateTime(2026, 6, 3, 7, 0, 0, DateTimeKind.Utc),
            Timezone = "America/New_York",
            Breaches =
            [
                new Breach(
                    Guid.CreateVersion7(),
                    "Hours",
                    BreachEffect.Forbidden,
                    "It was the middle of the night"
                ),
            ],
        };
        return new ProofReport
        {
            Total = 1234,
            Violations = [item],
            Planted = [new PlantedItem("A planted call", null, "opt_out", true, item)],
            Unplanted = [new UnplantedItem(null, "campaign_cooldown", "No campaign has it")],
        };
    }

    private sealed class Officer : ICurrentActor
    {
        public ValueTask<Actor> GetAsync() =>
            new(
                new Actor(
                    ActorType.User,
                    Guid.CreateVersion7().ToString(),
                    "Olga",
                    new HashSet<string> { Roles.ComplianceOfficer }
                )
            );
    }
}
