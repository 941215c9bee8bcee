using Dashboard.Data.OptOuts;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Results;
using Dashboard.Domain.Time;
using Dashboard.Engine.Channels;
using Dashboard.Engine.Templates;
using Microsoft.Extensions.Options;

namespace Dashboard.Engine.Sending;

/// <summary>Renders the message of a reserved attempt.</summary>
internal sealed class MessageBuilder(
    TemplateRenderer renderer,
    IUnsubscribeLinks links,
    IOptions<EngineOptions> options,
    TimeProvider time
)
{
    /// <summary>The message, or why it cannot be sent.</summary>
    public Result<OutgoingMessage> Build(SendJob job)
    {
        if (job.Content is null)
        {
            return new Error(
                "template_missing",
                $"There is no active template '{job.WantedTemplate}' for {Name(job.Channel)}."
            );
        }

        var unsubscribe = links.Create(job.CustomerId, job.Channel);
        var values = TemplateValues.Create(
            job.CompanyName,
            job.ContactName,
            job.Invoices,
            options.Value.CompanyName,
            job.AgentName,
            unsubscribe,
            Today(job.Timezone)
        );
        var rendered = renderer.Render(
            job.Channel == Channel.Email ? job.Subject ?? string.Empty : null,
            job.Content,
            job.Channel == Channel.Email ? job.Html : null,
            values
        );
        return rendered.Error is { } failure
            ? failure with
            {
                Message = $"Template '{job.TemplateName}': {failure.Message}",
            }
            : new OutgoingMessage(
                job.AttemptId,
                job.Channel,
                job.To,
                job.ContactName,
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
