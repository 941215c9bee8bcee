using Dashboard.Domain.Contacts;
using Dashboard.Domain.Customers;
using Dashboard.Tests.Shared;
using Dashboard.Web.Features.Customers;
using Dashboard.Web.Features.Customers.Reach;
using Xunit;

namespace Dashboard.Web.Tests.Customers;

public sealed class ReachTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task It_counts_who_can_be_contacted_now_and_what_binds_the_others()
    {
        // 15:00 UTC: 11:00 in New York, 08:00 in Los Angeles, 05:00 in Honolulu, where nobody is called before 08:00.
        await AddAsync("America/New_York");
        await AddAsync("Pacific/Honolulu");
        var optedOut = await AddAsync("America/New_York");
        await AddAsync("America/New_York", c => c.Mobile = c.Phone = null);
        await AddAsync("America/New_York", c => c.Tags = ["other"]);
        var rule = Some.Rule();
        await fixture.Database.AddAsync(rule, Some.OptOut(optedOut));
        var query = Query();

        var seen = new List<ReachProgress>();
        var report = await query.RunAsync(Tagged, new Ears(seen), CancellationToken.None);

        Assert.Equal(4, report.Customers);
        var phone = report.Channels.Single(c => c.Channel == Channel.Phone);
        var email = report.Channels.Single(c => c.Channel == Channel.Email);
        Assert.Equal((2, 2), (phone.Now, email.Now));
        Assert.Equal(
            [new ReachReason(rule.Name, 1), new ReachReason("No number on file", 1)],
            phone.Reasons.OrderByDescending(r => r.Reason, StringComparer.Ordinal)
        );
        Assert.Contains(new ReachReason("Opt-out", 1), email.Reasons);
        // 08:00 in Honolulu is three hours away.
        Assert.Equal([3], Enumerable.Range(0, 24).Where(h => phone.Opening[h] == 1));
        Assert.Equal(new ReachProgress(4, 4), seen[^1]);
        Assert.Equal(
            "Reachable now: 2 by phone · 2 by e-mail · 2 by SMS of 4",
            ReachWording.Line(report)
        );
    }

    [Fact]
    public async Task A_cancelled_count_gives_no_number()
    {
        await AddAsync("America/New_York", c => c.Tags = ["cancelled"]);
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Query().RunAsync(new CustomerListFilter { Tag = "cancelled" }, null, stop.Token)
        );
    }

    [Fact]
    public async Task An_empty_list_is_no_error()
    {
        var report = await Query()
            .RunAsync(
                new CustomerListFilter { Text = "nobody is called this" },
                null,
                CancellationToken.None
            );

        Assert.Equal(0, report.Customers);
        Assert.Equal("No customer on this list", ReachWording.Line(report));
    }

    private static CustomerListFilter Tagged => new() { Tag = "reach" };

    private ReachQuery Query()
    {
        var clock = new TestClock();
        return new ReachQuery(
            fixture.Database.Factory,
            new CustomerListQuery(fixture.Database.Factory, clock),
            clock
        );
    }

    private async Task<Customer> AddAsync(string zone, Action<Customer>? with = null)
    {
        var customer = Some.Customer(c =>
        {
            c.Tags = ["reach"];
            with?.Invoke(c);
        });
        await fixture.Database.AddAsync(customer, Some.Profile(customer, p => p.Timezone = zone));
        return customer;
    }

    private sealed class Ears(List<ReachProgress> heard) : IProgress<ReachProgress>
    {
        public void Report(ReachProgress value) => heard.Add(value);
    }
}
