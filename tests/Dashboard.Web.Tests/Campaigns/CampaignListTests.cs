using Dashboard.Data.Campaigns;
using Dashboard.Domain.Campaigns;
using Dashboard.Tests.Shared;
using Dashboard.Web.Features.Campaigns;
using Xunit;

namespace Dashboard.Web.Tests.Campaigns;

public sealed class CampaignListTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>
{
    private CampaignListQuery Query => new(fixture.Database.Factory, new TestClock());

    [Fact]
    public async Task The_list_shows_steps_money_and_what_comes_next_and_the_board_adds_them_up()
    {
        var customer = Some.Customer(c => c.CompanyName = "Board Works");
        var invoice = Some.Invoice(customer);
        var first = Some.Campaign(customer, invoice);
        var second = Some.Campaign(
            customer,
            with: c =>
                (c.EscalationSteps, c.CurrentStep, c.Status) = (
                    [Some.Step(1), Some.Step(2, s => s.Channel = StepChannel.Phone)],
                    1,
                    CampaignStatus.Paused
                )
        );
        var over = Some.Campaign(customer, with: c => c.Status = CampaignStatus.Cancelled);
        var due = Some.Now.AddHours(5);
        await fixture.Database.AddAsync(customer, invoice, first, second, over);
        await fixture.Database.AddAsync(
            new CampaignSchedule { CampaignId = first.Id, DueAt = due }
        );
        var filter = new CampaignListFilter { Text = "board works" };

        var page = await Query.RunAsync(filter, null, CancellationToken.None);
        var board = await new CampaignBoardQuery(
            fixture.Database.Factory,
            new TestClock()
        ).RunAsync(filter, CancellationToken.None);

        Assert.Equal([first.Id, second.Id], page.Rows.Select(r => r.Id));
        Assert.Equal(due, page.Rows[0].NextAt);
        Assert.Equal(new CampaignMoney("USD", 120), Assert.Single(page.Rows[0].Open));
        Assert.Equal(
            (2, 2, StepChannel.Phone),
            (page.Rows[1].CurrentStep, page.Rows[1].Steps, page.Rows[1].Channel)
        );
        Assert.Equal(["Step 1", "Paused"], board.Select(b => b.Title));
        Assert.Equal(new CampaignMoney("USD", 120), Assert.Single(board[0].Money));
        Assert.Equal(first.Id, Assert.Single(board[0].First).Id);
    }

    [Fact]
    public async Task Pages_by_keyset_show_every_campaign_once_in_each_order()
    {
        var customer = Some.Customer(c => c.CompanyName = "Keyset Works");
        await fixture.Database.AddAsync(customer);
        await fixture.Database.AddAsync([
            .. Enumerable
                .Range(0, 120)
                .Select(i =>
                    Some.Campaign(customer, with: c => c.StartDate = Some.Now.AddHours(i % 30))
                ),
        ]);

        foreach (var sort in Enum.GetValues<CampaignSort>())
        {
            var filter = new CampaignListFilter { Text = "keyset works", Sort = sort };
            var first = await Query.RunAsync(filter, null, CancellationToken.None);
            var second = await Query.RunAsync(filter, first.Next, CancellationToken.None);

            Assert.Equal(120, first.Rows.Concat(second.Rows).Select(r => r.Id).Distinct().Count());
        }
    }

    [Fact]
    public async Task Whoever_has_a_campaign_or_must_not_be_contacted_is_not_counted_as_enrollable()
    {
        var before = await Query.EnrollableAsync(CancellationToken.None);
        var free = Some.Customer();
        var chased = Some.Customer();
        var closed = Some.Customer();
        await fixture.Database.AddAsync(
            free,
            chased,
            closed,
            Some.Invoice(free),
            Some.Invoice(chased),
            Some.Invoice(closed),
            Some.Campaign(chased),
            Some.Profile(closed, p => p.DoNotContact = true)
        );

        Assert.Equal(before + 1, await Query.EnrollableAsync(CancellationToken.None));
    }

    [Fact]
    public void An_enrolment_tells_how_many_and_why_others_were_skipped()
    {
        Assert.Equal(
            "87 campaigns started, 3 skipped: 2 have one already, 1 must not be contacted",
            EnrolWording.Done(new EnrolResult(87, 2, 1))
        );
        Assert.Equal("1 campaign started", EnrolWording.Done(new EnrolResult(1, 0, 0)));
    }
}
