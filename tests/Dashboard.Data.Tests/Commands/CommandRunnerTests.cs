using Dashboard.Data.Commands;
using Dashboard.Domain.Audit;
using Dashboard.Domain.Json;
using Dashboard.Domain.Results;
using Dashboard.Domain.Tasks;
using Dashboard.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dashboard.Data.Tests.Commands;

public sealed class CommandRunnerTests : IAsyncLifetime
{
    private readonly AgentTask _task;
    private TestDatabase _db = null!;
    private CommandRunner _runner = null!;

    public CommandRunnerTests() => _task = Some.Task(Some.Customer());

    public async ValueTask InitializeAsync()
    {
        _db = await TestDatabase.CreateAsync();
        _runner = new CommandRunner(_db.Factory, TimeProvider.System);
        var customer = Some.Customer();
        _task.CustomerId = customer.Id;
        await _db.AddAsync(customer, _task);
    }

    public ValueTask DisposeAsync() => _db.DisposeAsync();

    [Fact]
    public async Task A_change_leaves_one_row_with_before_and_after_of_each_column()
    {
        var result = await _runner.RunAsync(
            Change(task =>
            {
                task.Priority = TaskPriority.Urgent;
                task.Context.Reason = "asked by phone";
            }),
            Actors.Manager
        );

        Assert.Null(result.Error);
        var row = Assert.Single(await AuditAsync());
        Assert.Equal("updated", row.Action);
        Assert.Equal(ActorType.User, row.ActorType);
        Assert.Equal(Actors.Manager.Id, row.ActorId);
        Assert.Equal("203.0.113.7", row.IpAddress!.ToString());
        Assert.Equal("Probe/1.0", row.UserAgent);
        var changes = row.Changes!.Value;
        Assert.Equal(
            ["context", "priority"],
            changes.EnumerateObject().Select(c => c.Name).Order(StringComparer.Ordinal)
        );
        Assert.Equal("medium", changes.GetProperty("priority").GetProperty("before").GetString());
        Assert.Equal("urgent", changes.GetProperty("priority").GetProperty("after").GetString());
        var after = changes.GetProperty("context").GetProperty("after");
        Assert.Equal("asked by phone", after.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_command_that_names_its_own_act_gets_the_changes_into_that_row()
    {
        await _runner.RunAsync(
            new Probe<Nothing>(
                _task.Id,
                async (context, ct) =>
                {
                    var task = await context.Db.Tasks.SingleAsync(t => t.Id == _task.Id, ct);
                    task.Status = AgentTaskStatus.Cancelled;
                    context.Audit.Add("task", task.Id, "cancelled", metadata: new { Why = "test" });
                    return default(Nothing);
                }
            ),
            Actors.Manager
        );

        var row = Assert.Single(await AuditAsync());
        Assert.Equal("cancelled", row.Action);
        Assert.Equal("test", row.Metadata!.Value.GetProperty("why").GetString());
        Assert.Equal(
            """{"status":{"after":"cancelled","before":"pending"}}""",
            JsonShape.Write(row.Changes)
        );
    }

    [Fact]
    public async Task Without_an_allowed_role_nothing_runs_and_the_refusal_is_audited()
    {
        var result = await _runner.RunAsync(
            Change(task => task.Priority = TaskPriority.Urgent),
            Actors.Officer
        );

        Assert.Equal("forbidden", result.Error!.Code);
        Assert.Equal(TaskPriority.Medium, (await TaskAsync()).Priority);
        var row = Assert.Single(await AuditAsync());
        Assert.Equal("refused", row.Action);
        Assert.Equal("probe", row.Metadata!.Value.GetProperty("attempted").GetString());
        Assert.Contains(
            "CollectionsManager",
            row.Metadata.Value.GetProperty("reason").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_refusal_undoes_what_the_command_saved_and_is_audited()
    {
        var result = await _runner.RunAsync(
            new Probe<Nothing>(
                _task.Id,
                async (context, ct) =>
                {
                    var task = await context.Db.Tasks.SingleAsync(t => t.Id == _task.Id, ct);
                    task.Priority = TaskPriority.Urgent;
                    await context.Db.SaveChangesAsync(ct);
                    return Error.IllegalTransition("The task is over.");
                }
            ),
            Actors.Manager
        );

        Assert.Equal("illegal_transition", result.Error!.Code);
        Assert.Equal(TaskPriority.Medium, (await TaskAsync()).Priority);
        var row = Assert.Single(await AuditAsync());
        Assert.Equal("refused", row.Action);
        Assert.Equal("The task is over.", row.Metadata!.Value.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_bug_in_a_command_undoes_everything_and_is_not_hidden()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            _runner.RunAsync(
                new Probe<Nothing>(
                    _task.Id,
                    async (context, ct) =>
                    {
                        var task = await context.Db.Tasks.SingleAsync(t => t.Id == _task.Id, ct);
                        task.Priority = TaskPriority.Urgent;
                        await context.Db.SaveChangesAsync(ct);
                        throw new InvalidOperationException("bug");
                    }
                ),
                Actors.Manager
            )
        );

        Assert.Equal(TaskPriority.Medium, (await TaskAsync()).Priority);
        Assert.Empty(await AuditAsync());
    }

    private Probe<Nothing> Change(Action<AgentTask> change) =>
        new(
            _task.Id,
            async (context, ct) =>
            {
                change(await context.Db.Tasks.SingleAsync(t => t.Id == _task.Id, ct));
                return default(Nothing);
            }
        );

    private Task<AgentTask> TaskAsync() =>
        _db.ReadAsync(db => db.Tasks.AsNoTracking().SingleAsync(t => t.Id == _task.Id));

    private Task<List<AuditLog>> AuditAsync() =>
        _db.ReadAsync(db => db.AuditLogs.AsNoTracking().ToListAsync());
}
