using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Data.Tasks;
using Dashboard.Domain.Audit;
using Dashboard.Domain.Results;
using Dashboard.Domain.Tasks;
using Dashboard.Tests.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dashboard.Data.Tests.Tasks;

public sealed class HumanTaskTests : IAsyncLifetime
{
    private readonly TestClock _clock = new(Some.Now);
    private TestDatabase _db = null!;
    private CommandRunner _runner = null!;

    public async ValueTask InitializeAsync()
    {
        _db = await TestDatabase.CreateAsync();
        _runner = new CommandRunner(_db.Factory, _clock);
    }

    public ValueTask DisposeAsync() => _db.DisposeAsync();

    [Fact]
    public async Task A_task_is_taken_handed_over_given_back_and_completed_by_name()
    {
        var dana = await WorkerAsync("Dana", Roles.CollectionsManager);
        var sam = await WorkerAsync("Sam", Roles.Supervisor);
        var task = await TaskAsync(TaskType.Escalate);

        Assert.True((await RunAsync(new AssignHumanTask(task, dana), dana, "Dana")).Succeeded);
        var taken = await ReadAsync(task);
        Assert.Equal(
            (AgentTaskStatus.Assigned, "Dana"),
            (taken.Status, taken.Context.Operator!.Name)
        );
        Assert.Equal(_clock.Now, taken.Context.Operator.Since);

        await RunAsync(new AssignHumanTask(task, sam), dana, "Dana");
        Assert.Equal("Sam", (await ReadAsync(task)).Context.Operator!.Name);

        await RunAsync(new AssignHumanTask(task, null), sam, "Sam");
        var back = await ReadAsync(task);
        Assert.Equal(AgentTaskStatus.Pending, back.Status);
        Assert.Null(back.Context.Operator);

        await RunAsync(new CompleteHumanTask(task, "They pay on Friday. "), sam, "Sam");
        var done = await ReadAsync(task);
        Assert.Equal(
            (AgentTaskStatus.Completed, "They pay on Friday.", "Sam"),
            (done.Status, done.Context.Note, done.Context.Operator!.Name)
        );
        Assert.Equal(
            3,
            await _db.ReadAsync(db => db.AuditLogs.CountAsync(a => a.Action == "reassigned"))
        );
    }

    [Theory]
    [InlineData(Roles.ComplianceOfficer)]
    [InlineData(null)]
    public async Task It_goes_only_to_somebody_who_works_on_tasks(string? role)
    {
        var other = await WorkerAsync("Olga", role);
        var task = await TaskAsync(TaskType.FollowUp);

        var result = await RunAsync(new AssignHumanTask(task, other), other, "Olga");

        Assert.Equal("OperatorId", result.Error!.Field);
        Assert.Equal(AgentTaskStatus.Pending, (await ReadAsync(task)).Status);
    }

    [Fact]
    public async Task A_contact_is_no_task_for_a_person()
    {
        var dana = await WorkerAsync("Dana", Roles.CollectionsManager);
        var task = await TaskAsync(TaskType.SendEmail);

        var result = await RunAsync(new AssignHumanTask(task, dana), dana, "Dana");

        Assert.Equal("illegal_transition", result.Error!.Code);
    }

    private async Task<Guid> WorkerAsync(string name, string? role)
    {
        var user = new OperatorUser
        {
            Id = Guid.CreateVersion7(),
            DisplayName = name,
            UserName = $"{name}@fabrikam.example",
            CreatedAt = _clock.Now,
        };
        await _db.AddAsync(user);
        if (role is not null)
        {
            var id = await _db.ReadAsync(db =>
                db.Roles.Where(r => r.Name == role).Select(r => r.Id).SingleOrDefaultAsync()
            );
            if (id == Guid.Empty)
            {
                id = Guid.CreateVersion7();
                await _db.AddAsync(new IdentityRole<Guid>(role) { Id = id });
            }

            await _db.AddAsync(new IdentityUserRole<Guid> { UserId = user.Id, RoleId = id });
        }

        return user.Id;
    }

    private async Task<Guid> TaskAsync(TaskType type)
    {
        var customer = Some.Customer();
        var task = Some.Task(customer, with: t => t.Type = type);
        await _db.AddAsync(customer, task);
        return task.Id;
    }

    private Task<Result<Nothing>> RunAsync(ICommand<Nothing> command, Guid by, string name) =>
        _runner.RunAsync(
            command,
            new Actor(
                ActorType.User,
                by.ToString(),
                name,
                new HashSet<string> { Roles.CollectionsManager }
            )
        );

    private Task<AgentTask> ReadAsync(Guid id) =>
        _db.ReadAsync(db => db.Tasks.AsNoTracking().SingleAsync(t => t.Id == id));
}
