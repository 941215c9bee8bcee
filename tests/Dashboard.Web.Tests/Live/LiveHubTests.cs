using System.Net.WebSockets;
using Dashboard.Data.Changes;
using Dashboard.Data.Operators;
using Dashboard.Tests.Shared;
using Xunit;

namespace Dashboard.Web.Tests.Live;

public sealed class LiveHubTests : IAsyncLifetime
{
    private TestDatabase _db = null!;
    private HubHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _db = await TestDatabase.CreateAsync();
        _host = await HubHost.StartAsync(_db.ConnectionString);
        await UntilLiveAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _db.DisposeAsync();
    }

    [Theory]
    [InlineData(null, "401")]
    [InlineData("Stranger", "403")]
    public async Task Only_operators_with_a_role_may_listen(string? role, string status)
    {
        var refusal = await Assert.ThrowsAsync<WebSocketException>(() =>
            HubClient.ConnectAsync(_host.Address(role))
        );

        Assert.Contains(status, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Committed_tasks_and_agents_are_told_as_they_are_now()
    {
        var customer = Some.Customer();
        var task = Some.Task(customer);
        var agent = Some.Agent();
        await _db.AddAsync(customer, task, agent);
        using var client = await HubClient.ConnectAsync(_host.Address(Roles.Supervisor));
        Assert.Equal(("Resync", ""), await client.NextCallAsync());

        await _db.DataSource.ExecuteAsync(
            $"UPDATE tasks SET status = 'assigned', assigned_agent_id = '{agent.Id}'"
        );
        Assert.Equal(
            (
                "TaskChanged",
                $$"""{"id":"{{task.Id}}","status":"assigned","customer_id":"{{customer.Id}}","campaign_id":null,"assigned_agent_id":"{{agent.Id}}"}"""
            ),
            await client.NextCallAsync()
        );

        await _db.DataSource.ExecuteAsync("UPDATE agents SET current_task_count = 1");
        Assert.Equal(
            (
                "AgentChanged",
                $$"""{"id":"{{agent.Id}}","status":"idle","current_task_count":1,"max_concurrent_tasks":5}"""
            ),
            await client.NextCallAsync()
        );

        await _db.DataSource.ExecuteAsync("DELETE FROM tasks");
        Assert.Equal(("Resync", ""), await client.NextCallAsync());
    }

    private async Task UntilLiveAsync()
    {
        var live = new TaskCompletionSource();
        _host.Feed.StateChanged += state =>
        {
            if (state == FeedState.Live)
            {
                live.TrySetResult();
            }
        };
        if (_host.Feed.State != FeedState.Live)
        {
            await live.Task.WaitAsync(TimeSpan.FromSeconds(20));
        }
    }
}
