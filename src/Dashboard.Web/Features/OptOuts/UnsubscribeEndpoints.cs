using System.Net;
using Dashboard.Data.Commands;
using Dashboard.Data.OptOuts;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.OptOuts;

namespace Dashboard.Web.Features.OptOuts;

/// <summary>
/// Where the links in messages lead: a customer leaves a channel without signing in. GET asks, POST does it; mail programs
/// post by themselves (RFC 8058), so there is no antiforgery token: the signed link is the right.
/// </summary>
public static class UnsubscribeEndpoints
{
    /// <summary>Maps both.</summary>
    public static void MapUnsubscribe(this IEndpointRouteBuilder app)
    {
        app.MapGet("/unsubscribe/{token}", Ask).AllowAnonymous();
        app.MapPost("/unsubscribe/{token}", LeaveAsync).AllowAnonymous().DisableAntiforgery();
    }

    private static IResult Ask(string token, IUnsubscribeLinks links) =>
        links.Read(token) is { } who
            ? Page(
                StatusCodes.Status200OK,
                $"Stop {Name(who.Channel)}?",
                $"""
                <p>We will send you no more {Name(
                    who.Channel
                )} about overdue invoices. The invoices themselves stay as they are.</p>
                <form method="post"><button type="submit">Stop {Name(who.Channel)}</button></form>
                """
            )
            : Unknown();

    private static async Task<IResult> LeaveAsync(
        string token,
        IUnsubscribeLinks links,
        CommandRunner commands,
        CancellationToken cancellationToken
    )
    {
        if (links.Read(token) is not { } who)
        {
            return Unknown();
        }

        var channel = who.Channel switch
        {
            Channel.Email => OptOutChannel.Email,
            Channel.Phone => OptOutChannel.Phone,
            _ => OptOutChannel.Sms,
        };
        var result = await commands.RunAsync(
            new AddOptOut(
                who.CustomerId,
                channel,
                "Used the link in a message",
                Source: "unsubscribe_link"
            ),
            Actor.System("unsubscribe"),
            cancellationToken
        );
        return result.Error is { } error
            ? Page(
                StatusCodes.Status404NotFound,
                "That did not work",
                $"<p>{WebUtility.HtmlEncode(error.Message)}</p>"
            )
            : Page(
                StatusCodes.Status200OK,
                "Done",
                $"<p>You will get no more {Name(who.Channel)} from us.</p>"
            );
    }

    private static IResult Unknown() =>
        Page(
            StatusCodes.Status404NotFound,
            "This link does not work",
            "<p>It is incomplete. Open it from the message again, or reply to the message and say that you want no more.</p>"
        );

    private static string Name(Channel channel) =>
        channel switch
        {
            Channel.Email => "e-mails",
            Channel.Phone => "calls",
            _ => "text messages",
        };

    private static IResult Page(int status, string title, string body) =>
        Results.Content(
            $$"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
              <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
              <meta name="robots" content="noindex"><title>{{title}}</title>
              <style>
                :root { color-scheme: light dark; }
                body { font: 16px/1.5 system-ui, sans-serif; max-width: 32rem; margin: 15vh auto 0; padding: 0 24px; }
                h1 { font-size: 20px; }
                button { font: inherit; font-weight: 600; padding: 10px 16px; border: 0; border-radius: 8px; background: #4338ca; color: #fff; }
              </style>
            </head>
            <body><main><h1>{{title}}</h1>{{body}}</main></body>
            </html>
            """,
            "text/html; charset=utf-8",
            statusCode: status
        );
}
