using System.Globalization;
using System.Text;
using Bogus;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Customers;
using Dashboard.Domain.Payments;

namespace Dashboard.Data.Demo;

/// <summary>Makes up the customers and a year and a bit of their invoices.</summary>
internal sealed class DemoBook(DemoWorld world, Randomizer random)
{
    private const int Customers = 320;
    private const int FirstInvoiceDaysAgo = 400;

    private static readonly string[] s_work =
    [
        "Cold-chain freight",
        "Pallet storage",
        "Quarterly maintenance",
        "Packaging supplies",
        "Contract drivers",
        "Warehouse fit-out",
        "Customs handling",
        "Last-mile delivery",
        "Fleet telematics",
        "Reusable crates",
    ];

    private readonly HashSet<string> _emails = [];
    private int _invoiceNumber = 10_000;

    /// <summary>Fills <see cref="DemoWorld.Book"/>.</summary>
    public void Write()
    {
        var places = DemoPlace.All.SelectMany(p => Enumerable.Repeat(p, p.Weight)).ToList();
        var fakers = DemoPlace.All.ToDictionary(
            p => p,
            p => new Faker(p.Locale) { Random = random }
        );
        for (var i = 0; i < Customers; i++)
        {
            var place = places[i * places.Count / Customers];
            var customer = MakeCustomer(fakers[place], place);
            MakeInvoices(customer);
            Profile(customer);
            world.Book.Add(customer);
        }
    }

    private DemoCustomer MakeCustomer(Faker faker, DemoPlace place)
    {
        var since = world
            .Now.AddDays(-random.Int(FirstInvoiceDaysAgo, 1200))
            .AddMinutes(-random.Int(0, 1440));
        var company = faker.Company.CompanyName();
        var contact = $"{faker.Name.FirstName()} {faker.Name.LastName()}";
        var customer = new Customer
        {
            Id = DemoWorld.NewId(since),
            CompanyName = company,
            ContactName = contact,
            Email = Email(company, contact),
            Phone = random.ReplaceNumbers(place.Dial),
            Mobile = random.Bool(0.7f) ? random.ReplaceNumbers(place.Mobile) : null,
            Address = new Address
            {
                Street = faker.Address.StreetAddress(),
                City = faker.Address.City(),
                State = place.Locale is "en_US" or "en_CA" or "en_AU"
                    ? faker.Address.StateAbbr()
                    : null,
                ZipCode = faker.Address.ZipCode(),
                Country = place.Country,
            },
            PreferredContactMethod = random.WeightedRandom(
                [Channel.Email, Channel.Phone, Channel.Sms],
                [0.7f, 0.2f, 0.1f]
            ),
            Tags = random.Bool(0.12f) ? [DemoWorld.Tag, "key account"] : [DemoWorld.Tag],
            CreatedAt = since,
            UpdatedAt = since,
        };
        var profile = new CustomerProfile
        {
            Id = DemoWorld.NewId(since),
            CustomerId = customer.Id,
            Timezone = random.Bool(0.015f) ? null : random.ArrayElement(place.Zones),
            CommunicationStyle = random.Enum<CommunicationStyle>(),
            DoNotContact = random.Bool(0.012f),
            ContactRestrictions = random.Bool(0.04f) ? ["phone"] : null,
            CreatedAt = since,
            UpdatedAt = since,
        };
        var temper = random.WeightedRandom(
            [DemoTemper.Prompt, DemoTemper.Slow, DemoTemper.Chronic, DemoTemper.Broke],
            [0.46f, 0.29f, 0.17f, 0.08f]
        );
        return new DemoCustomer(customer, profile, temper, place.Currency);
    }

    /// <summary>Every address ends in .invalid, which no mail server delivers to (RFC 2606).</summary>
    private string Email(string company, string contact)
    {
        var host = Plain(company.Split([' ', ',', '-'], 2)[0]);
        var name = string.Join('.', contact.Split(' ').Select(Plain));
        var email = $"{name}@{host}.invalid";
        var namesake = 1;
        while (!_emails.Add(email))
        {
            namesake++;
            email = $"{name}{namesake}@{host}.invalid";
        }

        return email;
    }

    private static string Plain(string text)
    {
        var letters = text.Normalize(NormalizationForm.FormD)
            .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            .Select(char.ToLowerInvariant)
            .Where(char.IsAsciiLetterOrDigit)
            .ToArray();
        return letters.Length == 0 ? "firm" : new string(letters);
    }

    private void MakeInvoices(DemoCustomer customer)
    {
        var size = Math.Exp(random.Double(5.4, 9.4));
        var terms = random.ArrayElement([14, 30, 30, 30, 45]);
        var pace = random.Int(18, 60);
        for (
            var ago = FirstInvoiceDaysAgo - random.Int(0, pace);
            ago >= 0;
            ago -= random.Int(pace / 2, pace + (pace / 2))
        )
        {
            var issued = world
                .Now.AddDays(-ago)
                .Date.AddHours(random.Int(8, 17))
                .AddMinutes(random.Int(0, 59));
            if (issued < world.Now)
            {
                customer.Invoices.Add(MakeInvoice(customer, issued, size, terms));
            }
        }
    }

    private PaymentRecord MakeInvoice(
        DemoCustomer customer,
        DateTime issued,
        double size,
        int terms
    )
    {
        var amount = Math.Round((decimal)(size * random.Double(0.4, 1.9)), 2);
        var due = DateOnly.FromDateTime(issued).AddDays(terms);
        var paid = PaidOn(customer.Temper, due);
        var metadata = new PaymentMetadata();
        if (random.Bool(0.03f))
        {
            metadata.Disputed = true;
            metadata.DisputeReason = random.ArrayElement([
                "Short delivery",
                "Wrong price",
                "Damaged goods",
                "Order was cancelled",
            ]);
        }

        if (paid is null || paid > world.Today)
        {
            paid = null;
            metadata.AmountPaid =
                due < world.Today && random.Bool(0.12f)
                    ? Math.Round(amount * random.ArrayElement([0.25m, 0.4m, 0.5m]), 2)
                    : null;
        }

        return new PaymentRecord
        {
            Id = DemoWorld.NewId(issued),
            CustomerId = customer.Customer.Id,
            Amount = amount,
            Currency = customer.Currency,
            DueDate = due,
            PaidDate = paid,
            Status = PaymentStatusRule.Of(amount, metadata.AmountPaid, due, paid, world.Today),
            InvoiceNumber = $"NWL-{issued:yy}-{_invoiceNumber++:00000}",
            Description = random.ArrayElement(s_work),
            Metadata = metadata,
            CreatedAt = issued,
            UpdatedAt = issued,
        };
    }

    private DateOnly? PaidOn(DemoTemper temper, DateOnly due) =>
        temper switch
        {
            DemoTemper.Prompt => due.AddDays(random.Int(-12, 2)),
            DemoTemper.Slow => due.AddDays(random.Int(-3, 26)),
            DemoTemper.Chronic => due.AddDays(random.Int(12, 70)),
            _ => random.Bool(0.45f) ? due.AddDays(random.Int(30, 120)) : null,
        };

    private void Profile(DemoCustomer customer)
    {
        var late = customer
            .Invoices.Where(i => i.PaidDate is not null)
            .Select(i => Math.Max(0, i.PaidDate!.Value.DayNumber - i.DueDate.DayNumber))
            .ToList();
        var profile = customer.Profile;
        profile.AveragePaymentDelay = late.Count == 0 ? null : (int)late.Average();
        profile.RiskScore = Math.Clamp(
            Math.Round(
                (decimal)random.Double(2, 12)
                    + ((profile.AveragePaymentDelay ?? 20) * 1.1m)
                    + (customer.OverdueOn(world.Today).Count * 6),
                2
            ),
            0,
            100
        );
        profile.RiskLevel = profile.RiskScore switch
        {
            < 25 => RiskLevel.Low,
            < 50 => RiskLevel.Medium,
            < 75 => RiskLevel.High,
            _ => RiskLevel.Critical,
        };
    }
}
