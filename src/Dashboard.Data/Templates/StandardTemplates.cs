using Dashboard.Domain.Contacts;
using Dashboard.Domain.Templates;

namespace Dashboard.Data.Templates;

/// <summary>The templates of the standard escalation (<see cref="Domain.Campaigns.StandardSteps"/>), in plain English.</summary>
public static class StandardTemplates
{
    private const string InvoiceLines = """
        {{#each invoices}}
        - Invoice {{number}}: {{currency}} {{amount}}, due {{due_date}}, days overdue: {{days_overdue}}
        {{/each}}
        """;

    private const string InvoiceTable = """
        <table cellpadding="8" cellspacing="0" style="border-collapse:collapse;margin:16px 0">
        <tr style="text-align:left;border-bottom:1px solid #c8ccd4"><th>Invoice</th><th>Due</th><th>Days overdue</th><th style="text-align:right">Open</th></tr>
        {{#each invoices}}
        <tr style="border-bottom:1px solid #e6e8ec"><td>{{number}}</td><td>{{due_date}}</td><td>{{days_overdue}}</td><td style="text-align:right">{{currency}} {{amount}}</td></tr>
        {{/each}}
        </table>
        """;

    private const string Footer = """
        {{#if unsubscribe_url}}

        To receive no more e-mails about this: {{unsubscribe_url}}
        {{/if}}
        """;

    private const string HtmlFooter = """
        {{#if unsubscribe_url}}<p style="font-size:12px;color:#5b6472"><a href="{{unsubscribe_url}}">Receive no more e-mails about this</a></p>{{/if}}
        """;

    /// <summary>Fresh rows; the names are what steps refer to.</summary>
    public static IReadOnlyList<Template> Create() =>
        [FriendlyReminder(), SecondReminder(), SmsReminder(), CallScript(), FinalNotice()];

    private static Template FriendlyReminder() =>
        Email(
            "friendly_reminder",
            "reminder",
            "A reminder about invoice {{invoice.number}}",
            """
            Dear {{customer.contact_name}},

            this is a friendly reminder that the following is past its due date:

            """
                + InvoiceLines
                + """

                Together: {{total_overdue}}.

                If you have paid in the meantime, please accept our thanks and disregard this message. If anything about the
                invoice is unclear, just reply; we are glad to help.

                Kind regards,
                {{company.name}}
                """,
            """<p>this is a friendly reminder that the following is past its due date:</p>""",
            """
            <p>Together: <strong>{{total_overdue}}</strong>.</p>
            <p>If you have paid in the meantime, please accept our thanks and disregard this message. If anything about the
            invoice is unclear, just reply; we are glad to help.</p>
            """
        );

    private static Template SecondReminder() =>
        Email(
            "second_reminder",
            "reminder",
            "Second reminder: {{total_overdue}} overdue",
            """
            Dear {{customer.contact_name}},

            we wrote to you about the following and have not seen a payment yet:

            """
                + InvoiceLines
                + """

                Please pay {{total_overdue}} within the next seven days, or reply and tell us when we can expect it. If you
                dispute an invoice or need other terms, tell us; it is easiest to settle early.

                Kind regards,
                {{company.name}}
                """,
            """<p>we wrote to you about the following and have not seen a payment yet:</p>""",
            """
            <p>Please pay <strong>{{total_overdue}}</strong> within the next seven days, or reply and tell us when we can expect
            it. If you dispute an invoice or need other terms, tell us; it is easiest to settle early.</p>
            """
        );

    private static Template FinalNotice() =>
        Email(
            "final_notice",
            "final_notice",
            "Final notice: {{total_overdue}} overdue",
            """
            Dear {{customer.contact_name}},

            in spite of our reminders the following is still unpaid:

            """
                + InvoiceLines
                + """

                This is our final notice before we review what further steps are open to us. Please pay {{total_overdue}} within
                ten days, or call us to agree on how to settle it.

                Sincerely,
                {{company.name}}
                """,
            """<p>in spite of our reminders the following is still unpaid:</p>""",
            """
            <p>This is our <strong>final notice</strong> before we review what further steps are open to us. Please pay
            <strong>{{total_overdue}}</strong> within ten days, or call us to agree on how to settle it.</p>
            """
        );

    private static Template SmsReminder() =>
        new()
        {
            Name = "sms_reminder",
            Type = TemplateType.Sms,
            Channel = Channel.Sms,
            Category = "reminder",
            Content =
                "{{company.name}}: {{total_overdue}} is overdue (invoice {{invoice.number}}). Please pay or call us. Reply STOP to opt out.",
            Variables = ["company.name", "total_overdue", "invoice.number"],
        };

    private static Template CallScript() =>
        new()
        {
            Name = "call_script",
            Type = TemplateType.PhoneScript,
            Channel = Channel.Phone,
            Category = "escalation",
            Content = """
                Good day, this is {{agent.name}} calling for {{company.name}}. Am I speaking with {{customer.contact_name}}?

                (Only when it is the right person:)
                I am calling about {{invoice_count}} overdue invoice(s) of {{customer.company_name}}, {{total_overdue}} together.
                The oldest is {{invoice.number}}, due {{invoice.due_date}}.

                - May I ask when we can expect the payment?
                - Is anything about the invoices unclear or disputed?
                - Would another arrangement help?

                Thank you for your time.
                """,
            Variables =
            [
                "agent.name",
                "company.name",
                "customer.contact_name",
                "customer.company_name",
                "invoice_count",
                "total_overdue",
                "invoice.number",
                "invoice.due_date",
            ],
        };

    private static Template Email(
        string name,
        string category,
        string subject,
        string text,
        string htmlOpening,
        string htmlClosing
    ) =>
        new()
        {
            Name = name,
            Type = TemplateType.Email,
            Channel = Channel.Email,
            Category = category,
            Subject = subject,
            Content = text + Footer,
            HtmlContent =
                "<div style=\"font-family:Segoe UI,Helvetica,Arial,sans-serif;font-size:15px;line-height:1.5;color:#1d2430;max-width:640px\">\n<p>Dear {{customer.contact_name}},</p>\n"
                + htmlOpening
                + InvoiceTable
                + htmlClosing
                + "<p>Kind regards,<br>{{company.name}}</p>"
                + HtmlFooter
                + "</div>",
            Variables =
            [
                "customer.contact_name",
                "invoices",
                "total_overdue",
                "company.name",
                "unsubscribe_url",
            ],
        };
}
