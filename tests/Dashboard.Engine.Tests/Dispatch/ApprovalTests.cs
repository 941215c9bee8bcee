using System.Text.Json;
using Dashboard.Data.Compliance;
using Dashboard.Data.Compliance.Approvals;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Tasks;
using Dashboard.Tests.Shared;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Engine.Tests.Dispatch;

public sealed class ApprovalTests : EngineTest
{
    [Fact]
    public async Task What_is_approved_is_sent_through_the_gate()
    {
        var (task, request) = await AskedAsync();

        await ApproveAsync(request);
        var result = await Engine.StepAsync();

        Assert.Equal(1, result.Allowed);
        var attempt = Assert.Single(await AttemptsAsync());
        Assert.Equal(task, attempt.TaskId);
        // The rule's question stays in the evidence beside the other rules' verdicts.
        Assert.Contains(
            "requires_approval",
            attempt.Metadata!.Clearance!.Value.GetProperty("findings").ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_is_approved_and_now_blocked_waits()
    {
        var (task, request) = await AskedAsync();
        await Database.AddAsync(Some.Rule());
        Clock.Now = new DateTime(2026, 6, 4, 2, 0, 0, DateTimeKind.Utc);
        await ApproveAsync(request);

        var night = await Engine.StepAsync();
        var waits = await TaskAsync(task);
        Clock.Now = new DateTime(2026, 6, 4, 12, 0, 0, DateTimeKind.Utc);
        var morning = await Engine.StepAsync();

        Assert.Equal((0, 1), (night.Allowed, night.Deferred));
        Assert.Equal(Clock.Now, waits.DueAt);
        // The approval still holds: nobody is asked twice for one contact.
        Assert.Equal((1, 0), (morning.Allowed, morning.AwaitingApproval));
    }

    [Fact]
    public async Task An_approval_that_ran_out_is_asked_for_again()
    {
        var (task, request) = await AskedAsync();
        await ApproveAsync(request);
        Clock.Advance(TimeSpan.FromHours(24));

        var result = await Engine.StepAsync();

        Assert.Equal((0, 1), (result.Allowed, result.AwaitingApproval));
        Assert.Empty(await AttemptsAsync());
        Assert.Equal([ApprovalStatus.Expired, ApprovalStatus.Pending], await StatusesAsync(task));
    }

    [Fact]
    public async Task What_is_rejected_is_never_sent_and_the_campaign_goes_on()
    {
        var (task, request) = await AskedAsync(inCampaign: true);

        await Engine.RunAsync(
            ApprovalDesks.Create(Clock).Reject(ApprovalSelection.One(request), "Not this one.")
        );
        await Engine.StepAsync();

        Assert.Equal(AgentTaskStatus.Cancelled, (await TaskAsync(task)).Status);
        Assert.Empty(await AttemptsAsync());
        var campaign = await Database.ReadAsync(db => db.Campaigns.AsNoTracking().SingleAsync());
        Assert.Equal(CampaignStatus.Completed, campaign.Status);
    }

    [Theory]
    [InlineData("UPDATE templates SET content = 'Pay at once.'")]
    [InlineData(
        "UPDATE payment_records SET metadata = '{\"amount_paid\": 20}', status = 'partial'"
    )]
    public async Task An_approval_of_another_message_than_the_one_that_would_leave_does_not_count(
        string change
    )
    {
        var (task, request) = await AskedAsync();
        await ApproveAsync(request);
        await Database.DataSource.ExecuteAsync(change);

        var result = await Engine.StepAsync();

        Assert.Equal((0, 1), (result.Allowed, result.AwaitingApproval));
        Assert.Equal([ApprovalStatus.Withdrawn, ApprovalStatus.Pending], await StatusesAsync(task));
    }

    [Fact]
    public async Task An_approval_covers_the_rules_that_asked_and_no_further_one()
    {
        var (_, request) = await AskedAsync();
        await ApproveAsync(request);
        await Database.AddAsync(Asking("Asks too"));

        var result = await Engine.StepAsync();

        Assert.Equal((0, 1), (result.Allowed, result.AwaitingApproval));
    }

    [Fact]
    public async Task An_approval_is_of_one_contact()
    {
        var (task, request) = await AskedAsync();
        await ApproveAsync(request);
        Assert.Equal(1, (await Engine.StepAsync()).Allowed);
        await Database.DataSource.ExecuteAsync(
            "UPDATE tasks SET status = 'pending', due_at = '2026-06-03', completed_at = NULL"
        );

        var again = await Engine.StepAsync();

        Assert.Equal((0, 1), (again.Allowed, again.AwaitingApproval));
        // What it was used for stays approved in the record.
        Assert.Equal([ApprovalStatus.Approved, ApprovalStatus.Pending], await StatusesAsync(task));
    }

    private async Task<(Guid Task, Guid Request)> AskedAsync(bool inCampaign = false)
    {
        var customer = await CustomerAsync();
        var campaign = inCampaign ? Some.Campaign(customer) : null;
        var task = Some.Task(customer, campaign);
        object[] rows = [task, Some.Agent(), Asking("Ask first")];
        await Database.AddAsync(campaign is null ? rows : [campaign, .. rows]);
        Assert.Equal(1, (await Engine.Dispatcher.RunOnceAsync()).AwaitingApproval);
        var request = await Database.ReadAsync(db => db.ApprovalRequests.SingleAsync());
        return (task.Id, request.Id);
    }

    private async Task ApproveAsync(Guid request)
    {
        var result = await Engine.RunAsync(
            ApprovalDesks.Create(Clock).Approve(ApprovalSelection.One(request))
        );
        Assert.Equal(1, result.Value.Decided);
    }

    private Task<List<ApprovalStatus>> StatusesAsync(Guid task) =>
        Database.ReadAsync(db =>
            db.ApprovalRequests.Where(r => r.TaskId == task)
                .OrderBy(r => r.RequestedAt)
                .ThenBy(r => r.Id)
                .Select(r => r.Status)
                .ToListAsync()
        );

    private static ComplianceRule Asking(string name) =>
        Some.Rule(r =>
        {
            r.Name = name;
            r.RuleType = "channel_restriction";
            r.Condition = JsonSerializer.Deserialize<JsonElement>(
                """{"kind":"channel_block","channels":["email"]}"""
            );
            r.Action = RuleAction.RequireApproval;
        });
}
