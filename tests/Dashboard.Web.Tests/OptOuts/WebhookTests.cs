using System.Net;
using System.Text;
using Dashboard.Domain.OptOuts;
using Dashboard.Tests.Shared;
using Dashboard.Web.Features.OptOuts;
using Dashboard.Web.Tests.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace Dashboard.Web.Tests.OptOuts;

public sealed class WebhookTests(RunningProgram program) : IClassFixture<RunningProgram>
{
    private const string Secret = "12345";
    private const string PublicUrl = "http://localhost:5080";

    [Fact]
    public void A_signature_is_the_one_of_twilios_documentation()
    {
        // twilio.com/docs/usage/security: the example with these fields and the token 12345.
        var signature = TwilioSignature.Create(
            "12345",
            "https://mycompany.com/myapp.php?foo=1&bar=2",
            new Dictionary<string, string>
            {
                ["CallSid"] = "CA1234567890ABCDE",
                ["Caller"] = "+14158675309",
                ["Digits"] = "1234",
                ["From"] = "+14158675309",
                ["To"] = "+18005551212",
            }
        );

        Assert.Equal("RSOYDt4T1cUTdK1PDd93/VVr8B8=", signature);
    }

    [Fact]
    public async Task A_signed_stop_opts_out_and_is_answered_with_empty_twiml()
    {
        var customer = Some.Customer(c => c.Mobile = "+1 (415) 555-0142");
        await program.Database.AddAsync(customer, Some.Profile(customer));

        var (status, type, body) = await PostAsync("+14155550142", "ＳＴＯＰ!", "SM100");
        var again = await PostAsync("+14155550142", "ＳＴＯＰ!", "SM100");

        Assert.Equal((HttpStatusCode.OK, "text/xml"), (status, type));
        Assert.Contains("<Response/>", body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, again.Status);
        var row = await program.Database.ReadAsync(db =>
            db.OptOuts.SingleAsync(o => o.CustomerId == customer.Id)
        );
        Assert.Equal(
            (OptOutChannel.Sms, null, OptOutSources.Sms),
            (row.Channel, row.ExpiresAt, row.Metadata!.Source)
        );
        Assert.Equal(
            1,
            await program.Database.ReadAsync(db =>
                db.InboundContacts.CountAsync(i => i.ProviderId == "SM100")
            )
        );
    }

    [Fact]
    public async Task Help_is_answered_with_the_company_and_how_to_stop()
    {
        var customer = Some.Customer(c => c.Mobile = "+14155550177");
        await program.Database.AddAsync(customer, Some.Profile(customer));

        var (_, _, body) = await PostAsync("+14155550177", "help", "SM200");

        Assert.Contains("Accounts Receivable", body, StringComparison.Ordinal);
        Assert.Contains("STOP", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData(null)]
    public async Task What_is_not_signed_is_refused_and_leaves_no_trace(string? signature)
    {
        var (status, _, _) = await PostAsync(
            "+14155550199",
            "STOP",
            "SM300",
            signature,
            sign: false
        );

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.False(
            await program.Database.ReadAsync(db =>
                db.InboundContacts.AnyAsync(i => i.ProviderId == "SM300")
            )
        );
    }

    [Fact]
    public async Task A_changed_field_breaks_the_signature()
    {
        Configure(Secret);
        var signature = TwilioSignature.Create(
            Secret,
            PublicUrl + TwilioEndpoints.SmsPath,
            Fields("+14155550199", "yes", "SM400")
        );

        var (status, _, _) = await PostAsync(
            "+14155550199",
            "STOP",
            "SM400",
            signature,
            sign: false
        );

        Assert.Equal(HttpStatusCode.Forbidden, status);
    }

    [Fact]
    public async Task Without_a_secret_there_is_no_such_address()
    {
        Configure(null);
        using var client = new HttpClient { BaseAddress = program.Address };
        using var form = new FormUrlEncodedContent(Fields("+14155550199", "STOP", "SM500"));

        var answer = await client.PostAsync(TwilioEndpoints.SmsPath, form);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_signed_body_that_is_no_form_is_refused()
    {
        Configure(Secret);
        using var client = new HttpClient { BaseAddress = program.Address };
        using var json = new StringContent("{}", Encoding.UTF8, "application/json");

        var answer = await client.PostAsync(TwilioEndpoints.SmsPath, json);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private async Task<(HttpStatusCode Status, string? Type, string Body)> PostAsync(
        string from,
        string text,
        string sid,
        string? signature = null,
        bool sign = true
    )
    {
        Configure(Secret);
        var fields = Fields(from, text, sid);
        using var client = new HttpClient { BaseAddress = program.Address };
        using var form = new FormUrlEncodedContent(fields);
        using var request = new HttpRequestMessage(HttpMethod.Post, TwilioEndpoints.SmsPath)
        {
            Content = form,
        };
        var header = sign
            ? TwilioSignature.Create(Secret, PublicUrl + TwilioEndpoints.SmsPath, fields)
            : signature;
        if (header is not null)
        {
            request.Headers.Add(TwilioSignature.Header, header);
        }

        using var answer = await client.SendAsync(request);
        return (
            answer.StatusCode,
            answer.Content.Headers.ContentType?.MediaType,
            await answer.Content.ReadAsStringAsync()
        );
    }

    private void Configure(string? secret) =>
        program.Services.GetRequiredService<IOptions<TwilioSettings>>().Value.AuthToken = secret;

    private static Dictionary<string, string> Fields(string from, string text, string sid) =>
        new(StringComparer.Ordinal)
        {
            ["MessageSid"] = sid,
            ["From"] = from,
            ["To"] = "+18005551212",
            ["Body"] = text,
            ["NumMedia"] = "0",
        };
}
