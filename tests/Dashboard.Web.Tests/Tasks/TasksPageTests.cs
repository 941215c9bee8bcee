using Bunit;
using Dashboard.Data.Changes;
using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Audit;
using Dashboard.Domain.Tasks;
using Dashboard.Tests.Shared;
using Dashboard.Web.Features.Compliance.Why;
using Dashboard.Web.Features.Tasks;
using Dashboard.Web.Identity;
using Dashboard.Web.Tests.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dashboard.Web.Tests.Tasks;

public sealed class TasksPageTests : ComponentTestBase, IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    private readonly ChangeFeed _feed = new();
    private TestDatabase _db = null!;

    public async ValueTask InitializeAsync()
    {
        _db = await TestDatabase.CreateAsync();
        var clock = new TestClock();
        Services.AddSingleton(_feed);
        Services.AddSingleton(new TaskListQuery(_db.Factory, clock));
        Services.AddSingleton(new TaskDetailQuery(_db.Factory, ApprovalDesks.Messages(clock)));
        Services.AddSingleton(new WhyQuery(_db.Factory, clock));
        Services.AddSingleton(new AgentChoiceQuery(_db.Factory));
        Services.AddSingleton(new OperatorChoiceQuery(_db.Factory));
        Services.AddSingleton(new CommandRunner(_db.Factory, clock));
        Services.AddSingleton<ICurrentActor>(new Manager());
        SignIn(Roles.CollectionsManager);
    }

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _db.DisposeAsync();
    }

    [Fact]
    public async Task A_committed_change_shows_in_its_cell_and_flashes()
    {
        var customer = Some.Customer();
        var task = Some.Task(customer);
        await _db.AddAsync(customer, task);
        var page = Render<TasksPage>();
        page.WaitForElement($"tr[data-task-id='{task.Id}']", s_patience);

        await _db.DataSource.ExecuteAsync("update tasks set priority = 'urgent'");
        _feed.Publish([new Change(Topics.Tasks, task.Id, customer.Id)]);

        page.WaitForAssertion(
            () =>
            {
                var cell = page.Find($"tr[data-task-id='{task.Id}'] td[data-column='priority']");
                Assert.Equal("Urgent", cell.TextContent.Trim());
                Assert.Contains("flash", cell.ClassName!, StringComparison.Ordinal);
            },
            s_patience
        );
    }

    [Fact]
    public async Task The_address_opens_a_task_and_cancelling_it_there_writes_who_did_it()
    {
        var customer = Some.Customer();
        var task = Some.Task(customer);
        await _db.AddAsync(customer, task, Some.Template());
        Services.GetRequiredService<NavigationManager>().NavigateTo($"tasks?task={task.Id}");
        var page = Render<TasksPage>();
        page.WaitForAssertion(
            () =>
                Assert.Contains(
                    "Invoice reminder",
                    page.Find("aside").TextContent,
                    StringComparison.Ordinal
                ),
            s_patience
        );

        var result = await Services
            .GetRequiredService<CommandRunner>()
            .RunAsync(
                new Dashboard.Data.Tasks.CancelTasks(
                    Dashboard.Data.Tasks.TaskSelection.One(task.Id)
                ),
                await new Manager().GetAsync()
            );
        _feed.Publish([new Change(Topics.Tasks, task.Id, customer.Id)]);

        Assert.True(result.Succeeded);
        page.WaitForAssertion(
            () =>
            {
                Assert.Contains(
                    "Cancelled",
                    page.Find("aside .chip").TextContent,
                    StringComparison.Ordinal
                );
                Assert.Empty(page.FindAll($"tr[data-task-id='{task.Id}']"));
            },
            s_patience
        );
        Assert.Equal(
            1,
            await _db.ReadAsync(db => db.AuditLogs.CountAsync(a => a.EntityId == task.Id))
        );
    }

    [Fact]
    public void An_empty_queue_says_what_will_stand_here()
    {
        var page = Render<TasksPage>();

        page.WaitForAssertion(
            () => Assert.Contains("Nothing waits", page.Markup, StringComparison.Ordinal),
            s_patience
        );
    }

    private sealed class Manager : ICurrentActor
    {
        public ValueTask<Actor> GetAsync() =>
            new(
                new Actor(
                    ActorType.User,
                    "dana",
                    "Dana",
                    new HashSet<string> { Roles.CollectionsManager }
                )
            );
    }
}
