using Bunit;
using Dashboard.Data.Operators;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.OptOuts;
using Dashboard.Tests.Shared;
using Dashboard.Web.Features.OptOuts;
using Dashboard.Web.Tests.Components;
using Xunit;

namespace Dashboard.Web.Tests.OptOuts;

public sealed class ReceiptViewTests : ComponentTestBase
{
    [Fact]
    public void A_receipt_tells_what_was_cancelled_and_what_cannot_be_called_back()
    {
        var campaign = Guid.CreateVersion7();
        var receipt = Receipt();
        receipt.CancelledCount = 7;
        receipt.Cancelled =
        [
            .. Enumerable
                .Range(1, 7)
                .Select(i => new StoppedTask
                {
                    Id = Guid.CreateVersion7(),
                    Channel = Channel.Sms,
                    CampaignId = campaign,
                    Campaign = "Spring",
                    StepNumber = i,
                }),
        ];
        receipt.InFlight =
        [
            new InFlightContact
            {
                AttemptId = Guid.CreateVersion7(),
                TaskId = Guid.CreateVersion7(),
                Channel = Channel.Sms,
                At = Some.Now,
                StepNumber = 3,
            },
        ];

        var view = Render<ReceiptView>(p =>
            p.Add(v => v.Receipt, receipt).Add(v => v.Zone, "America/Denver")
        );

        Assert.Contains("Cancelled: 7 waiting tasks", view.Markup, StringComparison.Ordinal);
        Assert.Contains("cannot be called back: 1 contact", view.Markup, StringComparison.Ordinal);
        Assert.Equal(5, view.FindAll($"a[href='campaigns/{campaign}']").Count);
        view.Find("button").Click();
        Assert.Equal(7, view.FindAll($"a[href='campaigns/{campaign}']").Count);
    }

    [Fact]
    public void A_temporary_stop_says_until_when_in_the_customers_zone()
    {
        var receipt = Receipt();
        receipt.WaitingCount = 1;
        receipt.Until = new DateTime(2026, 7, 1, 6, 0, 0, DateTimeKind.Utc);

        var view = Render<ReceiptView>(p =>
            p.Add(v => v.Receipt, receipt).Add(v => v.Zone, "America/Denver")
        );

        Assert.Contains(
            "1 task waits until the end of 30 Jun 2026, Denver time",
            view.Markup,
            StringComparison.Ordinal
        );
        Assert.Contains("Nothing was on its way", view.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Roles.ComplianceOfficer, true)]
    [InlineData(Roles.CollectionsManager, false)]
    public void Only_a_compliance_officer_decides_about_a_message(string role, bool decides)
    {
        SignIn(role);
        var item = new ReviewItem(
            Guid.CreateVersion7(),
            "+14155550100",
            "STOP",
            Some.Now,
            [],
            null
        );

        var card = Render<ReviewCard>(p => p.Add(c => c.Item, item));

        Assert.Equal(decides ? 2 : 0, card.FindAll("button").Count);
        Assert.Contains("Nobody", card.Markup, StringComparison.Ordinal);
        Assert.Contains("read as an opt-out", card.Markup, StringComparison.Ordinal);
    }

    private static OptOutReceipt Receipt() =>
        new()
        {
            CustomerId = Guid.CreateVersion7(),
            OptOutId = Guid.CreateVersion7(),
            Channel = OptOutChannel.Sms,
            RecordedAt = Some.Now,
            RecordedByName = "Dana",
        };
}
