namespace Dashboard.Data.Imports;

/// <summary>Which columns a mapping writes, as SQL over the staged row <c>s</c> and the existing row <c>t</c>.</summary>
internal sealed class ImportColumns(IReadOnlyList<FieldReader?> readers, bool hasMetadata)
{
    /// <summary>customers.</summary>
    public IReadOnlyList<UpsertColumn> Customers =>
        [
            .. Plain(ImportTarget.Customer, "email"),
            .. Document("address", ImportTarget.Address, null),
        ];

    /// <summary>customers, with the e-mail that a new row needs.</summary>
    public IReadOnlyList<UpsertColumn> NewCustomers =>
        [new("email", "s.email", "t.email"), .. Customers];

    /// <summary>customer_profiles.</summary>
    public IReadOnlyList<UpsertColumn> Profiles => [.. Plain(ImportTarget.Profile, "customer_id")];

    /// <summary>customer_profiles, with the customer that a new row needs.</summary>
    public IReadOnlyList<UpsertColumn> NewProfiles =>
        [new("customer_id", "s.id", "t.customer_id"), .. Profiles];

    /// <summary>payment_records.</summary>
    public IReadOnlyList<UpsertColumn> Payments =>
        [
            .. Plain(ImportTarget.Payment, "invoice_number", "status"),
            new("status", NewStatus, KeptStatus),
            .. Document(
                "metadata",
                ImportTarget.PaymentMetadata,
                hasMetadata ? "s.metadata" : null
            ),
        ];

    /// <summary>payment_records, with what a new row needs.</summary>
    public IReadOnlyList<UpsertColumn> NewPayments =>
        [
            new("customer_id", "k.id", "t.customer_id"),
            new("invoice_number", "s.invoice_number", "t.invoice_number"),
            .. Payments,
        ];

    /// <summary>Overdue follows from due date and payment; <c>@today</c> is the UTC date.</summary>
    private const string NewStatus = """
        CASE WHEN s.status = 'cancelled' THEN 'cancelled'
            WHEN s.paid_date IS NOT NULL OR s.amount_paid >= s.amount THEN 'paid'
            WHEN s.status = 'partial' OR (s.amount_paid > 0 AND s.amount_paid < s.amount) THEN 'partial'
            WHEN s.due_date < @today::date THEN 'overdue' ELSE 'pending' END
        """;

    /// <summary>An open row of the file does not take back a payment or a cancellation recorded here.</summary>
    private const string KeptStatus = $"""
        CASE WHEN s.paid_date IS NULL AND t.paid_date IS NOT NULL AND t.status = 'paid'
                AND s.status IS DISTINCT FROM 'cancelled' THEN t.status
            WHEN s.status IS NULL AND s.paid_date IS NULL AND t.status IN ('partial', 'cancelled') THEN t.status
            ELSE {NewStatus} END
        """;

    private IEnumerable<UpsertColumn> Plain(ImportTarget target, params string[] except) =>
        Mapped(target)
            .Where(f => !except.Contains(f.Field.Name))
            .Select(f => new UpsertColumn(
                f.Field.Name,
                $"s.{f.Field.Name}",
                Merge(f.Field, f.Reader)
            ));

    private static string Merge(ImportField field, FieldReader reader) =>
        field.Name == "do_not_contact"
            // An import can forbid contact, never allow it again.
            ? "(coalesce(t.do_not_contact, false) OR coalesce(s.do_not_contact, false))"
        : reader.FromColumn ? $"coalesce(s.{field.Name}, t.{field.Name})"
        : $"coalesce(t.{field.Name}, s.{field.Name})";

    private IEnumerable<UpsertColumn> Document(string column, ImportTarget target, string? more)
    {
        var mapped = Mapped(target).ToList();
        if (mapped.Count == 0 && more is null)
        {
            yield break;
        }

        var replacing = Build(mapped.Where(f => f.Reader.FromColumn));
        var filling = Build(mapped.Where(f => !f.Reader.FromColumn));
        var given = more is null ? replacing : $"(coalesce({more}, '{{}}'::jsonb) || {replacing})";
        yield return new UpsertColumn(
            column,
            $"nullif({filling} || {given}, '{{}}'::jsonb)",
            $"nullif({filling} || coalesce(t.{column}, '{{}}'::jsonb) || {given}, '{{}}'::jsonb)"
        );
    }

    private static string Build(IEnumerable<(ImportField Field, FieldReader Reader)> fields)
    {
        var pairs = fields
            .Select(f => $"'{f.Field.Name}', s.{StagingTable.Quote(f.Field)}")
            .ToList();
        return pairs.Count == 0
            ? "'{}'::jsonb"
            : $"jsonb_strip_nulls(jsonb_build_object({string.Join(", ", pairs)}))";
    }

    private IEnumerable<(ImportField Field, FieldReader Reader)> Mapped(ImportTarget target)
    {
        for (var i = 0; i < readers.Count; i++)
        {
            if (ImportField.All[i].Target == target && readers[i] is { } reader)
            {
                yield return (ImportField.All[i], reader);
            }
        }
    }
}
