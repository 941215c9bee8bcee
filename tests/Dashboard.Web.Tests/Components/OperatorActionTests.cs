using Bunit;
using Dashboard.Data.Agents;
using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Agents;
using Dashboard.Domain.Audit;
using Dashboard.Tests.Shared;
using Dashboard.Web.Components;
using Dashboard.Web.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Radzen;
using Xunit;

namespace Dashboard.Web.Tests.Components;

public sealed class OperatorActionTests : ComponentTestBase, IAsyncLifetime
{
    private readonly Agent _agent = Some.Agent();
    private TestDatabase _db = null!;

    public async ValueTask InitializeAsync()
    {
        _db = await TestDatabase.CreateAsync();
        await _db.AddAsync(_agent);
        Services.AddSingleton(new CommandRunner(_db.Factory, new TestClock()));
        Services.AddSingleton<ICurrentActor>(new Someone(Roles.Supervisor));
    }

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _db.DisposeAsync();
    }

    [Fact]
    public async Task It_runs_the_command_and_tells_what_became_of_it()
    {
        SignIn(Roles.Supervisor);
        var done = new TaskCompletionSource();
        var action = Render(_agent.Id, () => done.SetResult());

        action.Find("button").Click();
        await done.Task.WaitAsync(TimeSpan.FromSeconds(20));

        var agent = await _db.ReadAsync(db => db.Agents.SingleAsync(a => a.Id == _agent.Id));
        Assert.Equal(AgentWish.Pause, agent.Config!.Wish);
        Assert.Equal("Pause: done", Assert.Single(Toasts).Summary);
        action.WaitForAssertion(() => Assert.False(action.Find("button").HasAttribute("disabled")));
    }

    [Fact]
    public void A_refusal_is_shown_in_its_own_words()
    {
        SignIn(Roles.Supervisor);
        var action = Render(Guid.CreateVersion7(), () => { });

        action.Find("button").Click();

        action.WaitForAssertion(
            () => Assert.Equal("This agent does not exist any more.", Assert.Single(Toasts).Detail),
            TimeSpan.FromSeconds(20)
        );
    }

    [Fact]
    public void Without_the_role_it_is_disabled_and_says_which_role_it_takes()
    {
        SignIn(Roles.CollectionsManager);

        var button = Render(_agent.Id, () => { }).Find("button");

        Assert.True(button.HasAttribute("disabled"));
        Assert.Equal(
            "Pause: Takes the role supervisor or administrator.",
            button.GetAttribute("aria-label")
        );
    }

    private IReadOnlyList<NotificationMessage> Toasts =>
        [.. Services.GetRequiredService<NotificationService>().Messages];

    private IRenderedComponent<OperatorAction<Nothing>> Render(Guid agent, Action onDone) =>
        Render<OperatorAction<Nothing>>(p =>
            p.Add(a => a.Command, () => new PauseAgent(agent))
                .Add(a => a.Text, "Pause")
                .Add(a => a.AllowedRoles, Roles.Supervisors)
                .Add(a => a.OnDone, _ => onDone())
        );

    private sealed class Someone(string role) : ICurrentActor
    {
        public ValueTask<Actor> GetAsync() =>
            new(new Actor(ActorType.User, "dana", "Dana", new HashSet<string> { role }));
    }
}
