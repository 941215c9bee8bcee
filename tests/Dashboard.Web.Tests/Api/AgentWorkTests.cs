using System.Net;
using Dashboard.Data.Operators;
using Dashboard.Domain.Agents;
using Dashboard.Domain.Tasks;
using Dashboard.Tests.Shared;
using Dashboard.Web.Tests.Identity;
using Xunit;

namespace Dashboard.Web.Tests.Api;

/// <summary>An agent outside the engine works through the HTTP API, and the gate stands before it too.</summary>
public sealed class AgentWorkTests(RunningProgram program) : IClassFixture<RunningProgram>
{
    [Fact]
    public async Task It_takes_a_task_starts_it_through_the_gate_and_says_what_came_of_it()
    {
        var (agent, task) = await CallAsync(doNotContact: false);
        using var caller = await ApiCaller.WithScopesAsync(program, ApiScopes.Agents);

        var claimed = await caller.PostAsync($"agents/{agent}/claim?max=1", new { });
        var started = await caller.PostAsync($"tasks/{task}/start", new { agent_id = agent });
        var wrong = await caller.PostAsync(
            $"tasks/{task}/complete",
            new { agent_id = agent, outcome = "shouted" }
        );
        var done = await caller.PostAsync(
            $"tasks/{task}/complete",
            new
            {
                agent_id = agent,
                outcome = "answered",
                duration = 95,
                response = "Will pay on Friday",
            }
        );

        Assert.Equal(task.ToString(), claimed.Body.GetProperty("items")[0].GetString());
        Assert.True(started.Status == HttpStatusCode.OK, started.Body.ToString());
        Assert.Equal(["outcome"], wrong.Fields);
        Assert.Equal("completed", done.Text("status"));
        Assert.Equal(
            "answered 95 Will pay on Friday",
            await program.Database.DataSource.ScalarAsync<string>(
                $"SELECT status || ' ' || duration || ' ' || response FROM contact_attempts WHERE id = '{started.Text("attempt_id")}'"
            )
        );
    }

    [Fact]
    public async Task A_refused_start_answers_with_the_findings()
    {
        var (agent, task) = await CallAsync(doNotContact: true);
        using var caller = await ApiCaller.WithScopesAsync(program, ApiScopes.Agents);

        var refused = await caller.PostAsync($"tasks/{task}/start", new { agent_id = agent });

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Equal("blocked", refused.Text("decision"));
        Assert.Contains(
            refused.Body.GetProperty("findings").EnumerateArray(),
            f =>
                f.GetProperty("rule").GetString() == "do_not_contact"
                && f.GetProperty("verdict").GetString() == "blocked"
        );
        Assert.Equal(
            0,
            await program.Database.DataSource.ScalarAsync<long>(
                $"SELECT count(*) FROM contact_attempts WHERE task_id = '{task}'"
            )
        );
    }

    private async Task<(Guid Agent, Guid Task)> CallAsync(bool doNotContact)
    {
        var customer = Some.Customer();
        var agent = Some.Agent(a =>
        {
            a.Type = AgentType.Phone;
            a.Config = new AgentConfig { Name = "Dialler", Seat = AgentSeat.External };
        });
        var task = Some.Task(
            customer,
            with: t =>
            {
                t.Type = TaskType.MakeCall;
                t.AssignedAgentId = agent.Id;
            }
        );
        await program.Database.AddAsync(
            customer,
            Some.Profile(customer, p => p.DoNotContact = doNotContact),
            Some.Invoice(customer),
            agent,
            task
        );
        return (agent.Id, task.Id);
    }
}
