namespace Dashboard.Data.Templates;

/// <summary>Parts that every statement about a task's message shares. They expect the task as <c>t</c>.</summary>
public static class MessageSql
{
    /// <summary>
    /// Joins the active template of the task's message as <c>tm</c>: the step's, or on a fallback channel, where that does
    /// not fit, the like one of that channel.
    /// </summary>
    public const string Template = """
        LEFT JOIN LATERAL (
            SELECT x.* FROM templates x
            LEFT JOIN templates named ON named.name = t.context ->> 'template'
            CROSS JOIN (VALUES (CASE t.type WHEN 'send_email' THEN 'email' WHEN 'make_call' THEN 'phone'
                                            WHEN 'send_sms' THEN 'sms' END)) AS way (channel)
            WHERE x.is_active IS NOT FALSE AND x.channel = way.channel
              AND (x.id = named.id OR (named.channel IS DISTINCT FROM way.channel AND named.is_active IS NOT FALSE AND named.id IS NOT NULL))
            ORDER BY x.id = named.id DESC, x.category IS NOT DISTINCT FROM named.category DESC, x.name
            LIMIT 1) tm ON true
        """;

    /// <summary>What is still owed of invoice <c>i</c>.</summary>
    public const string Open = "i.amount - coalesce((i.metadata ->> 'amount_paid')::numeric, 0)";

    /// <summary>
    /// Joins the invoices a message of the task is about, as <c>owed (invoices, key)</c>: the task's own or every overdue one
    /// of the customer, as the dispatcher sees them.
    /// </summary>
    /// <param name="today">The parameter that holds the day, e.g. <c>@today</c> or <c>$2</c>.</param>
    public static string Owed(string today) =>
        $"""
            CROSS JOIN LATERAL (
                SELECT coalesce(jsonb_agg(jsonb_build_object(
                           'id', i.id, 'number', i.invoice_number, 'open', {Open}, 'currency', i.currency,
                           'due_date', i.due_date, 'description', i.description) ORDER BY i.due_date, i.invoice_number), '[]')::text,
                       coalesce(string_agg(concat(i.id, '=', {Open}), ',' ORDER BY i.id), '')
                FROM payment_records i
                WHERE i.customer_id = t.customer_id AND (t.payment_record_id IS NULL OR i.id = t.payment_record_id)
                  AND i.status IN ('pending', 'overdue', 'partial') AND i.due_date < {today}) owed (invoices, key)
            """;

    /// <summary>
    /// What an approval is an approval of: the template as it stands and the invoices with what is open of each. Two messages
    /// with the same key say the same but for dates and the agent's name. Needs both joins.
    /// </summary>
    public const string Key =
        "concat(tm.id, '@', to_char(tm.updated_at, 'YYYYMMDDHH24MISSUS'), ' ', owed.key)";
}
