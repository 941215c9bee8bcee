using Dashboard.Data.Templates;
using Dashboard.Domain.Results;
using Dashboard.Engine.Channels;

namespace Dashboard.Engine.Sending;

/// <summary>Renders the message of a reserved attempt.</summary>
internal sealed class MessageBuilder(MessageRenderer renderer)
{
    /// <summary>The message, or why it cannot be sent.</summary>
    public Result<OutgoingMessage> Build(SendJob job)
    {
        var template = job.Content is { } content
            ? new MessageTemplate(job.TemplateName!, job.Subject, content, job.Html)
            : null;
        var rendered = renderer.Render(
            new MessageParts(
                job.Channel,
                job.CustomerId,
                job.CompanyName,
                job.ContactName,
                job.Timezone,
                job.AgentName,
                job.WantedTemplate,
                template,
                job.Invoices
            )
        );
        return rendered.Error is { } failure
            ? failure
            : new OutgoingMessage(
                job.AttemptId,
                job.Channel,
                job.To,
                job.ContactName,
                rendered.Value.Subject,
                rendered.Value.Text,
                rendered.Value.Html,
                rendered.Value.UnsubscribeUrl
            );
    }
}
