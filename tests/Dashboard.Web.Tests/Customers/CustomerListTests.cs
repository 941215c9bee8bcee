using Dashboard.Domain.Customers;
using Dashboard.Domain.OptOuts;
using Dashboard.Tests.Shared;
using Dashboard.Web.Features.Customers;
using Xunit;

namespace Dashboard.Web.Tests.Customers;

public sealed class CustomerListTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>
{
    private CustomerListQuery Query => new(fixture.Database.Factory, new TestClock());

    [Fact]
    public async Task Pages_by_keyset_show_every_customer_once_in_each_order()
    {
        const string Tag = "keyset";
        for (var i = 0; i < 130; i++)
        {
            var customer = Some.Customer(c =>
                (c.CompanyName, c.Tags) = ($"Company {i % 50}", [Tag])
            );
            var profile = Some.Profile(customer, p => p.RiskScore = i % 20 == 0 ? null : i % 30);
            await fixture.Database.AddAsync(customer, profile);
            if (i % 3 > 0)
            {
                await fixture.Database.AddAsync(
                    Some.Invoice(customer, p => p.Amount = 100 + i % 7)
                );
            }
        }

        foreach (var sort in Enum.GetValues<CustomerSort>())
        {
            foreach (var reversed in new[] { false, true })
            {
                var filter = new CustomerListFilter
                {
                    Tag = Tag,
                    Sort = sort,
                    Reversed = reversed,
                };
                var first = await Query.RunAsync(filter, null, CancellationToken.None);
                var second = await Query.RunAsync(filter, first.Next, CancellationToken.None);

                Assert.Equal((130, 100, 30), (first.Total, first.Rows.Count, second.Rows.Count));
                Assert.Equal(
                    130,
                    first.Rows.Concat(second.Rows).Select(r => r.Id).Distinct().Count()
                );
            }
        }
    }

    [Theory]
    [InlineData("mueller & partner", true)]
    [InlineData("billing-x@", true)]
    [InlineData("(212) 555 0177", true)]
    [InlineData("QQ-4711", true)]
    [InlineData("nothing of the kind", false)]
    public async Task Text_finds_by_name_address_phone_and_invoice(string text, bool found)
    {
        var customer = Some.Customer(c =>
            (c.CompanyName, c.Email, c.Phone, c.Tags) = (
                "Mueller & Partner",
                $"billing-x@{Guid.CreateVersion7():N}.example",
                "+1 212-555-0177",
                [text]
            )
        );
        await fixture.Database.AddAsync(
            customer,
            Some.Invoice(customer, i => i.InvoiceNumber = $"QQ-4711-{Guid.CreateVersion7():N}")
        );

        var page = await Query.RunAsync(
            new CustomerListFilter { Text = text, Tag = text },
            null,
            CancellationToken.None
        );

        Assert.Equal(found ? 1 : 0, page.Total);
    }

    [Fact]
    public async Task Deleted_customers_are_gone_and_an_opt_out_counts_only_while_it_is_in_force()
    {
        const string Tag = "wishes";
        var deleted = Some.Customer(c => (c.Tags, c.DeletedAt) = ([Tag], Some.Now));
        var lapsed = Some.Customer(c => c.Tags = [Tag]);
        var inForce = Some.Customer(c => c.Tags = [Tag]);
        await fixture.Database.AddAsync(
            deleted,
            lapsed,
            inForce,
            Some.OptOut(
                lapsed,
                o => (o.OptedOutAt, o.ExpiresAt) = (Some.Now.AddDays(-9), Some.Now)
            ),
            Some.OptOut(
                inForce,
                o => (o.Channel, o.OptedOutAt) = (OptOutChannel.Sms, Some.Now.AddDays(-1))
            )
        );

        var all = await Query.RunAsync(
            new CustomerListFilter { Tag = Tag },
            null,
            CancellationToken.None
        );
        var optedOut = await Query.RunAsync(
            new CustomerListFilter { Tag = Tag, OptedOut = true },
            null,
            CancellationToken.None
        );

        Assert.Equal(2, all.Total);
        var row = Assert.Single(optedOut.Rows);
        Assert.Equal((inForce.Id, "sms"), (row.Id, Assert.Single(row.OptOuts)));
    }

    [Fact]
    public async Task Money_is_summed_by_currency_and_only_what_is_past_due_counts_as_overdue()
    {
        const string Tag = "money";
        var customer = Some.Customer(c => c.Tags = [Tag]);
        await fixture.Database.AddAsync(
            customer,
            Some.Profile(customer, p => p.RiskLevel = RiskLevel.High),
            Some.Invoice(customer),
            Some.Invoice(
                customer,
                i => (i.Amount, i.DueDate) = (30, DateOnly.FromDateTime(Some.Now))
            ),
            Some.Invoice(customer, i => (i.Amount, i.Currency) = (999, "EUR"))
        );

        var row = Assert.Single(
            (
                await Query.RunAsync(
                    new CustomerListFilter
                    {
                        Tag = Tag,
                        Risks = [RiskLevel.High],
                        Ages = [AgingBucket.UpTo30],
                    },
                    null,
                    CancellationToken.None
                )
            ).Rows
        );

        Assert.Equal(["EUR", "USD"], row.Owed.Select(o => o.Currency));
        Assert.Equal((120m, 150m), (row.Owed[1].Overdue, row.Owed[1].Outstanding));
        Assert.Equal((10, 2), (row.OldestDays, row.OverdueInvoices));
    }
}
