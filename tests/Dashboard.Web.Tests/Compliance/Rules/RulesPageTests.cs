using System.Text.Json;
using Bunit;
using Dashboard.Data.Changes;
using Dashboard.Data.Commands;
using Dashboard.Data.Compliance;
using Dashboard.Data.Compliance.Backtest;
using Dashboard.Data.Compliance.Rules;
using Dashboard.Data.Compliance.Rules.Packs;
using Dashboard.Data.Hosting;
using Dashboard.Data.Operators;
using Dashboard.Domain.Audit;
using Dashboard.Domain.Compliance;
using Dashboard.Tests.Shared;
using Dashboard.Web.Features.Compliance.Backtest;
using Dashboard.Web.Features.Compliance.Rules;
using Dashboard.Web.Features.Compliance.Rules.Changes;
using Dashboard.Web.Features.Compliance.Rules.Packs;
using Dashboard.Web.Identity;
using Dashboard.Web.Tests.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dashboard.Web.Tests.Compliance.Rules;

public sealed class RulesPageTests : ComponentTestBase, IAsyncLifetime
{
    private const string Limit =
        """{"kind": "frequency", "channels": ["phone"], "count_channels": ["phone"], "max": 7, "period": {"type": "calendar_days", "days": 7}, "per": "debt", "count_statuses": ["sent", "answered"], "kept": true}""";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    private readonly ChangeFeed _feed = new();
    private readonly Officer _officer = new();
    private readonly ComplianceOptions _options = new();
    private TestDatabase _db = null!;
    private CommandRunner _runner = null!;

    public async ValueTask InitializeAsync()
    {
        _db = await TestDatabase.CreateAsync();
        await _db.DataSource.ExecuteAsync("delete from compliance_rules");
        var clock = new TestClock();
        var options = new FixedOptions(_options);
        _runner = new CommandRunner(_db.Factory, clock, options);
        Services.AddSingleton<Microsoft.Extensions.Options.IOptionsMonitor<ComplianceOptions>>(
            options
        );
        Services.AddSingleton(_feed);
        Services.AddSingleton(new RuleListQuery(_db.Factory, clock));
        Services.AddSingleton(new RuleCheckQuery(_db.Factory, clock));
        Services.AddSingleton(new RuleChangesQuery(_db.Factory));
        Services.AddSingleton(new RuleVersionsQuery(_db.Factory));
        Services.AddSingleton(new RulePacksQuery(_db.Factory));
        Services.AddSingleton(_runner);
        Services.AddSingleton<ICurrentActor>(_officer);
        Services.AddSingleton(new BacktestRunner(new ReadDatabase(_db.DataSource), clock));
        Services.AddSingleton(new ShadowReportQuery(_db.Factory));
        SignIn(Roles.ComplianceOfficer);
    }

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _db.DisposeAsync();
    }

    [Fact]
    public async Task The_list_says_each_rule_in_a_sentence_and_puts_a_broken_one_first()
    {
        await AddAsync("A limit", Limit);
        await AddAsync("Zebra", """{"kind": "time_windw"}""");

        var page = Opened("rules");

        Assert.Equal(["Zebra", "A limit"], page.FindAll(".row-link").Select(a => a.TextContent));
        Assert.Contains(
            "At most 7 calls about one invoice in 7 days",
            page.Find("tbody").TextContent,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Nobody is contacted.",
            page.Find("[role=alert]").TextContent,
            StringComparison.Ordinal
        );
        Assert.Contains("cannot be switched off", page.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("state=off", "Quiet hours")]
    [InlineData("action=log_warning", "A limit")]
    [InlineData("channel=sms", "Quiet hours")]
    [InlineData("pack=own&q=invoice", "A limit")]
    public async Task The_address_narrows_the_list(string query, string left)
    {
        await AddAsync("A limit", Limit, RuleAction.LogWarning);
        await AddAsync(
            "Quiet hours",
            """{"kind": "time_window", "channels": ["any"], "windows": [{"start": "08:00", "end": "21:00"}]}""",
            on: false
        );

        var page = Opened($"rules?{query}");

        Assert.Equal([left], page.FindAll(".row-link").Select(a => a.TextContent));
    }

    [Fact]
    public async Task Typing_says_the_rule_anew_and_saving_keeps_unknown_keys_and_the_note()
    {
        var id = await AddAsync("A limit", Limit);
        var page = Opened($"rules/{id}");

        await TypeAsync(page, ".rule-number input", "3");
        Assert.Contains(
            "At most 3 calls",
            page.Find("[aria-live=polite]").TextContent,
            StringComparison.Ordinal
        );
        await TypeAsync(page, ".side-foot input[type=text]", "Fewer complaints");
        await ButtonNamed(page, "Save").ClickAsync(new());

        page.WaitForAssertion(
            () =>
                Assert.Contains(
                    "Nothing has changed yet",
                    page.Find(".side-foot").TextContent,
                    StringComparison.Ordinal
                ),
            s_patience
        );
        var saved = await _db.ReadAsync(db => db.ComplianceRules.SingleAsync());
        Assert.Equal(3, saved.Condition.GetProperty("max").GetInt32());
        Assert.True(saved.Condition.GetProperty("kept").GetBoolean());
        var version = await _db.ReadAsync(db => db.RuleVersions.SingleAsync(v => v.Number == 2));
        Assert.Equal("Fewer complaints", version.Note);
    }

    [Fact]
    public async Task A_fault_stands_at_its_field_and_keeps_save_shut_with_the_reason()
    {
        var id = await AddAsync("A limit", Limit);
        var page = Opened($"rules/{id}");

        await TypeAsync(page, ".rule-number input", "-1");

        Assert.Contains(
            "must be a whole number",
            page.Find(".rule-number.faulty .field-error").TextContent,
            StringComparison.Ordinal
        );
        Assert.True(ButtonNamed(page, "Save").HasAttribute("disabled"));
        Assert.Contains(
            "must be a whole number",
            page.Find(".side-foot .reason").TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_rule_changed_meanwhile_shows_what_changed_and_keeps_the_draft()
    {
        var id = await AddAsync("A limit", Limit);
        var page = Opened($"rules/{id}");
        await TypeAsync(page, ".rule-number input", "3");

        await _db.DataSource.ExecuteAsync(
            """update compliance_rules set condition = jsonb_set(condition, '{max}', '5')"""
        );
        _feed.Publish([new Change(Topics.ComplianceRules, id, null)]);

        page.WaitForAssertion(
            () =>
                Assert.Contains(
                    "5",
                    page.Find(".rule-conflict ins").TextContent,
                    StringComparison.Ordinal
                ),
            s_patience
        );
        Assert.Equal("3", page.Find(".rule-number input").GetAttribute("value"));
        Assert.True(ButtonNamed(page, "Save").HasAttribute("disabled"));

        await page.FindAll(".rule-conflict button")[0].ClickAsync(new());
        await ButtonNamed(page, "Save").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".rule-conflict")), s_patience);
        var saved = await _db.ReadAsync(db => db.ComplianceRules.SingleAsync());
        Assert.Equal(3, saved.Condition.GetProperty("max").GetInt32());
    }

    [Fact]
    public async Task Json_moves_the_controls_and_says_where_it_is_broken()
    {
        var id = await AddAsync("A limit", Limit);
        var page = Opened($"rules/{id}");
        await Segment(page, "JSON").ClickAsync(new());

        await TypeAsync(page, ".json-view", "{\"kind\": }");
        Assert.Contains("Line 1", page.Find(".field-error").TextContent, StringComparison.Ordinal);
        Assert.True(ButtonNamed(page, "Save").HasAttribute("disabled"));

        await TypeAsync(
            page,
            ".json-view",
            Limit
                .Replace("7, \"per", "7,\"per", StringComparison.Ordinal)
                .Replace("\"max\": 7", "\"max\": 4", StringComparison.Ordinal)
        );
        await Segment(page, "Form").ClickAsync(new());
        Assert.Equal("4", page.Find(".rule-number input").GetAttribute("value"));
    }

    [Fact]
    public async Task Those_who_may_only_look_get_text_and_no_dead_buttons()
    {
        SignIn(Roles.CollectionsManager);
        var id = await AddAsync("A limit", Limit);

        var page = Opened($"rules/{id}");

        Assert.Contains(
            "7 calendar days",
            page.Find(".fact-list").TextContent,
            StringComparison.Ordinal
        );
        Assert.Empty(page.FindAll("aside input, aside select, aside textarea, aside button"));
        Assert.Empty(page.FindAll("td[data-column=state] button"));
        Assert.DoesNotContain("New rule", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_four_eyes_a_save_waits_and_its_author_is_told_why_he_may_not_approve()
    {
        _options.FourEyes = true;
        var id = await AddAsync("A limit", Limit);
        var page = Opened($"rules/{id}");
        await TypeAsync(page, ".rule-number input", "3");
        await ButtonNamed(page, "Send for approval").ClickAsync(new());
        page.WaitForAssertion(
            () =>
                Assert.Contains(
                    "waits for another officer",
                    page.Find("aside .notice").TextContent,
                    StringComparison.Ordinal
                ),
            s_patience
        );
        Assert.Equal("7", page.Find(".rule-number input").GetAttribute("value"));

        var changes = Render<RuleChangesPage>();
        changes.WaitForElement(".card-list", s_patience);
        Assert.Contains(
            "another officer has to approve it",
            changes.Find(".reason").TextContent,
            StringComparison.Ordinal
        );
        Assert.True(ButtonNamed(changes, "Approve").HasAttribute("disabled"));

        var robin = new OperatorUser
        {
            Id = Guid.CreateVersion7(),
            UserName = "robin@example.test",
            DisplayName = "Robin",
            CreatedAt = Some.Now,
            Email = "robin@example.test",
        };
        await _db.AddAsync(robin);
        _officer.Id = robin.Id.ToString();
        var second = Render<RuleChangesPage>();
        second.WaitForElement(".card-list", s_patience);
        await ButtonNamed(second, "Approve").ClickAsync(new());
        second.WaitForAssertion(
            () => Assert.Contains("Nothing waits", second.Markup, StringComparison.Ordinal),
            s_patience
        );
        var saved = await _db.ReadAsync(db => db.ComplianceRules.SingleAsync());
        Assert.Equal(3, saved.Condition.GetProperty("max").GetInt32());
    }

    [Fact]
    public async Task Versions_are_compared_word_by_word_and_one_can_be_restored()
    {
        var id = await AddAsync("A limit", Limit);
        await _db.DataSource.ExecuteAsync(
            """update compliance_rules set condition = jsonb_set(condition, '{max}', '5')"""
        );
        var page = Opened($"rules/{id}?view=versions");
        page.WaitForElement(".version-list", s_patience);

        Assert.Equal(2, page.FindAll(".version-list li").Count);
        Assert.Contains("7", page.FindAll(".diff del").Select(d => d.TextContent.Trim()));
        Assert.Contains("5", page.FindAll(".diff ins").Select(d => d.TextContent.Trim()));
        Assert.Single(page.FindAll(".version-list .rz-button"));
    }

    [Fact]
    public void Packs_show_their_sources_and_that_they_are_no_advice()
    {
        var page = Render<RulePacksPage>();
        page.WaitForElement(".card-list", s_patience);

        Assert.Equal(RulePacks.All.Count, page.FindAll(".card-list > li").Count);
        Assert.Contains(
            "Research with sources, not legal advice",
            page.Markup,
            StringComparison.Ordinal
        );
        Assert.Contains("12 CFR 1006.14", page.Markup, StringComparison.Ordinal);
    }

    private IRenderedComponent<RulesPage> Opened(string address)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        var path = address.Split('?')[0].Split('/');
        var page = Render<RulesPage>(p =>
            p.Add(r => r.Id, path.Length > 1 ? Guid.Parse(path[1]) : (Guid?)null)
        );
        page.WaitForElement("tbody tr", s_patience);
        return page;
    }

    private static Task TypeAsync(IRenderedComponent<IComponent> page, string field, string text) =>
        page.Find(field).InputAsync(new ChangeEventArgs { Value = text });

    private static AngleSharp.Dom.IElement ButtonNamed(
        IRenderedComponent<IComponent> page,
        string text
    ) => page.FindAll("button").First(b => b.TextContent.Contains(text, StringComparison.Ordinal));

    private static AngleSharp.Dom.IElement Segment(
        IRenderedComponent<IComponent> page,
        string text
    ) => page.FindAll(".segments button").First(b => b.TextContent == text);

    private async Task<Guid> AddAsync(
        string name,
        string condition,
        RuleAction action = RuleAction.BlockContact,
        bool on = true
    )
    {
        var rule = new ComplianceRule
        {
            Id = Guid.CreateVersion7(),
            Name = name,
            RuleType = "frequency_limit",
            Condition = JsonDocument.Parse(condition).RootElement.Clone(),
            Action = action,
            Severity = RuleSeverity.High,
            IsEnabled = on,
        };
        if (condition.Contains("time_window", StringComparison.Ordinal))
        {
            rule.RuleType = "time_restriction";
        }

        await _db.AddAsync(rule);
        return rule.Id;
    }

    private sealed class Officer : ICurrentActor
    {
        public string Id { get; set; } = "dana";

        public ValueTask<Actor> GetAsync() =>
            new(new Actor(ActorType.User, Id, Id, new HashSet<string> { Roles.ComplianceOfficer }));
    }

    private sealed class FixedOptions(ComplianceOptions options)
        : Microsoft.Extensions.Options.IOptionsMonitor<ComplianceOptions>
    {
        public ComplianceOptions CurrentValue => options;

        public ComplianceOptions Get(string? name) => options;

        public IDisposable? OnChange(Action<ComplianceOptions, string?> listener) => null;
    }
}
