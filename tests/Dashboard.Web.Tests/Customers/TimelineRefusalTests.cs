using System.Text.Json;
using Dashboard.Data.Compliance;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Tasks;
using Dashboard.Tests.Shared;
using Dashboard.Web.Features.Customers;
using Xunit;

namespace Dashboard.Web.Tests.Customers;

public sealed class TimelineRefusalTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Refusals_of_one_task_are_one_line_with_how_many_there_were()
    {
        var customer = Some.Customer();
        var campaign = Some.Campaign(customer);
        var (often, once) = (Some.Task(customer, campaign), Some.Task(customer));
        await fixture.Database.AddAsync(customer, Some.Profile(customer), campaign, often, once);
        await fixture.Database.AddAsync(
            Refusal(often, -3),
            Refusal(often, -2),
            Refusal(often, -1, "Last word"),
            Refusal(once, -4)
        );
        var query = new TimelineQuery(fixture.Database.Factory);

        var all = await RefusalsAsync(
            query.RunAsync(customer.Id, null, 40, CancellationToken.None)
        );
        var ofCampaign = await RefusalsAsync(
            query.OfCampaignAsync(campaign.Id, null, 40, CancellationToken.None)
        );

        Assert.Equal([often.Id, once.Id], all.Select(e => e.TaskId!.Value));
        Assert.Equal("Last word", all[0].Text);
        Assert.Equal("E-mail not allowed, 3 times since 31 May", TimelineWording.Title(all[0]));
        Assert.Equal("E-mail not allowed", TimelineWording.Title(all[1]));
        Assert.Equal(often.Id, Assert.Single(ofCampaign).TaskId);
    }

    [Fact]
    public async Task Older_lines_begin_after_the_last_one_shown()
    {
        var customer = Some.Customer();
        var (first, second) = (Some.Task(customer), Some.Task(customer));
        first.CreatedAt = second.CreatedAt = Some.Now.AddDays(-9);
        await fixture.Database.AddAsync(customer, first, second);
        await fixture.Database.AddAsync(Refusal(first, -2), Refusal(second, -1));
        var query = new TimelineQuery(fixture.Database.Factory);

        var newest = await query.RunAsync(customer.Id, null, 40, CancellationToken.None);
        var older = await query.RunAsync(
            customer.Id,
            newest.Events.First(e => e.Kind == TimelineKind.GateRefusal),
            40,
            CancellationToken.None
        );

        Assert.Equal(
            first.Id,
            Assert.Single(older.Events, e => e.Kind == TimelineKind.GateRefusal).TaskId
        );
    }

    private static async Task<List<TimelineEvent>> RefusalsAsync(Task<TimelinePart> part) =>
        [.. (await part).Events.Where(e => e.Kind == TimelineKind.GateRefusal)];

    private static GateRefusal Refusal(AgentTask task, int days, string text = "Too often") =>
        new()
        {
            Id = Guid.CreateVersion7(),
            TaskId = task.Id,
            CustomerId = task.CustomerId,
            CampaignId = task.CampaignId,
            Channel = Channel.Email,
            At = Some.Now.AddDays(days),
            Verdict = GateVerdict.Blocked,
            Rule = "Limit",
            Explanation = text,
            Findings = JsonDocument.Parse("[]").RootElement,
        };
}
