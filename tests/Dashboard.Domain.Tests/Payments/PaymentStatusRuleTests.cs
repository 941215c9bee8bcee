using Dashboard.Domain.Payments;

namespace Dashboard.Domain.Tests.Payments;

public sealed class PaymentStatusRuleTests
{
    private static readonly DateOnly Due = new(2026, 3, 31);

    [Theory]
    [InlineData(0, null, 0, PaymentStatus.Pending)]
    [InlineData(0, null, 1, PaymentStatus.Overdue)]
    [InlineData(40, null, 1, PaymentStatus.Partial)]
    [InlineData(100, null, 1, PaymentStatus.Paid)]
    [InlineData(0, 1, 1, PaymentStatus.Paid)]
    [InlineData(0, 2, 1, PaymentStatus.Overdue)]
    public void Status_follows_from_dates_and_payments(
        int paid,
        int? paidDaysAfterDue,
        int todayDaysAfterDue,
        PaymentStatus expected
    ) =>
        Assert.Equal(
            expected,
            PaymentStatusRule.Of(
                100,
                paid,
                Due,
                paidDaysAfterDue is { } days ? Due.AddDays(days) : null,
                Due.AddDays(todayDaysAfterDue)
            )
        );

    [Fact]
    public void Outstanding_is_what_is_left_and_nothing_when_cancelled()
    {
        var invoice = new PaymentRecord
        {
            Amount = 100,
            DueDate = Due,
            Metadata = new PaymentMetadata { AmountPaid = 30 },
        };

        Assert.Equal(70, PaymentStatusRule.Outstanding(invoice, Due));
        invoice.Status = PaymentStatus.Cancelled;
        Assert.Equal(0, PaymentStatusRule.Outstanding(invoice, Due));
    }

    [Theory]
    [InlineData(-5, "current")]
    [InlineData(0, "current")]
    [InlineData(1, "1–30")]
    [InlineData(30, "1–30")]
    [InlineData(31, "31–60")]
    [InlineData(60, "31–60")]
    [InlineData(61, "61–90")]
    [InlineData(90, "61–90")]
    [InlineData(91, "90+")]
    public void Age_falls_into_its_bucket(int days, string label) =>
        Assert.Equal(label, Aging.BucketOf(Due, Due.AddDays(days)).Label());
}
