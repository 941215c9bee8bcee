using Dashboard.Data.Campaigns;
using Dashboard.Data.Payments;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Tasks;
using Dashboard.Engine.Campaigns;
using Dashboard.Tests.Shared;

namespace Dashboard.Engine.Tests.Campaigns;

public sealed class CampaignRunnerTests : EngineTest
{
    [Fact]
    public async Task A_campaign_walks_its_steps_by_their_delays_and_completes()
    {
        var customer = await CustomerAsync();
        var campaign = Some.Campaign(
            customer,
            with: c =>
            {
                c.StartDate = Some.Now;
                c.EscalationSteps = [Some.Step(1), Some.Step(2, s => s.DelayHours = 24)];
            }
        );
        await Database.AddAsync(campaign, Some.Agent());
        await Engine.Campaigns.SweepAsync();

        await Engine.StepAsync();
        await Engine.Campaigns.RunOnceAsync();
        Assert.Equal(1, (await CampaignAsync(campaign.Id)).CurrentStep);
        Assert.Equal(0, (await Engine.Campaigns.RunOnceAsync()).TasksCreated);

        Clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal(1, (await Engine.Campaigns.RunOnceAsync()).TasksCreated);
        await Engine.StepAsync();
        await Engine.Campaigns.RunOnceAsync();

        var ended = await CampaignAsync(campaign.Id);
        Assert.Equal(CampaignStatus.Completed, ended.Status);
        Assert.Equal(Clock.Now, ended.EndDate);
        Assert.Equal(["completed", "completed"], ended.Results!.Steps.Select(s => s.Outcome));
        Assert.Equal(2, ended.Results.TotalContacts);
        Assert.Equal(2, (await AttemptsAsync()).Count);
    }

    [Fact]
    public async Task A_step_whose_condition_does_not_hold_is_skipped_with_the_reason()
    {
        var customer = await CustomerAsync();
        var campaign = Some.Campaign(
            customer,
            with: c =>
                c.EscalationSteps = [
                    Some.Step(
                        1,
                        s =>
                            s.Conditions = [
                                new StepCondition
                                {
                                    Type = StepConditionType.DaysOverdue,
                                    Operator = ConditionOperator.GreaterThan,
                                    Value = System.Text.Json.JsonSerializer.SerializeToElement(60),
                                },
                            ]
                    ),
                    Some.Step(2),
                ]
        );
        await Database.AddAsync(campaign);
        await Engine.Campaigns.SweepAsync();

        var result = await Engine.Campaigns.RunOnceAsync();

        Assert.Equal((1, 1), (result.TasksCreated, result.StepsSkipped));
        var skipped = Assert.Single((await CampaignAsync(campaign.Id)).Results!.Steps);
        Assert.Equal((1, "skipped"), (skipped.StepNumber, skipped.Outcome));
        Assert.Contains("days overdue", skipped.Reason!, StringComparison.Ordinal);
        Assert.Equal(2, Assert.Single(await TasksAsync()).Context.StepNumber);
    }

    [Fact]
    public async Task Many_runners_at_once_make_one_task_a_campaign()
    {
        for (var i = 0; i < 40; i++)
        {
            var customer = await CustomerAsync();
            await Database.AddAsync(Some.Campaign(customer));
        }

        await Engine.Campaigns.SweepAsync();
        var engines = new[] { Engine, NewEngine(), NewEngine() };

        var results = await Task.WhenAll(
            engines.Select(async e =>
            {
                var made = 0;
                CampaignRunResult result;
                do
                {
                    result = await e.Campaigns.RunOnceAsync();
                    made += result.TasksCreated;
                } while (result.Claimed > 0);
                return made;
            })
        );

        await Engine.Campaigns.RunOnceAsync();
        var tasks = await TasksAsync();
        Assert.Equal(40, tasks.Count);
        Assert.Equal(40, tasks.Select(t => t.CampaignId).Distinct().Count());
        Assert.True(results.Sum() <= 40);
    }

    [Fact]
    public async Task Payment_completes_the_campaign_and_cancels_what_waits()
    {
        var customer = Some.Customer();
        var invoice = Some.Invoice(customer);
        var campaign = Some.Campaign(customer);
        await Database.AddAsync(customer, Some.Profile(customer), invoice, campaign);
        await Engine.Campaigns.SweepAsync();
        await Engine.Campaigns.RunOnceAsync();

        var partly = await Engine.RunAsync(new RecordPayment(invoice.Id, 20));
        Assert.Equal(new RecordPaymentResult(100, 0), partly.Value);
        var paid = await Engine.RunAsync(new RecordPayment(invoice.Id, 100));

        Assert.Equal(new RecordPaymentResult(0, 1), paid.Value);
        Assert.Equal(CampaignStatus.Completed, (await CampaignAsync(campaign.Id)).Status);
        var task = Assert.Single(await TasksAsync());
        Assert.Equal((AgentTaskStatus.Cancelled, "Paid."), (task.Status, task.Context.Reason));
    }

    [Fact]
    public async Task A_payment_written_by_plain_sql_is_found_by_the_sweep()
    {
        var customer = await CustomerAsync();
        var campaign = Some.Campaign(customer);
        await Database.AddAsync(campaign);
        await Database.DataSource.ExecuteAsync(
            "UPDATE payment_records SET status = 'paid', paid_date = due_date + 5"
        );

        await Engine.Campaigns.SweepAsync();

        Assert.Equal(CampaignStatus.Completed, (await CampaignAsync(campaign.Id)).Status);
    }

    [Fact]
    public async Task A_pause_holds_its_tasks_and_ends_by_itself()
    {
        var customer = await CustomerAsync();
        var campaign = Some.Campaign(customer);
        await Database.AddAsync(campaign, Some.Agent());
        await Engine.Campaigns.SweepAsync();
        await Engine.Campaigns.RunOnceAsync();
        var until = Clock.Now.AddHours(1);

        Assert.True((await Engine.RunAsync(new PauseCampaign(campaign.Id, until))).Succeeded);
        Assert.Equal(0, (await Engine.Dispatcher.RunOnceAsync()).Claimed);

        Clock.Advance(TimeSpan.FromMinutes(61));
        var result = await Engine.StepAsync();

        Assert.Equal(1, result.Allowed);
        Assert.Equal(CampaignStatus.Active, (await CampaignAsync(campaign.Id)).Status);
    }

    [Fact]
    public async Task Enrolling_everyone_twice_starts_each_campaign_once()
    {
        await CustomerAsync();
        await CustomerAsync();
        await CustomerAsync(p => p.DoNotContact = true);

        var first = await Engine.RunAsync(new EnrolCustomers());
        var second = await Engine.RunAsync(new EnrolCustomers());

        Assert.Equal(new EnrolResult(2, 0, 1), first.Value);
        Assert.Equal(new EnrolResult(0, 2, 1), second.Value);
        Assert.Equal(2, (await Engine.Campaigns.RunOnceAsync()).TasksCreated);
    }
}
