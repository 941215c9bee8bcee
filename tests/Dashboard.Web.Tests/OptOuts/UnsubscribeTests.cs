using System.Net;
using System.Text;
using Dashboard.Data.OptOuts;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Customers;
using Dashboard.Domain.OptOuts;
using Dashboard.Tests.Shared;
using Dashboard.Web.Tests.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dashboard.Web.Tests.OptOuts;

public sealed class UnsubscribeTests(RunningProgram program) : IClassFixture<RunningProgram>
{
    [Fact]
    public async Task Opening_the_link_asks_and_changes_nothing()
    {
        var (customer, path) = await LinkAsync();
        using var visitor = program.NewVisitor();

        var page = await visitor.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("Accounts Receivable", page.Text, StringComparison.Ordinal);
        Assert.Equal(2, page.Page.Forms.Length);
        Assert.Empty(await RowsAsync(customer));
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "List-Unsubscribe=One-Click")]
    [InlineData(
        "multipart/form-data; boundary=x",
        "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n"
    )]
    [InlineData("multipart/form-data; boundary=x", "not a form at all")]
    [InlineData("text/plain", "List-Unsubscribe=One-Click")]
    [InlineData(null, "")]
    public async Task One_click_works_without_cookies_however_it_is_sent_and_twice_is_once(
        string? type,
        string body
    )
    {
        var (customer, path) = await LinkAsync();
        using var client = new HttpClient { BaseAddress = program.Address };
        for (var i = 0; i < 2; i++)
        {
            using var content = new ByteArrayContent(Encoding.ASCII.GetBytes(body));
            if (type is not null)
            {
                content.Headers.TryAddWithoutValidation("Content-Type", type);
            }

            using var answer = await client.PostAsync(path, content);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        var row = Assert.Single(await RowsAsync(customer));
        Assert.Equal((OptOutChannel.Email, null), (row.Channel, row.ExpiresAt));
        Assert.Equal(OptOutSources.UnsubscribeLink, row.Metadata!.Source);
        Assert.NotNull(row.Metadata.Receipt);
    }

    [Fact]
    public async Task The_page_can_stop_every_channel()
    {
        var (customer, path) = await LinkAsync();
        using var client = new HttpClient { BaseAddress = program.Address };
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("scope", "all")]);

        using var answer = await client.PostAsync(path, form);

        Assert.Contains(
            "calls",
            await answer.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        Assert.Equal(OptOutChannel.All, Assert.Single(await RowsAsync(customer)).Channel);
    }

    [Fact]
    public async Task A_forged_link_says_what_to_do()
    {
        var (_, path) = await LinkAsync();
        using var client = new HttpClient { BaseAddress = program.Address };

        using var answer = await client.PostAsync(path[..^2] + "AA", null);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private async Task<(Customer Customer, string Path)> LinkAsync()
    {
        var customer = Some.Customer();
        await program.Database.AddAsync(customer);
        var link = program
            .Services.GetRequiredService<IUnsubscribeLinks>()
            .Create(customer.Id, Channel.Email)!;
        return (customer, new Uri(link).AbsolutePath);
    }

    private Task<List<OptOut>> RowsAsync(Customer customer) =>
        program.Database.ReadAsync(db =>
            db.OptOuts.Where(o => o.CustomerId == customer.Id).ToListAsync()
        );
}
