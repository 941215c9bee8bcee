using System.Net;
using Dashboard.Domain.Contacts;

namespace Dashboard.Web.Features.OptOuts;

/// <summary>The page customers see; one document without scripts, so that it opens anywhere.</summary>
internal static class UnsubscribePage
{
    /// <summary>Asks which messages are to stop.</summary>
    public static IResult Ask(Company company, Channel channel) =>
        Page(
            StatusCodes.Status200OK,
            company,
            $"Stop {Name(channel)}?",
            $"""
            <p>{Text(company)} will send you no more {Name(
                channel
            )} about overdue invoices. The invoices themselves stay as they are.</p>
            <form method="post"><button type="submit">Stop {Name(channel)}</button></form>
            <form method="post"><input type="hidden" name="scope" value="all"><button type="submit" class="quiet">Stop e-mails, text messages and calls</button></form>
            <p class="note">If you close this page, nothing changes.</p>
            """
        );

    /// <summary>Confirms.</summary>
    public static IResult Done(Company company, Channel channel, bool everything)
    {
        var what = everything ? "e\u2011mails, text messages or calls" : Name(channel);
        var more = everything
            ? string.Empty
            : """<form method="post"><input type="hidden" name="scope" value="all"><button type="submit" class="quiet">Also stop the other channels</button></form>""";
        return Page(
            StatusCodes.Status200OK,
            company,
            "That is done",
            $"""
            <p>You will get no more {what} from {Text(
                company
            )} about overdue invoices. A message that was already on its way may still reach you.</p>
            {more}
            <p class="note">The invoices themselves stay as they are. You can always write to us.</p>
            """
        );
    }

    /// <summary>The link is not one of ours.</summary>
    public static IResult Unknown(Company company) =>
        Page(
            StatusCodes.Status404NotFound,
            company,
            "This link does not work",
            "<p>It is incomplete. Open it from the message again, or reply to the message and say that you want no more.</p>"
        );

    /// <summary>There is nobody behind the link any more.</summary>
    public static IResult Gone(Company company) =>
        Page(
            StatusCodes.Status404NotFound,
            company,
            "There is nothing to stop",
            "<p>We do not keep your address any more, so no further messages will reach you.</p>"
        );

    private static string Name(Channel channel) =>
        channel switch
        {
            Channel.Email => "e\u2011mails", // does not break at its hyphen
            Channel.Phone => "calls",
            _ => "text messages",
        };

    private static string Text(Company company) => WebUtility.HtmlEncode(company.Name);

    private static IResult Page(int status, Company company, string title, string body) =>
        Results.Content(
            $$"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
              <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
              <meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">
              <title>{{title}} · {{Text(company)}}</title>
              <style>
                :root { color-scheme: light dark; --page: light-dark(#f7f7f9, #0f0f13); --surface: light-dark(#fff, #17171c);
                  --border: light-dark(#e3e3e9, #2a2a33); --control: light-dark(#8c8c99, #6e6e7c); --text: light-dark(#1a1a21, #ececf2);
                  --muted: light-dark(#55555f, #a9a9b6); --accent: light-dark(#4f46e5, #a5a8ff); --on-accent: light-dark(#fff, #14142b); }
                * { box-sizing: border-box; }
                body { margin: 0; min-height: 100vh; padding: 12vh 16px 32px; background: var(--page); color: var(--text); font: 16px/1.5 Inter, system-ui, -apple-system, "Segoe UI", sans-serif; }
                main { max-width: 460px; margin: 0 auto; padding: 32px; border: 1px solid var(--border); border-radius: 8px; background: var(--surface); }
                .from { margin: 0 0 24px; color: var(--muted); font-size: 14px; font-weight: 600; overflow-wrap: anywhere; }
                h1 { margin: 0 0 8px; font-size: 20px; line-height: 1.3; font-weight: 600; }
                p { margin: 0 0 20px; }
                form { margin: 0 0 8px; }
                button { width: 100%; min-height: 44px; padding: 8px 16px; border: 1px solid var(--accent); border-radius: 8px; background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 600; cursor: pointer; }
                button.quiet { border-color: var(--control); background: none; color: var(--text); font-weight: 400; }
                button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
                .note { margin: 20px 0 0; color: var(--muted); font-size: 14px; }
                main > :last-child { margin-bottom: 0; }
                @media (max-width: 480px) { body { padding-top: 16px; } main { padding: 24px 20px; } }
              </style>
            </head>
            <body><main><p class="from">{{Text(
                company
            )}}</p><h1>{{title}}</h1>{{body}}</main></body>
            </html>
            """,
            "text/html; charset=utf-8",
            statusCode: status
        );
}
