namespace Dashboard.Data.Imports;

/// <summary>
/// What only the whole file or the database can tell. Each statement removes the rows at fault from the staging table
/// and returns them as (line, column, reason, raw).
/// </summary>
internal static class StagedRowChecks
{
    /// <summary>Customers of the file, one row an e-mail, with the id they have or will have.</summary>
    public const string CollectCustomers = """
        ANALYZE import_rows;
        CREATE TEMPORARY TABLE import_customers ON COMMIT DROP AS
        SELECT DISTINCT ON (r.email) r.*, coalesce(c.id, r.new_customer_id) AS id,
            c.id IS NOT NULL AS known, c.deleted_at
        FROM import_rows r
        LEFT JOIN (
            SELECT DISTINCT ON (lower(email)) lower(email) AS email, id, deleted_at
            FROM customers ORDER BY lower(email), deleted_at DESC NULLS FIRST, created_at
        ) c ON c.email = r.email
        ORDER BY r.email, r.company_name IS NULL OR r.contact_name IS NULL, r.line;
        CREATE UNIQUE INDEX ON import_customers (email);
        ANALYZE import_customers
        """;

    /// <summary>A customer nobody is left of after its rows were rejected.</summary>
    public const string ForgetCustomers =
        "DELETE FROM import_customers WHERE deleted_at IS NOT NULL OR (NOT known AND (company_name IS NULL OR contact_name IS NULL))";

    /// <summary>Checks before the customers are collected.</summary>
    public static IEnumerable<string> BeforeCustomers(
        ImportKind kind,
        string keySource,
        string emailSource
    )
    {
        var (key, noun, source) =
            kind == ImportKind.Payments
                ? ("invoice_number", "Invoice number", keySource)
                : ("email", "E-mail", emailSource);
        yield return $"""
            WITH seen AS (
                SELECT line, first_value(line) OVER same AS first_line, row_number() OVER same AS place
                FROM import_rows WINDOW same AS (PARTITION BY {key} ORDER BY line)
            )
            DELETE FROM import_rows r USING seen s WHERE r.line = s.line AND s.place > 1
            RETURNING r.line, {Literal(
                source
            )}, '{noun} ' || r.{key} || ' is already on line ' || s.first_line
                || ' of this file. Keep one of the two rows.', r.raw
            """;
        if (kind == ImportKind.Payments)
        {
            yield return $"""
                DELETE FROM import_rows r USING payment_records p JOIN customers c ON c.id = p.customer_id
                WHERE p.invoice_number = r.invoice_number AND lower(c.email) <> r.email
                RETURNING r.line, {Literal(
                    source
                )}, 'Invoice number ' || r.invoice_number || ' belongs to another customer, '
                    || c.company_name || ' (' || c.email || '). Correct the invoice number or the e-mail.', r.raw
                """;
        }
    }

    /// <summary>Checks after the customers are collected.</summary>
    public static IEnumerable<string> AfterCustomers(string emailSource)
    {
        yield return $"""
            DELETE FROM import_rows r USING import_customers c
            WHERE c.email = r.email AND c.deleted_at IS NOT NULL
            RETURNING r.line, {Literal(
                emailSource
            )}, 'The customer with the e-mail ' || r.email || ' was deleted on '
                || to_char(c.deleted_at, 'YYYY-MM-DD') || '. Restore the customer or use another e-mail.', r.raw
            """;
        yield return $"""
            DELETE FROM import_rows r USING import_customers c
            WHERE c.email = r.email AND NOT c.known AND (c.company_name IS NULL OR c.contact_name IS NULL)
            RETURNING r.line, {Literal(
                emailSource
            )}, 'There is no customer with the e-mail ' || r.email
                || ', and the row lacks the ' || CASE WHEN c.company_name IS NULL THEN 'company name' ELSE 'contact name' END
                || ' to create one. Import the customers first, or map company_name and contact_name.', r.raw
            """;
    }

    internal static string Literal(string text) =>
        $"'{text.Replace("'", "''", StringComparison.Ordinal)}'::text";
}
