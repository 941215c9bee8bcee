using System.Text.Json;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Tasks;
using Dashboard.Tests.Shared;
using Dashboard.Web.Components.Findings;
using Dashboard.Web.Components.Lists;
using Dashboard.Web.Features.Tasks;
using Xunit;

namespace Dashboard.Web.Tests.Tasks;

public sealed class TaskWordingTests
{
    private static readonly TaskRow s_row = new()
    {
        Id = Guid.CreateVersion7(),
        Status = AgentTaskStatus.Pending,
        Priority = TaskPriority.Medium,
        Type = TaskType.MakeCall,
        CustomerId = Guid.CreateVersion7(),
        CompanyName = "Northwind",
        MaxAttempts = 3,
    };

    [Fact]
    public void A_deferred_task_says_what_the_gate_says_and_until_when()
    {
        var next = Some.Now.AddHours(2);
        var why = TaskWording.Why(
            s_row with
            {
                GateDecision = "blocked",
                NextAllowedAt = next,
                Explanation = "No call before 09:00 in Denver.",
            },
            Some.Now
        );

        Assert.Equal(new TaskWhy("No call before 09:00 in Denver", next), why);
    }

    [Fact]
    public void Without_a_word_of_the_gate_the_due_time_and_the_attempts_explain()
    {
        var due = Some.Now.AddMinutes(10);
        Assert.Equal(
            new TaskWhy("Not due yet", due),
            TaskWording.Why(s_row with { DueAt = due }, Some.Now)
        );
        Assert.Equal(
            new TaskWhy("Tries again (attempt 2 of 3)", due),
            TaskWording.Why(s_row with { DueAt = due, Attempts = 1 }, Some.Now)
        );
        Assert.Equal("Next in line", TaskWording.Why(s_row, Some.Now).Text);
    }

    [Fact]
    public void Only_a_task_that_the_gate_stopped_for_good_looks_blocked_when_it_is_cancelled()
    {
        Assert.Equal("blocked", TaskWording.Decision(AgentTaskStatus.Cancelled, "blocked", null));
        Assert.Null(TaskWording.Decision(AgentTaskStatus.Cancelled, "blocked", Some.Now));
        Assert.Equal("blocked", TaskWording.Decision(AgentTaskStatus.Pending, "blocked", Some.Now));
    }

    [Fact]
    public void Work_for_a_person_says_what_it_is_about()
    {
        var why = TaskWording.Why(
            s_row with
            {
                Type = TaskType.FollowUp,
                Reason = "The customer replied: call me.",
            },
            Some.Now
        );

        Assert.Equal("The customer replied: call me", why.Text);
    }

    [Fact]
    public void A_finding_that_cannot_be_read_counts_as_blocking_and_comes_first()
    {
        var findings = JsonSerializer.Deserialize<JsonElement>(
            """[{"rule":"opt_out","verdict":"allowed","explanation":"None."},{"rule":"x","verdict":"unheard_of"}]"""
        );

        var lines = FindingLine.From(findings);

        Assert.Equal(GateVerdict.Blocked, lines[0].Verdict);
        Assert.Equal("Opt-out", lines[1].Rule);
    }

    [Fact]
    public void A_cell_flashes_anew_with_each_change_and_not_at_first_sight()
    {
        var row = Guid.CreateVersion7();
        var flash = new ChangeFlash();
        flash.Show([(row, "priority", "low")]);
        Assert.Null(flash.Class(row, "priority"));

        flash.Show([(row, "priority", "urgent")]);
        var first = flash.Class(row, "priority");
        flash.Show([(row, "priority", "urgent")]);
        Assert.Equal(first, flash.Class(row, "priority"));
        flash.Show([(row, "priority", "high")]);

        Assert.NotNull(first);
        Assert.NotEqual(first, flash.Class(row, "priority"));
    }
}
