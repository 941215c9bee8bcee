using Bunit;
using Dashboard.Data.Changes;
using Dashboard.Data.Commands;
using Dashboard.Data.Compliance;
using Dashboard.Data.Compliance.Approvals;
using Dashboard.Data.Operators;
using Dashboard.Domain.Audit;
using Dashboard.Tests.Shared;
using Dashboard.Web.Features.Compliance.Approvals;
using Dashboard.Web.Identity;
using Dashboard.Web.Tests.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Radzen;
using Xunit;

namespace Dashboard.Web.Tests.Compliance.Approvals;

public sealed class ApprovalsPageTests : ComponentTestBase, IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    private readonly ChangeFeed _feed = new();
    private readonly TestClock _clock = new();
    private TestDatabase _db = null!;

    public async ValueTask InitializeAsync()
    {
        _db = await TestDatabase.CreateAsync();
        Services.AddSingleton(_feed);
        Services.AddSingleton(new ApprovalListQuery(_db.Factory, _clock));
        Services.AddSingleton(
            new ApprovalDetailQuery(_db.Factory, ApprovalDesks.Messages(_clock), _clock)
        );
        Services.AddSingleton(ApprovalDesks.Create(_clock));
        Services.AddSingleton(new CommandRunner(_db.Factory, _clock));
        Services.AddSingleton<ICurrentActor>(new Officer());
        Services.GetRequiredService<DialogService>().OnOpen += (_, _, _, _) =>
            Services.GetRequiredService<DialogService>().Close(true);
        SignIn(Roles.ComplianceOfficer);
        await _db.AddAsync(
            Some.Template(t =>
            {
                t.Content = "Dear {{customer.first_name}}, please pay {{total_overdue}}.";
                t.HtmlContent = "<h1>Dear {{customer.first_name}}</h1>";
            })
        );
    }

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _db.DisposeAsync();
    }

    [Fact]
    public async Task The_panel_shows_the_message_as_rendered_the_rule_and_the_invoice()
    {
        var request = await AskAsync();

        var page = Open($"approvals?request={request.Id}");

        page.WaitForAssertion(
            () =>
            {
                var panel = page.Find("aside");
                var frame = panel.QuerySelector("iframe")!;
                Assert.Equal(string.Empty, frame.GetAttribute("sandbox"));
                Assert.Contains(
                    "<h1>Dear Ada</h1>",
                    frame.GetAttribute("srcdoc"),
                    StringComparison.Ordinal
                );
                Assert.Contains(
                    "E-mail takes a person's approval.",
                    panel.TextContent,
                    StringComparison.Ordinal
                );
                Assert.Contains("INV-", panel.TextContent, StringComparison.Ordinal);
                Assert.Contains("11:00 New York", panel.TextContent, StringComparison.Ordinal);
            },
            s_patience
        );
    }

    [Fact]
    public async Task Approving_asks_first_writes_who_and_goes_on_to_the_next()
    {
        var first = await AskAsync(r => r.RequestedAt = Some.Now.AddHours(-2));
        var second = await AskAsync();
        var page = Open($"approvals?request={first.Id}");
        page.WaitForAssertion(() => Button(page, "Approve"), s_patience);

        Button(page, "Approve").Click();

        page.WaitForAssertion(
            () =>
                Assert.Contains(
                    $"request={second.Id}",
                    Services.GetRequiredService<NavigationManager>().Uri,
                    StringComparison.Ordinal
                ),
            s_patience
        );
        var decided = await RequestAsync(first.Id);
        Assert.Equal(
            (ApprovalStatus.Approved, "olga", (DateTime?)_clock.Now.AddDays(1)),
            (decided.Status, decided.DecidedBy, decided.ExpiresAt)
        );
    }

    [Fact]
    public async Task Several_are_rejected_with_one_note()
    {
        var requests = new[] { await AskAsync(), await AskAsync(), await AskAsync() };
        var page = Open("approvals");
        page.WaitForElement($"tr[data-request-id='{requests[2].Id}']", s_patience);

        page.Find("thead input[type=checkbox]").Change(true);
        Assert.True(Button(page, "Reject 3").HasAttribute("disabled"));
        page.Find(".bulk-bar input[type=text]").Input("Not this month.");
        Button(page, "Reject 3").Click();

        page.WaitForAssertion(
            () =>
                Assert.Equal(
                    "3 rejected",
                    Assert
                        .Single(Services.GetRequiredService<NotificationService>().Messages)
                        .Summary
                ),
            s_patience
        );
        Assert.Equal(
            3,
            await _db.ReadAsync(db =>
                db.ApprovalRequests.CountAsync(r =>
                    r.Status == ApprovalStatus.Rejected && r.Note == "Not this month."
                )
            )
        );
    }

    [Fact]
    public async Task The_address_filters_and_a_commit_takes_a_row_away()
    {
        var shown = await AskAsync(r => r.Rule = "Ask before calls");
        var hidden = await AskAsync();
        var page = Open("approvals?rule=Ask%20before%20calls");
        page.WaitForElement($"tr[data-request-id='{shown.Id}']", s_patience);
        Assert.Empty(page.FindAll($"tr[data-request-id='{hidden.Id}']"));

        await _db.DataSource.ExecuteAsync("UPDATE tasks SET status = 'cancelled'");
        _feed.Publish([new Change(Topics.ApprovalRequests, shown.Id, shown.CustomerId)]);

        page.WaitForAssertion(
            () => Assert.Contains("No request matches", page.Markup, StringComparison.Ordinal),
            s_patience
        );
    }

    [Fact]
    public async Task The_history_says_who_decided_why_and_what_ran_out()
    {
        var rejected = await AskAsync();
        var approved = await AskAsync();
        var desk = Services.GetRequiredService<ApprovalDesk>();
        var runner = Services.GetRequiredService<CommandRunner>();
        var olga = await new Officer().GetAsync();
        await runner.RunAsync(
            desk.Reject(ApprovalSelection.One(rejected.Id), "They are in talks."),
            olga
        );
        await runner.RunAsync(desk.Approve(ApprovalSelection.One(approved.Id)), olga);
        _clock.Advance(TimeSpan.FromDays(2));

        var page = Open("approvals?status=decided");

        page.WaitForAssertion(
            () =>
            {
                var no = page.Find($"tr[data-request-id='{rejected.Id}']").TextContent;
                Assert.Contains("Rejected", no, StringComparison.Ordinal);
                Assert.Contains("They are in talks.", no, StringComparison.Ordinal);
                Assert.Contains("olga", no, StringComparison.Ordinal);
                var late = page.Find($"tr[data-request-id='{approved.Id}']").TextContent;
                Assert.Contains("Ran out", late, StringComparison.Ordinal);
            },
            s_patience
        );
    }

    [Fact]
    public async Task Who_may_not_decide_looks_only()
    {
        SignIn(Roles.Supervisor);
        var request = await AskAsync();

        var page = Open($"approvals?request={request.Id}");

        page.WaitForAssertion(
            () => Assert.True(Button(page, "Approve").HasAttribute("disabled")),
            s_patience
        );
        Assert.Empty(page.FindAll("tbody input[type=checkbox]"));
    }

    [Fact]
    public void Without_requests_the_page_says_what_will_stand_here()
    {
        var page = Open("approvals");

        page.WaitForAssertion(
            () =>
                Assert.Contains(
                    "Nothing waits for approval",
                    page.Markup,
                    StringComparison.Ordinal
                ),
            s_patience
        );
    }

    private IRenderedComponent<ApprovalsPage> Open(string address)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return Render<ApprovalsPage>();
    }

    private static AngleSharp.Dom.IElement Button(
        IRenderedComponent<ApprovalsPage> page,
        string name
    ) =>
        page.FindAll("button")
            .Single(b =>
                b.GetAttribute("aria-label")?.StartsWith(name, StringComparison.Ordinal) == true
            );

    private async Task<ApprovalRequest> AskAsync(Action<ApprovalRequest>? with = null)
    {
        var customer = Some.Customer();
        var task = Some.Task(customer);
        var request = Some.Approval(task, with);
        await _db.AddAsync(customer, Some.Profile(customer), Some.Invoice(customer), task, request);
        return request;
    }

    private Task<ApprovalRequest> RequestAsync(Guid id) =>
        _db.ReadAsync(db => db.ApprovalRequests.AsNoTracking().SingleAsync(r => r.Id == id));

    private sealed class Officer : ICurrentActor
    {
        public ValueTask<Actor> GetAsync() =>
            new(
                new Actor(
                    ActorType.User,
                    "olga",
                    "Olga",
                    new HashSet<string> { Roles.ComplianceOfficer }
                )
            );
    }
}
