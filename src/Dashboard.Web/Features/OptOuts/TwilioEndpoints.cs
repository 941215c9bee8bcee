using System.Security;
using Dashboard.Data.Commands;
using Dashboard.Data.Contacts;
using Dashboard.Domain.Audit;
using Dashboard.Web.Hosting;
using Dashboard.Web.Identity;
using Microsoft.Extensions.Options;

namespace Dashboard.Web.Features.OptOuts;

/// <summary>
/// <c>POST /webhooks/twilio/sms</c>: a customer texted. Only what Twilio signed is read; without a configured secret there is no
/// such address. The answer is TwiML.
/// </summary>
public static class TwilioEndpoints
{
    /// <summary>Where Twilio posts texts, from the public address on.</summary>
    public const string SmsPath = "/webhooks/twilio/sms";

    private const string Nothing = "<Response/>";

    /// <summary>Maps it.</summary>
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(SmsPath, ReceiveAsync).AllowAnonymous().DisableAntiforgery();

    private static async Task<IResult> ReceiveAsync(
        HttpContext http,
        IOptions<TwilioSettings> twilio,
        IOptions<DashboardOptions> product,
        Company company,
        CommandRunner commands
    )
    {
        if (twilio.Value.AuthToken is not { Length: > 0 } secret)
        {
            return Results.NotFound();
        }

        if (await FieldsAsync(http) is not { } fields)
        {
            return Results.BadRequest("The body has to be a form.");
        }

        var expected = TwilioSignature.Create(secret, PublicAddress(http, product.Value), fields);
        if (!TwilioSignature.Matches(expected, http.Request.Headers[TwilioSignature.Header]))
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        var form = fields.ToLookup(f => f.Key, f => f.Value, StringComparer.Ordinal);
        var sid = form["MessageSid"].FirstOrDefault() ?? form["SmsMessageSid"].FirstOrDefault();
        var body = form["Body"].FirstOrDefault();
        var result = await commands.RunAsync(
            new RecordInboundSms(
                form["From"].FirstOrDefault() ?? string.Empty,
                // A picture comes without a word.
                string.IsNullOrWhiteSpace(body)
                    ? "(no text)"
                    : body,
                sid
            ),
            Sender(http),
            http.RequestAborted
        );
        return result.Error switch
        {
            // Another delivery of the same message was quicker.
            { Code: "already_exists" } => TwiMl(Nothing),
            { Code: "invalid" } error => Results.BadRequest(error.Message),
            { } error => Results.Problem(error.Message, statusCode: 503),
            null => TwiMl(result.Value.AnswerHelp ? Help(company) : Nothing),
        };
    }

    /// <summary>Null when the body is no form.</summary>
    private static async Task<List<KeyValuePair<string, string>>?> FieldsAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType)
        {
            return null;
        }

        try
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            return
            [
                .. form.SelectMany(f =>
                    f.Value.Select(v => KeyValuePair.Create(f.Key, v ?? string.Empty))
                ),
            ];
        }
        catch (Exception malformed) when (malformed is InvalidDataException or IOException)
        {
            return null;
        }
    }

    /// <summary>The address Twilio was given, whatever a proxy made of it on the way here.</summary>
    private static string PublicAddress(HttpContext http, DashboardOptions product) =>
        product.PublicUrl.TrimEnd('/') + SmsPath + http.Request.QueryString.Value;

    private static Actor Sender(HttpContext http) =>
        Actor.System("twilio") with
        {
            Type = ActorType.System,
            IpAddress = http.Connection.RemoteIpAddress,
            UserAgent = CurrentActor.Browser(http),
        };

    private static string Help(Company company) =>
        $"<Response><Message>{SecurityElement.Escape(company.Name)}: messages about overdue invoices. Reply STOP to get no more text messages, or reply with your question and a person will read it.</Message></Response>";

    private static IResult TwiMl(string response) =>
        Results.Content(
            $"""<?xml version="1.0" encoding="UTF-8"?>{response}""",
            "text/xml; charset=utf-8"
        );
}
