using Dashboard.Data.Commands;
using Dashboard.Data.Imports;
using Dashboard.Domain.Audit;
using Dashboard.Domain.Payments;
using Dashboard.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dashboard.Data.Tests.Imports;

/// <summary>What an import may and may not do to rows that exist, and what it refuses.</summary>
public sealed class ImportRuleTests : IAsyncLifetime
{
    private const string Header = "mail;name;zone;number;total;cur;due;paid";

    private TestDatabase _db = null!;

    public async ValueTask InitializeAsync() => _db = await TestDatabase.CreateAsync();

    public ValueTask DisposeAsync() => _db.DisposeAsync();

    [Fact]
    public async Task A_column_updates_a_blank_never_erases_and_a_constant_only_fills_what_is_empty()
    {
        await ImportAsync("a@x.invalid;Acme;Europe/Berlin;1;1.234,50;EUR;31.12.2026;");
        await _db.DataSource.ExecuteAsync(
            "UPDATE customers SET contact_name = 'Mrs Smith', phone = '1'"
        );

        var report = await ImportAsync("A@x.invalid;Acme GmbH;;1;2.000;;31.12.2026;");

        Assert.Equal(
            (0, 1, 0, 1),
            (
                report.CustomersCreated,
                report.CustomersUpdated,
                report.PaymentsCreated,
                report.PaymentsUpdated
            )
        );
        var customer = await _db.ReadAsync(d => d.Customers.Include(c => c.Profile).SingleAsync());
        Assert.Equal(
            ("Acme GmbH", "Mrs Smith", "1"),
            (customer.CompanyName, customer.ContactName, customer.Phone)
        );
        Assert.Equal("Europe/Berlin", customer.Profile!.Timezone);
        var invoice = await _db.ReadAsync(d => d.PaymentRecords.SingleAsync());
        Assert.Equal((2000m, "EUR"), (invoice.Amount, invoice.Currency));
        var change = await _db.ReadAsync(d =>
            d.AuditLogs.SingleAsync(a => a.EntityId == invoice.Id && a.Action == "updated")
        );
        Assert.Equal(
            1234.50m,
            change.Changes!.Value.GetProperty("amount").GetProperty("before").GetDecimal()
        );
    }

    [Fact]
    public async Task A_payment_recorded_here_outlives_an_older_ledger()
    {
        await ImportAsync("a@x.invalid;Acme;;1;10;EUR;01.01.2026;");
        await _db.DataSource.ExecuteAsync(
            "UPDATE payment_records SET status = 'paid', paid_date = '2026-02-01'"
        );

        var report = await ImportAsync("a@x.invalid;Acme;;1;10;EUR;01.01.2026;");

        Assert.Equal(0, report.RowsChanged);
        Assert.Equal(
            PaymentStatus.Paid,
            await _db.ReadAsync(d => d.PaymentRecords.Select(p => p.Status).SingleAsync())
        );
    }

    [Theory]
    [InlineData("no-mail;Acme;;9;10;EUR;01.01.2026;", "mail", "is not one e-mail address")]
    [InlineData(
        "b@x.invalid;Bolt;Mars/Olympus;9;10;EUR;01.01.2026;",
        "zone",
        "is not an IANA time zone"
    )]
    [InlineData("b@x.invalid;Bolt;;9;10;XXX;01.01.2026;", "cur", "is not an ISO 4217 currency")]
    [InlineData("b@x.invalid;Bolt;;9;10,005;EUR;01.01.2026;", "total", "fractions of a cent")]
    [InlineData("b@x.invalid;Bolt;;9;1,2,3;EUR;01.01.2026;", "total", "is not an amount")]
    [InlineData("b@x.invalid;Bolt;;9;99999999999;EUR;01.01.2026;", "total", "does not fit")]
    [InlineData(
        "b@x.invalid;Bolt;;9;10;EUR;2026-01-01;",
        "due",
        "is not a date in the format dd.MM.yyyy"
    )]
    [InlineData("b@x.invalid;Bolt;;;10;EUR;01.01.2026;", "number", "Invoice number is missing")]
    [InlineData(
        "b@x.invalid;Bolt;;taken;10;EUR;01.01.2026;",
        "number",
        "belongs to another customer, Owner"
    )]
    [InlineData("gone@x.invalid;Gone;;9;10;EUR;01.01.2026;", "mail", "was deleted on")]
    [InlineData("b@x.invalid;;;9;10;EUR;01.01.2026;", "mail", "lacks the company name")]
    public async Task A_bad_row_is_rejected_by_column_and_reason(
        string row,
        string column,
        string reason
    )
    {
        await ImportAsync(
            "owner@x.invalid;Owner;;taken;5;EUR;01.01.2026;",
            "gone@x.invalid;Gone;;old;5;EUR;01.01.2026;"
        );
        await _db.DataSource.ExecuteAsync(
            "UPDATE customers SET deleted_at = now() WHERE email LIKE 'gone%'"
        );

        var report = await ImportAsync("fine@x.invalid;Fine;;8;10;EUR;01.01.2026;", row);

        var rejected = Assert.Single(report.FirstRejections);
        Assert.Equal((3, column), (rejected.Line, rejected.Column));
        Assert.Contains(reason, rejected.Reason, StringComparison.Ordinal);
        Assert.Equal(1, report.PaymentsCreated);
    }

    [Fact]
    public async Task A_mapping_that_does_not_fit_the_file_names_the_column_and_starts_no_run()
    {
        using var file = new ScratchFile("something;else", "1;2");

        var result = await Runner().RunAsync(Request(file.Path, Actor.System("import")));

        Assert.Contains(
            "the file has no column 'mail'",
            result.Error!.Message,
            StringComparison.Ordinal
        );
        Assert.False(await _db.ReadAsync(d => d.Set<ImportRun>().AnyAsync()));
    }

    [Fact]
    public async Task Who_may_not_import_is_refused_and_the_refusal_is_audited()
    {
        using var file = new ScratchFile(Header);
        var supervisor = new Actor(
            ActorType.User,
            "7",
            "Sam",
            new HashSet<string> { "Supervisor" }
        );

        var result = await Runner().RunAsync(Request(file.Path, supervisor));

        Assert.Equal("forbidden", result.Error!.Code);
        Assert.Equal(
            "refused",
            await _db.ReadAsync(d => d.AuditLogs.Select(a => a.Action).SingleAsync())
        );
    }

    [Fact]
    public void An_unknown_key_in_a_mapping_is_named()
    {
        var result = ImportMapping.Read("""{"fields": {"email": {"colum": "Mail"}}}""");

        Assert.Contains(
            "Unknown key 'colum' in email",
            result.Error!.Message,
            StringComparison.Ordinal
        );
    }

    private static ImportRequest Request(string path, Actor actor) =>
        new(
            ImportKind.Payments,
            path,
            "list.csv",
            ImportMapping
                .Read(
                    """
                    {"name": "t", "delimiter": ";", "decimal_separator": ",", "date_format": "dd.MM.yyyy", "fields": {
                      "email": {"column": "mail"}, "company_name": {"column": "name"}, "contact_name": {"constant": "Accounts payable"},
                      "timezone": {"column": "zone"}, "invoice_number": {"column": "number"}, "amount": {"column": "total"},
                      "currency": {"column": "cur", "default": "EUR"}, "due_date": {"column": "due"}, "paid_date": {"column": "paid"}}}
                    """
                )
                .Value,
            actor
        );

    private ImportRunner Runner() => new(_db.DataSource, _db.Factory, TimeProvider.System);

    private async Task<ImportReport> ImportAsync(params string[] rows)
    {
        using var file = new ScratchFile([Header, .. rows]);
        return (await Runner().RunAsync(Request(file.Path, Actor.System("import")))).Value;
    }
}
