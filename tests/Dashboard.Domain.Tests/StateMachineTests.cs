using Dashboard.Domain.Agents;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Dashboard.Domain.Results;
using Dashboard.Domain.Tasks;

namespace Dashboard.Domain.Tests;

/// <summary>All pairs of states against the moves that architecture.md draws, written out a second time.</summary>
public sealed class StateMachineTests
{
    [Fact]
    public void Campaigns_move_as_drawn() =>
        AssertMoves<CampaignStatus>(
            CampaignStateMachine.Check,
            "draft>active active>paused active>completed active>cancelled paused>active paused>completed paused>cancelled"
        );

    [Fact]
    public void Tasks_move_as_drawn() =>
        AssertMoves<AgentTaskStatus>(
            TaskStateMachine.Check,
            "pending>assigned pending>cancelled assigned>in_progress assigned>pending assigned>cancelled "
                + "in_progress>completed in_progress>failed in_progress>pending"
        );

    [Fact]
    public void Agents_move_as_drawn() =>
        AssertMoves<AgentStatus>(
            AgentStateMachine.Check,
            "offline>idle idle>active idle>busy active>idle active>busy busy>active busy>idle "
                + "idle>error active>error busy>error error>idle "
                + "idle>offline active>offline busy>offline error>offline"
        );

    [Fact]
    public void Contacts_never_move_back() =>
        AssertMoves<ContactStatus>(
            ContactStatusMachine.Check,
            "sent>delivered sent>opened sent>replied sent>answered sent>bounced sent>failed "
                + "delivered>opened delivered>replied opened>replied"
        );

    [Fact]
    public void A_refused_move_says_what_is_possible()
    {
        var error = TaskStateMachine
            .Check(AgentTaskStatus.Pending, AgentTaskStatus.Completed)
            .Error;

        Assert.Equal(
            "A task that is pending cannot become completed: it can become assigned or cancelled.",
            error?.Message
        );
        Assert.Equal("illegal_transition", error?.Code);
    }

    [Fact]
    public void A_retry_needs_an_attempt_that_is_left()
    {
        Assert.True(TaskStateMachine.CheckRetry(AgentTaskStatus.InProgress, 2, 3).Succeeded);
        Assert.False(TaskStateMachine.CheckRetry(AgentTaskStatus.InProgress, 3, 3).Succeeded);
        Assert.False(TaskStateMachine.CheckRetry(AgentTaskStatus.Completed, 0, 3).Succeeded);
    }

    [Theory]
    [InlineData(AgentStatus.Idle, 0, 2, AgentStatus.Idle)]
    [InlineData(AgentStatus.Idle, 1, 2, AgentStatus.Active)]
    [InlineData(AgentStatus.Active, 2, 2, AgentStatus.Busy)]
    [InlineData(AgentStatus.Busy, 0, 2, AgentStatus.Idle)]
    [InlineData(AgentStatus.Error, 1, 2, AgentStatus.Error)]
    [InlineData(AgentStatus.Offline, 0, 2, AgentStatus.Offline)]
    public void Load_decides_between_idle_active_and_busy(
        AgentStatus current,
        int tasks,
        int capacity,
        AgentStatus expected
    ) => Assert.Equal(expected, AgentStateMachine.ByLoad(current, tasks, capacity));

    [Fact]
    public void Late_and_repeated_reports_leave_a_contact_where_it_is()
    {
        Assert.Equal(
            ContactStatus.Opened,
            ContactStatusMachine.Merge(ContactStatus.Opened, ContactStatus.Delivered)
        );
        Assert.Equal(
            ContactStatus.Replied,
            ContactStatusMachine.Merge(ContactStatus.Delivered, ContactStatus.Replied)
        );
    }

    private static void AssertMoves<T>(Func<T, T, Result> check, string drawn)
        where T : struct, Enum
    {
        var expected = drawn.Split(' ').Order(StringComparer.Ordinal);
        var actual =
            from a in Enum.GetValues<T>()
            from b in Enum.GetValues<T>()
            where check(a, b).Succeeded
            select $"{a.ToText()}>{b.ToText()}";
        Assert.Equal(expected, actual.Order(StringComparer.Ordinal));
    }
}
