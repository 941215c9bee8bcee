using Dashboard.Data.OptOuts;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Results;
using Dashboard.Domain.Time;
using Microsoft.Extensions.Options;

namespace Dashboard.Data.Templates;

/// <summary>What one message is made of.</summary>
/// <param name="Channel">The way it goes.</param>
/// <param name="CustomerId">Whom it is for.</param>
/// <param name="CompanyName">The customer's company.</param>
/// <param name="ContactName">The person there.</param>
/// <param name="Timezone">IANA zone of the customer; UTC when there is none.</param>
/// <param name="AgentName">Who writes or calls.</param>
/// <param name="Wanted">The template the task names.</param>
/// <param name="Template">The active template of the channel; null when there is none.</param>
/// <param name="Invoices">What it is about.</param>
public sealed record MessageParts(
    Channel Channel,
    Guid CustomerId,
    string CompanyName,
    string ContactName,
    string? Timezone,
    string AgentName,
    string? Wanted,
    MessageTemplate? Template,
    IReadOnlyList<InvoiceValues> Invoices
);

/// <summary>A template's texts.</summary>
public sealed record MessageTemplate(string Name, string? Subject, string Content, string? Html);

/// <summary>A message as it leaves.</summary>
/// <param name="Subject">One line; null where the channel has none.</param>
/// <param name="Text">Plain text, or what to say on the phone.</param>
/// <param name="Html">HTML part of an e-mail.</param>
/// <param name="UnsubscribeUrl">The signed link; null when no public address is configured.</param>
public sealed record RenderedMessage(
    string? Subject,
    string Text,
    string? Html,
    string? UnsubscribeUrl
);

/// <summary>
/// Renders messages: the one that is sent, the one an officer approves and the one a task's panel shows are the same.
/// </summary>
public sealed class MessageRenderer(
    TemplateRenderer templates,
    IUnsubscribeLinks links,
    IOptions<MessageOptions> options,
    TimeProvider time
)
{
    /// <summary>The message, or why there is none: <c>template_missing</c> or <c>template_failed</c>.</summary>
    public Result<RenderedMessage> Render(MessageParts parts)
    {
        if (parts.Template is not { } template)
        {
            return new Error(
                "template_missing",
                $"There is no active template '{parts.Wanted}' for {Name(parts.Channel)}."
            );
        }

        var unsubscribe = links.Create(parts.CustomerId, parts.Channel);
        var values = TemplateValues.Create(
            parts.CompanyName,
            parts.ContactName,
            parts.Invoices,
            options.Value.CompanyName,
            parts.AgentName,
            unsubscribe,
            Today(parts.Timezone)
        );
        var isMail = parts.Channel == Channel.Email;
        var rendered = templates.Render(
            isMail ? template.Subject ?? string.Empty : null,
            template.Content,
            isMail ? template.Html : null,
            values
        );
        return rendered.Error is { } failure
            ? failure with
            {
                Message = $"Template '{template.Name}': {failure.Message}",
            }
            : new RenderedMessage(
                rendered.Value.Subject,
                rendered.Value.Text,
                rendered.Value.Html,
                unsubscribe
            );
    }

    /// <summary>The date at the customer.</summary>
    private DateOnly Today(string? timezone)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return DateOnly.FromDateTime(LocalZone.Find(timezone)?.LocalAt(now) ?? now);
    }

    private static string Name(Channel channel) =>
        channel switch
        {
            Channel.Email => "e-mail",
            Channel.Phone => "phone",
            _ => "SMS",
        };
}
