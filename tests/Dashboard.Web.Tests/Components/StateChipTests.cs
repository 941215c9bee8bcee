using Bunit;
using Dashboard.Domain.Agents;
using Dashboard.Domain.Tasks;
using Dashboard.Web.Components;
using Xunit;

namespace Dashboard.Web.Tests.Components;

public sealed class StateChipTests : ComponentTestBase
{
    [Theory]
    [InlineData(AgentTaskStatus.Pending, null, "waiting", "schedule", "Waiting")]
    [InlineData(AgentTaskStatus.InProgress, null, "progress", "play_arrow", "In progress")]
    [InlineData(AgentTaskStatus.Completed, null, "done", "check", "Done")]
    [InlineData(AgentTaskStatus.Pending, "blocked", "deferred", "hourglass_top", "Deferred")]
    [InlineData(AgentTaskStatus.Cancelled, "blocked", "blocked", "shield", "Blocked")]
    [InlineData(
        AgentTaskStatus.Pending,
        "requires_approval",
        "approval",
        "back_hand",
        "Needs approval"
    )]
    [InlineData(AgentTaskStatus.Failed, null, "failed", "error", "Failed")]
    [InlineData(AgentTaskStatus.Cancelled, null, "cancelled", "block", "Cancelled")]
    public void A_task_shows_colour_icon_and_word(
        AgentTaskStatus status,
        string? decision,
        string tone,
        string icon,
        string word
    )
    {
        var chip = Render<StateChip>(p => p.Add(c => c.Task, status).Add(c => c.Decision, decision))
            .Find(".chip");

        Assert.Contains($"tone-{tone}", chip.ClassList);
        Assert.Equal(icon, chip.QuerySelector(".icon")!.TextContent);
        Assert.EndsWith(word, chip.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void An_operators_wish_shows_before_a_working_state_but_not_before_trouble()
    {
        Assert.Equal("Paused", StateLook.Of(AgentStatus.Idle, AgentWish.Pause).Word);
        Assert.Equal("Draining", StateLook.Of(AgentStatus.Busy, AgentWish.Drain).Word);
        Assert.Equal("Error", StateLook.Of(AgentStatus.Error, AgentWish.Pause).Word);
    }
}
