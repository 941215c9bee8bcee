using Dashboard.Data.Commands;
using Dashboard.Data.OptOuts;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.OptOuts;
using Dashboard.Web.Identity;

namespace Dashboard.Web.Features.OptOuts;

/// <summary>
/// Where the links in messages lead: a customer leaves a channel without signing in. GET only asks, because scanners open links;
/// POST does it; mail programs post by themselves (RFC 8058), so there is no antiforgery token and no cookie: the signed link
/// is the right. Doing it twice is doing it once.
/// </summary>
public static class UnsubscribeEndpoints
{
    /// <summary>The form's field that asks for every channel.</summary>
    private const string Scope = "scope";

    /// <summary>Maps both.</summary>
    public static void MapUnsubscribe(this IEndpointRouteBuilder app)
    {
        app.MapGet("/unsubscribe/{token}", Ask).AllowAnonymous();
        app.MapPost("/unsubscribe/{token}", LeaveAsync).AllowAnonymous().DisableAntiforgery();
    }

    private static IResult Ask(string token, IUnsubscribeLinks links, Company company) =>
        links.Read(token) is { } who
            ? UnsubscribePage.Ask(company, who.Channel)
            : UnsubscribePage.Unknown(company);

    private static async Task<IResult> LeaveAsync(
        string token,
        HttpContext http,
        IUnsubscribeLinks links,
        CommandRunner commands,
        Company company
    )
    {
        if (links.Read(token) is not { } who)
        {
            return UnsubscribePage.Unknown(company);
        }

        var everything = await AsksForAllAsync(http);
        var result = await commands.RunAsync(
            new AddOptOut(
                who.CustomerId,
                everything ? OptOutChannel.All : Of(who.Channel),
                "Used the link in a message",
                Source: OptOutSources.UnsubscribeLink
            ),
            Actor.System("unsubscribe") with
            {
                IpAddress = http.Connection.RemoteIpAddress,
                UserAgent = CurrentActor.Browser(http),
            },
            http.RequestAborted
        );
        return result.Error is null
            ? UnsubscribePage.Done(company, who.Channel, everything)
            : UnsubscribePage.Gone(company);
    }

    /// <summary>
    /// A mail program sends <c>List-Unsubscribe=One-Click</c> as a form of either kind; whatever else comes, or nothing at all, is
    /// the same wish and must not fail.
    /// </summary>
    private static async Task<bool> AsksForAllAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType)
        {
            return false;
        }

        try
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            return form[Scope] == "all";
        }
        catch (Exception malformed) when (malformed is InvalidDataException or IOException)
        {
            return false;
        }
    }

    private static OptOutChannel Of(Channel channel) =>
        channel switch
        {
            Channel.Email => OptOutChannel.Email,
            Channel.Phone => OptOutChannel.Phone,
            _ => OptOutChannel.Sms,
        };
}
