using System.Text.Json;
using Dashboard.Data.Campaigns;
using Dashboard.Data.Compliance;
using Dashboard.Data.Compliance.Approvals;
using Dashboard.Data.OptOuts;
using Dashboard.Data.Tasks;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.OptOuts;
using Dashboard.Domain.Tasks;
using Dashboard.Tests.Shared;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Engine.Tests.Dispatch;

/// <summary>How far an approval reaches, and what ends a request.</summary>
public sealed class ApprovalScopeTests : EngineTest
{
    [Fact]
    public async Task One_approval_lifts_what_all_rules_that_it_names_asked_for()
    {
        var task = await AskedAsync(Asking(), Asking());
        var request = await RequestAsync();
        Assert.Equal(
            2,
            request
                .Findings.EnumerateArray()
                .Count(f => f.GetProperty("verdict").GetString() == "requires_approval")
        );
        Assert.Equal(task.PaymentRecordId, request.PaymentRecordId);
        Assert.NotNull(request.PaymentRecordId);

        await ApproveAsync();

        Assert.Equal(1, (await Engine.Dispatcher.RunOnceAsync()).Allowed);
        var clearance = Assert.Single(await AttemptsAsync()).Metadata!.Clearance!.Value;
        Assert.Equal(request.Id, clearance.GetProperty("approvals")[0].GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task A_rule_that_asks_since_is_asked_about_again()
    {
        await AskedAsync(Asking());
        await ApproveAsync();
        await Database.AddAsync(Asking());

        Assert.Equal(1, (await Engine.Dispatcher.RunOnceAsync()).AwaitingApproval);
        Assert.Equal(
            [ApprovalStatus.Withdrawn, ApprovalStatus.Pending],
            (await RequestsAsync()).Select(r => r.Status)
        );
        await ApproveAsync();
        Assert.Equal(1, (await Engine.Dispatcher.RunOnceAsync()).Allowed);
    }

    [Fact]
    public async Task An_approval_lifts_no_block()
    {
        var task = await AskedAsync(Asking());
        await ApproveAsync();
        await Database.AddAsync(Rule(RuleAction.BlockContact));

        Assert.Equal(1, (await Engine.Dispatcher.RunOnceAsync()).Cancelled);
        Assert.Equal(AgentTaskStatus.Cancelled, (await TaskAsync(task.Id)).Status);
    }

    [Fact]
    public async Task Whatever_ends_the_task_withdraws_the_request()
    {
        var tasks = new List<AgentTask>
        {
            await AskedAsync(Asking()),
            await AskedAsync(),
            await AskedAsync(isOfCampaign: true),
            await AskedAsync(),
        };
        await Engine.RunAsync(new CancelTasks(TaskSelection.One(tasks[0].Id)));
        await Engine.RunAsync(new AddOptOut(tasks[1].CustomerId, OptOutChannel.Email));
        await Engine.RunAsync(new CancelCampaign(tasks[2].CampaignId!.Value));
        await Database.AddAsync(Rule(RuleAction.BlockContact));
        await Database.DataSource.ExecuteAsync(
            $"UPDATE tasks SET due_at = '2026-06-03' WHERE id = '{tasks[3].Id}'"
        );
        await Engine.Dispatcher.RunOnceAsync();

        Assert.All(await TasksAsync(), t => Assert.Equal(AgentTaskStatus.Cancelled, t.Status));
        var requests = await RequestsAsync();
        Assert.Equal(4, requests.Count);
        Assert.All(requests, r => Assert.Equal(ApprovalStatus.Withdrawn, r.Status));
    }

    [Fact]
    public async Task A_contact_that_needs_no_approval_any_more_goes_and_withdraws_the_request()
    {
        var task = await AskedAsync(Asking());
        await Database.DataSource.ExecuteAsync(
            $"DELETE FROM compliance_rules; UPDATE tasks SET due_at = '2026-06-03' WHERE id = '{task.Id}'"
        );

        Assert.Equal(1, (await Engine.Dispatcher.RunOnceAsync()).Allowed);
        Assert.Equal(ApprovalStatus.Withdrawn, (await RequestAsync()).Status);
    }

    /// <summary>A task whose contact a rule asks about.</summary>
    private async Task<AgentTask> AskedAsync(params ComplianceRule[] rules)
    {
        await Database.AddAsync([.. rules]);
        return await AskedAsync(isOfCampaign: false);
    }

    private async Task<AgentTask> AskedAsync(bool isOfCampaign)
    {
        var customer = await CustomerAsync();
        var invoice = await Database.ReadAsync(db =>
            db.PaymentRecords.SingleAsync(p => p.CustomerId == customer.Id)
        );
        var campaign = isOfCampaign ? Some.Campaign(customer, invoice) : null;
        var task = Some.Task(customer, campaign, t => t.PaymentRecordId = invoice.Id);
        await Database.AddAsync(
            campaign is null ? [task, Some.Agent()] : [campaign, task, Some.Agent()]
        );
        Assert.Equal(1, (await Engine.Dispatcher.RunOnceAsync()).AwaitingApproval);
        return task;
    }

    private async Task ApproveAsync()
    {
        var request = await Database.ReadAsync(db =>
            db.ApprovalRequests.SingleAsync(r => r.Status == ApprovalStatus.Pending)
        );
        var result = await Engine.RunAsync(
            ApprovalDesks.Create(Clock).Approve(ApprovalSelection.One(request.Id))
        );
        Assert.Equal(1, result.Value.Decided);
    }

    private static ComplianceRule Asking() => Rule(RuleAction.RequireApproval);

    private static ComplianceRule Rule(RuleAction action) =>
        Some.Rule(r =>
        {
            r.Action = action;
            r.Condition = JsonSerializer.Deserialize<JsonElement>(
                """{"kind":"channel_block","channels":["email"]}"""
            );
        });

    private async Task<ApprovalRequest> RequestAsync() => Assert.Single(await RequestsAsync());

    private Task<List<ApprovalRequest>> RequestsAsync() =>
        Database.ReadAsync(db =>
            db.ApprovalRequests.AsNoTracking()
                .OrderBy(r => r.RequestedAt)
                .ThenBy(r => r.Id)
                .ToListAsync()
        );
}
