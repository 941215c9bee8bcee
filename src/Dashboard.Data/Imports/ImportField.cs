namespace Dashboard.Data.Imports;

/// <summary>How a field's text is read.</summary>
public enum ImportFieldType
{
    /// <summary>Text of limited length.</summary>
    Text,

    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>An IANA time zone.</summary>
    TimeZone,

    /// <summary>One of a closed list of words.</summary>
    Word,

    /// <summary>Words separated by semicolons.</summary>
    List,

    /// <summary>true or false.</summary>
    Flag,

    /// <summary>Hours and minutes.</summary>
    Time,

    /// <summary>A date.</summary>
    Date,

    /// <summary>Money with two decimals, not negative.</summary>
    Money,

    /// <summary>An ISO 4217 code.</summary>
    Currency,
}

/// <summary>Which table a field goes to.</summary>
public enum ImportTarget
{
    /// <summary>customers.</summary>
    Customer,

    /// <summary>Inside customers.address.</summary>
    Address,

    /// <summary>customer_profiles.</summary>
    Profile,

    /// <summary>payment_records.</summary>
    Payment,

    /// <summary>Inside payment_records.metadata.</summary>
    PaymentMetadata,
}

/// <summary>One field an import can fill; <see cref="All"/> is the list the mapping page shows.</summary>
/// <param name="Name">Its name in a mapping, and its column or JSON key.</param>
/// <param name="Label">For people.</param>
/// <param name="Target">Where it goes.</param>
/// <param name="Type">How it is read.</param>
/// <param name="MaxLength">Characters, for text.</param>
/// <param name="Words">Allowed words.</param>
public sealed record ImportField(
    string Name,
    string Label,
    ImportTarget Target,
    ImportFieldType Type,
    int MaxLength = 255,
    IReadOnlyList<string>? Words = null
)
{
    /// <summary>Every field, in the order of the staging table.</summary>
    public static IReadOnlyList<ImportField> All { get; } =
    [
        new("email", "E-mail", ImportTarget.Customer, ImportFieldType.Email),
        new("company_name", "Company name", ImportTarget.Customer, ImportFieldType.Text),
        new("contact_name", "Contact name", ImportTarget.Customer, ImportFieldType.Text),
        new("phone", "Phone", ImportTarget.Customer, ImportFieldType.Text, 50),
        new("mobile", "Mobile", ImportTarget.Customer, ImportFieldType.Text, 50),
        new(
            "preferred_contact_method",
            "Preferred channel",
            ImportTarget.Customer,
            ImportFieldType.Word,
            Words: ["email", "phone", "sms"]
        ),
        new("tags", "Tags", ImportTarget.Customer, ImportFieldType.List),
        new("street", "Street", ImportTarget.Address, ImportFieldType.Text),
        new("city", "City", ImportTarget.Address, ImportFieldType.Text),
        new("state", "State", ImportTarget.Address, ImportFieldType.Text),
        new("zipCode", "Postal code", ImportTarget.Address, ImportFieldType.Text),
        new("country", "Country", ImportTarget.Address, ImportFieldType.Text),
        new("timezone", "Time zone", ImportTarget.Profile, ImportFieldType.TimeZone, 50),
        new(
            "preferred_contact_time_start",
            "Preferred from",
            ImportTarget.Profile,
            ImportFieldType.Time
        ),
        new(
            "preferred_contact_time_end",
            "Preferred until",
            ImportTarget.Profile,
            ImportFieldType.Time
        ),
        new(
            "communication_style",
            "Tone",
            ImportTarget.Profile,
            ImportFieldType.Word,
            Words: ["formal", "casual", "direct", "diplomatic"]
        ),
        new("do_not_contact", "Do not contact", ImportTarget.Profile, ImportFieldType.Flag),
        new("invoice_number", "Invoice number", ImportTarget.Payment, ImportFieldType.Text, 100),
        new("amount", "Amount", ImportTarget.Payment, ImportFieldType.Money),
        new("currency", "Currency", ImportTarget.Payment, ImportFieldType.Currency, 3),
        new("due_date", "Due date", ImportTarget.Payment, ImportFieldType.Date),
        new("paid_date", "Paid on", ImportTarget.Payment, ImportFieldType.Date),
        new(
            "status",
            "Status",
            ImportTarget.Payment,
            ImportFieldType.Word,
            Words: ["open", "pending", "overdue", "paid", "partial", "cancelled"]
        ),
        new("description", "Description", ImportTarget.Payment, ImportFieldType.Text, 10_000),
        new("amount_paid", "Paid so far", ImportTarget.PaymentMetadata, ImportFieldType.Money),
        new("disputed", "Disputed", ImportTarget.PaymentMetadata, ImportFieldType.Flag),
        new(
            "dispute_reason",
            "Dispute reason",
            ImportTarget.PaymentMetadata,
            ImportFieldType.Text,
            10_000
        ),
    ];

    /// <summary>The fields of one kind of file.</summary>
    public static IEnumerable<ImportField> Of(ImportKind kind) =>
        All.Where(f =>
            kind == ImportKind.Payments
            || f.Target is not (ImportTarget.Payment or ImportTarget.PaymentMetadata)
        );

    /// <summary>True when a file of <paramref name="kind"/> cannot do without it.</summary>
    public bool IsRequired(ImportKind kind) =>
        kind == ImportKind.Customers
            ? Name is "email" or "company_name" or "contact_name"
            : Name is "email" or "invoice_number" or "amount" or "currency" or "due_date";

    internal string SqlType =>
        Type switch
        {
            ImportFieldType.Flag => "boolean",
            ImportFieldType.Time => "time",
            ImportFieldType.Date => "date",
            ImportFieldType.Money => "numeric(12,2)",
            ImportFieldType.List => "text[]",
            _ => "text",
        };
}
