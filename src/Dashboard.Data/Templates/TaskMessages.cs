using System.Text.Json.Serialization;
using Dashboard.Data.Reads;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Dashboard.Domain.Results;
using Npgsql;

namespace Dashboard.Data.Templates;

/// <summary>The message of a task as it would leave now.</summary>
/// <param name="Channel">The way it goes.</param>
/// <param name="To">Address or number; empty when the customer has none.</param>
/// <param name="ToName">The person there.</param>
/// <param name="Rendered">The texts.</param>
/// <param name="Template">The template's name; not the task's on a fallback channel.</param>
/// <param name="Version">The template's version.</param>
/// <param name="AgentIsKnown">False when <c>agent.name</c> stands for whoever will take the task.</param>
/// <param name="Invoices">What it is about, oldest first.</param>
/// <param name="Key">Moves when the template or the invoices do (<see cref="MessageSql.Key"/>).</param>
public sealed record TaskMessage(
    Channel Channel,
    string To,
    string ToName,
    RenderedMessage Rendered,
    string Template,
    int Version,
    bool AgentIsKnown,
    IReadOnlyList<MessageInvoice> Invoices,
    string Key
);

/// <summary>An invoice that a message is about.</summary>
/// <param name="Id">The invoice's key.</param>
/// <param name="Values">What the template sees of it.</param>
public sealed record MessageInvoice(Guid Id, InvoiceValues Values);

/// <summary>Renders the messages of waiting tasks, many in one read.</summary>
public sealed class TaskMessages(MessageRenderer renderer, TimeProvider time)
{
    private static readonly string s_sql = $"""
        SELECT t.id, t.type, t.customer_id, c.company_name, c.contact_name,
               CASE t.type WHEN 'send_email' THEN c.email WHEN 'send_sms' THEN coalesce(c.mobile, c.phone)
                           ELSE coalesce(c.phone, c.mobile) END AS address,
               p.timezone, coalesce(g.config ->> 'name', g.type || ' agent', 'our team') AS agent_name, t.assigned_agent_id,
               t.context ->> 'template' AS wanted, tm.name, tm.version, tm.subject, tm.content, tm.html_content,
               owed.invoices, {MessageSql.Key} AS key
        FROM tasks t
        JOIN customers c ON c.id = t.customer_id
        LEFT JOIN customer_profiles p ON p.customer_id = t.customer_id
        {MessageSql.Template}
        {MessageSql.Owed("@today")}
        LEFT JOIN LATERAL (
            -- Nobody has it yet: the first agent of the kind stands for whoever will.
            SELECT * FROM agents a
            WHERE a.id = t.assigned_agent_id OR (t.assigned_agent_id IS NULL AND a.type = tm.channel)
            ORDER BY a.id LIMIT 1) g ON true
        WHERE t.id = ANY(@tasks) AND t.type IN ('send_email', 'send_sms', 'make_call')
        """;

    /// <summary>
    /// The messages by task, each rendered or with the reason why it cannot be. A task that sends no message is not in it.
    /// Inside a transaction it reads what that transaction sees.
    /// </summary>
    public async Task<IReadOnlyDictionary<Guid, Result<TaskMessage>>> RenderAsync(
        DashboardDb db,
        IReadOnlyCollection<Guid> tasks,
        CancellationToken cancellationToken
    )
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var rows = await db.ReadAsync(
            s_sql,
            [new("tasks", tasks.ToArray()), new("today", today)],
            row => (row.GetGuid(0), Render(row)),
            cancellationToken
        );
        return rows.ToDictionary(r => r.Item1, r => r.Item2);
    }

    private Result<TaskMessage> Render(NpgsqlDataReader row)
    {
        var channel = Tasks.TaskTypes.ChannelOf(row.Word<Domain.Tasks.TaskType>("type")!.Value)!;
        List<MessageInvoice> invoices =
        [
            .. JsonShape
                .Read<List<InvoiceRow>>(row.Text("invoices")!)
                .Select(i => new MessageInvoice(
                    i.Id,
                    new InvoiceValues(i.Number, i.Open, i.Currency, i.DueDate, i.Description)
                )),
        ];
        var parts = new MessageParts(
            channel.Value,
            row.Value<Guid>("customer_id")!.Value,
            row.Text("company_name")!,
            row.Text("contact_name")!,
            row.Text("timezone"),
            row.Text("agent_name")!,
            row.Text("wanted"),
            row.Text("content") is { } content
                ? new MessageTemplate(
                    row.Text("name")!,
                    row.Text("subject"),
                    content,
                    row.Text("html_content")
                )
                : null,
            [.. invoices.Select(i => i.Values)]
        );
        var rendered = renderer.Render(parts);
        return rendered.Error is { } failure
            ? failure
            : new TaskMessage(
                channel.Value,
                row.Text("address") ?? string.Empty,
                parts.ContactName,
                rendered.Value,
                parts.Template!.Name,
                row.Value<int>("version") ?? 1,
                row.Value<Guid>("assigned_agent_id") is not null,
                invoices,
                row.Text("key")!
            );
    }

    private sealed record InvoiceRow(
        Guid Id,
        string Number,
        decimal Open,
        string Currency,
        [property: JsonPropertyName("due_date")] DateOnly DueDate,
        string? Description
    );
}
