using Dashboard.Domain.OptOuts;
using Dashboard.Tests.Shared;
using Dashboard.Web.Features.OptOuts;
using Xunit;

namespace Dashboard.Web.Tests.OptOuts;

public sealed class OptOutListTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>
{
    private readonly OptOutListQuery _list = new(fixture.Database.Factory, new TestClock());

    [Fact]
    public async Task The_list_is_narrowed_by_state_channel_source_customer_and_text()
    {
        var one = Some.Customer(c => c.CompanyName = "Zebra & Söhne");
        var two = Some.Customer();
        await fixture.Database.AddAsync(
            one,
            two,
            Some.OptOut(
                one,
                o =>
                    (o.Reason, o.Metadata) = ("100% sure", new OptOutMetadata { Source = "letter" })
            ),
            Some.OptOut(
                one,
                o => (o.Channel, o.ExpiresAt) = (OptOutChannel.Sms, Some.Now.AddDays(1))
            ),
            Some.OptOut(one, o => (o.Channel, o.ExpiresAt) = (OptOutChannel.Phone, Some.Now)),
            Some.OptOut(
                two,
                o =>
                    (o.Channel, o.ExpiresAt, o.Metadata) = (
                        OptOutChannel.Sms,
                        Some.Now.AddYears(10),
                        new OptOutMetadata { Source = "sms_review", Hold = new OptOutHold() }
                    )
            )
        );
        var own = new OptOutFilter { CustomerId = one.Id };

        Assert.Equal(2, await CountAsync(own));
        Assert.Equal(1, await CountAsync(own with { State = OptOutState.Temporary }));
        Assert.Equal(1, await CountAsync(own with { State = OptOutState.Ended }));
        Assert.Equal(3, await CountAsync(own with { State = OptOutState.All }));
        Assert.Equal(
            1,
            await CountAsync(new OptOutFilter { CustomerId = two.Id, State = OptOutState.Held })
        );
        Assert.Equal(
            0,
            await CountAsync(
                new OptOutFilter { CustomerId = two.Id, State = OptOutState.Temporary }
            )
        );
        Assert.Equal(1, await CountAsync(own with { Channels = [OptOutChannel.Sms] }));
        Assert.Equal(1, await CountAsync(own with { Sources = ["letter"] }));
        Assert.Equal(1, await CountAsync(own with { Sources = ["unknown"] }));
        Assert.Equal(1, await CountAsync(new OptOutFilter { Text = "100%" }));
        Assert.Equal(2, await CountAsync(new OptOutFilter { Text = "zebra" }));
        Assert.Equal(2, (await _list.MatchingAsync(own, CancellationToken.None)).Count);
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repetition()
    {
        var customers = Enumerable.Range(0, 130).Select(_ => Some.Customer()).ToList();
        await fixture.Database.AddAsync([.. customers]);
        await fixture.Database.AddAsync([
            .. customers.Select(c =>
                Some.OptOut(c, o => o.Metadata = new OptOutMetadata { Source = "paging" })
            ),
        ]);
        var filter = new OptOutFilter { Sources = ["paging"] };

        var first = await _list.RunAsync(filter, null, CancellationToken.None);
        var second = await _list.RunAsync(filter, first.Next, CancellationToken.None);

        Assert.Equal((100, 30, 130), (first.Rows.Count, second.Rows.Count, first.Total));
        Assert.Null(second.Next);
        Assert.Equal(130, first.Rows.Concat(second.Rows).Select(r => r.Id).Distinct().Count());
        var all = new List<Guid>();
        await foreach (var row in _list.AllAsync(filter, CancellationToken.None))
        {
            all.Add(row.Id);
        }

        Assert.Equal(130, all.Distinct().Count());
    }

    [Theory]
    [InlineData(null, null, null, null)]
    [InlineData("held", "sms,email", "import", "a&b=c")]
    public void A_filter_survives_the_address(
        string? state,
        string? channel,
        string? source,
        string? q
    )
    {
        var filter = OptOutFilter.From(state, channel, source, q, null);
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(filter.ToQuery());

        string? Value(string name) =>
            query.TryGetValue(name, out var value) ? value.ToString() : null;
        Assert.Equal(
            filter,
            OptOutFilter.From(Value("state"), Value("channel"), Value("source"), Value("q"), null)
        );
    }

    private async Task<int> CountAsync(OptOutFilter filter) =>
        (await _list.RunAsync(filter, null, CancellationToken.None)).Total;
}
