using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Tests.Shared;
using Dashboard.Web.Features.Customers;
using Xunit;

namespace Dashboard.Web.Tests.Customers;

public sealed class NextAllowedContactTests(DatabaseFixture fixture)
    : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Each_channel_says_when_and_which_rule_binds()
    {
        // 15:00 UTC is 08:00 in Los Angeles, and the rule opens at 08:00; an hour earlier it is closed.
        var customer = Some.Customer(c => c.Mobile = c.Phone = null);
        await fixture.Database.AddAsync(
            customer,
            Some.Profile(customer, p => p.Timezone = "America/Los_Angeles"),
            Some.Rule(),
            Some.OptOut(customer)
        );
        var query = new NextAllowedContactQuery(
            fixture.Database.Factory,
            new TestClock(Some.Now.AddHours(-1))
        );

        var next = (await query.RunAsync(customer, CancellationToken.None)).ToDictionary(n =>
            n.Channel
        );

        Assert.Equal(GateVerdict.Blocked, next[Channel.Email].Decision.Verdict);
        Assert.Null(next[Channel.Email].At);
        Assert.Equal("opt_out", next[Channel.Email].Decision.Binding?.Rule);
        Assert.Equal(Some.Now, next[Channel.Phone].At);
        Assert.False(next[Channel.Phone].Reachable);
        Assert.True(next[Channel.Email].Reachable);
        Assert.Empty(next[Channel.Phone].Week);
        Assert.Equal(NextContact.Days, next[Channel.Email].Week.Count);
        Assert.All(next[Channel.Email].Week.SelectMany(d => d.Spans), s => Assert.False(s.IsOpen));
    }
}
