using Dashboard.Data.Templates;
using Dashboard.Domain.Json;

namespace Dashboard.Data.Compliance.Approvals;

/// <summary>
/// <c>ops.approval_requests.message</c>: the message as it was rendered when a person decided. Beside the texts it keeps what
/// the approval is bound to; when that moves before the contact is made, the gate asks again.
/// </summary>
public sealed class ApprovedMessage : JsonDocumentShape
{
    /// <summary>Address or number.</summary>
    public string? To { get; set; }

    /// <summary>Subject of an e-mail.</summary>
    public string? Subject { get; set; }

    /// <summary>Plain text, or what to say on the phone.</summary>
    public string Text { get; set; } = string.Empty;

    /// <summary>HTML part of an e-mail.</summary>
    public string? Html { get; set; }

    /// <summary>The template's name.</summary>
    public string? Template { get; set; }

    /// <summary>The template's version.</summary>
    public int? Version { get; set; }

    /// <summary>The invoices it is about (payment_records.id).</summary>
    public List<Guid> Invoices { get; set; } = [];

    /// <summary>The template and the invoices as they stood (<see cref="MessageSql.Key"/>).</summary>
    public string? Key { get; set; }

    /// <summary>The document's form of <paramref name="message"/>.</summary>
    public static ApprovedMessage Of(TaskMessage message) =>
        new()
        {
            To = message.To,
            Subject = message.Rendered.Subject,
            Text = message.Rendered.Text,
            Html = message.Rendered.Html,
            Template = message.Template,
            Version = message.Version,
            Invoices = [.. message.Invoices.Select(i => i.Id)],
            Key = message.Key,
        };
}
