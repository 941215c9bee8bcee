using System.Globalization;
using Dashboard.Data.Imports;

namespace Dashboard.Web.Features.Imports;

/// <summary>A first mapping from the names of the columns and a few rows, for a person to correct.</summary>
internal static class MappingGuess
{
    private static readonly string[] s_dateFormats =
    [
        "yyyy-MM-dd",
        "M/d/yyyy",
        "d/M/yyyy",
        "d.M.yyyy",
        "d-M-yyyy",
        "yyyyMMdd",
        "d MMM yyyy",
    ];

    private static readonly (string Field, string[] Names)[] s_names =
    [
        ("email", ["email", "emailaddress", "mail", "customeremail", "contactemail"]),
        (
            "company_name",
            ["companyname", "company", "customername", "customer", "debtor", "accountname", "name"]
        ),
        ("contact_name", ["contactname", "contact", "contactperson", "attention"]),
        ("phone", ["phone", "telephone", "phonenumber", "tel"]),
        ("mobile", ["mobile", "mobilephone", "cell", "cellphone"]),
        ("street", ["street", "address", "address1", "streetaddress"]),
        ("city", ["city", "town"]),
        ("state", ["state", "province", "region"]),
        ("zipCode", ["zip", "zipcode", "postcode", "postalcode"]),
        ("country", ["country", "countryname"]),
        ("timezone", ["timezone", "tz"]),
        ("tags", ["tags", "labels"]),
        (
            "invoice_number",
            ["invoicenumber", "invoiceno", "invoice", "invoiceid", "documentnumber", "number"]
        ),
        ("amount", ["amount", "invoiceamount", "total", "totalamount", "balance", "openamount"]),
        ("currency", ["currency", "currencycode"]),
        ("due_date", ["duedate", "due", "dateDue"]),
        ("paid_date", ["paiddate", "paidon", "settleddate", "paymentdate", "cleardate"]),
        ("status", ["status", "invoicestatus"]),
        ("description", ["description", "memo", "text"]),
        ("amount_paid", ["amountpaid", "paid", "paidamount"]),
        ("disputed", ["disputed", "dispute"]),
        ("dispute_reason", ["disputereason"]),
    ];

    /// <summary>The delimiter the header uses most.</summary>
    public static string Delimiter(string path)
    {
        using var file = new StreamReader(path);
        var line = file.ReadLine() ?? string.Empty;
        return new[] { ",", ";", "\t", "|" }.MaxBy(d => line.Count(c => c == d[0]))!;
    }

    /// <summary>What the columns seem to hold.</summary>
    public static ImportMapping Make(
        string fileName,
        string delimiter,
        IReadOnlyList<string> header,
        IReadOnlyList<IReadOnlyList<string>> sample
    )
    {
        var mapping = new ImportMapping
        {
            Name = Path.GetFileNameWithoutExtension(fileName),
            Delimiter = delimiter,
        };
        foreach (var (field, names) in s_names)
        {
            var column = header.FirstOrDefault(h =>
                names.Contains(Plain(h), StringComparer.OrdinalIgnoreCase)
            );
            if (column is not null && mapping.Fields.Values.All(f => f.Column != column))
            {
                mapping.Fields[field] = new FieldMapping { Column = column };
            }
        }

        mapping.DateFormat = DateFormat(mapping, header, sample);
        if (!mapping.Fields.ContainsKey("currency") && mapping.Fields.ContainsKey("amount"))
        {
            mapping.Fields["currency"] = new FieldMapping { Constant = "USD" };
        }

        return mapping;
    }

    /// <summary>Payments when there is an invoice number or an amount.</summary>
    public static ImportKind Kind(ImportMapping mapping) =>
        mapping.Fields.ContainsKey("invoice_number") || mapping.Fields.ContainsKey("amount")
            ? ImportKind.Payments
            : ImportKind.Customers;

    private static string DateFormat(
        ImportMapping mapping,
        IReadOnlyList<string> header,
        IReadOnlyList<IReadOnlyList<string>> sample
    )
    {
        var columns = new[] { "due_date", "paid_date" }
            .Select(f => mapping.Fields.GetValueOrDefault(f)?.Column)
            .Where(c => c is not null)
            .Select(c => header.ToList().IndexOf(c!));
        var texts = columns
            .SelectMany(i => sample.Where(r => i < r.Count).Select(r => r[i].Trim()))
            .Where(t => t.Length > 0)
            .ToList();
        return s_dateFormats.FirstOrDefault(f =>
                texts.TrueForAll(t =>
                    DateOnly.TryParseExact(
                        t,
                        f,
                        CultureInfo.InvariantCulture,
                        DateTimeStyles.None,
                        out _
                    )
                )
            ) ?? "yyyy-MM-dd";
    }

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit));
}
