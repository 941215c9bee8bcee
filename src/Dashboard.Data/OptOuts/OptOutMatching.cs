using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.OptOuts;

/// <summary>Finds the customers that rows of a file are about.</summary>
internal sealed class OptOutMatching
{
    private readonly Dictionary<Guid, string?> _zones = [];
    private readonly Dictionary<string, Guid> _byEmail = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, HashSet<Guid>> _byPhone = new(StringComparer.Ordinal);

    private OptOutMatching() { }

    /// <summary>Reads the customers the rows may mean; deleted ones have wishes too.</summary>
    public static async Task<OptOutMatching> LoadAsync(
        DashboardDb db,
        IReadOnlyList<OptOutFileRow> rows,
        CancellationToken cancellationToken
    )
    {
        var ids = rows.Select(r => r.CustomerId).OfType<Guid>().Distinct().ToList();
        var emails = rows.Select(r => r.Email?.ToLowerInvariant())
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var byPhone = rows.Any(r => r.CustomerId is null && r.Email is null);
        var customers = await db
            .Customers.AsNoTracking()
            .Where(c => byPhone || ids.Contains(c.Id) || emails.Contains(c.Email.ToLower()))
            .Select(c => new
            {
                c.Id,
                c.Email,
                c.Phone,
                c.Mobile,
                Timezone = c.Profile == null ? null : c.Profile.Timezone,
            })
            .ToListAsync(cancellationToken);
        var matching = new OptOutMatching();
        foreach (var customer in customers)
        {
            matching._zones[customer.Id] = customer.Timezone;
            matching._byEmail[customer.Email] = customer.Id;
            matching.AddPhone(customer.Phone, customer.Id);
            matching.AddPhone(customer.Mobile, customer.Id);
        }

        return matching;
    }

    /// <summary>The row as a wish, or why it is none.</summary>
    public (Wish? Wish, OptOutFileFault? Fault) Match(OptOutFileRow row, DateTime now)
    {
        var (customer, fault) = Find(row);
        if (fault is not null)
        {
            return (null, fault);
        }

        var until =
            row.ExpiresAt
            ?? (row.LastDay is { } day ? OptOutEnds.EndOf(day, _zones[customer]) : null);
        return until <= now
            ? (
                null,
                new OptOutFileFault(
                    row.Line,
                    "expires_at",
                    "This wish has ended already; leave expires_at empty for one that holds for good."
                )
            )
            : (
                new Wish(
                    customer,
                    row.Channel,
                    row.Reason,
                    until,
                    row.Source ?? Domain.OptOuts.OptOutSources.Import
                ),
                null
            );
    }

    private (Guid, OptOutFileFault?) Find(OptOutFileRow row)
    {
        var found = new List<(string Column, Guid Id)>();
        if (row.CustomerId is { } id)
        {
            if (!_zones.ContainsKey(id))
            {
                return Fault(row, "customer_id", "There is no customer with this id.");
            }

            found.Add(("customer_id", id));
        }

        if (row.Email is { } email)
        {
            if (!_byEmail.TryGetValue(email, out var owner))
            {
                return Fault(row, "email", $"No customer has the address {email}.");
            }

            found.Add(("email", owner));
        }

        if (row.Phone is { } phone && found.Count == 0)
        {
            var digits = Digits(phone);
            if (digits.Length == 0 || !_byPhone.TryGetValue(digits, out var owners))
            {
                return Fault(row, "phone", $"No customer has the number {phone}.");
            }

            if (owners.Count > 1)
            {
                return Fault(
                    row,
                    "phone",
                    $"{owners.Count} customers have the number {phone}. Name the customer by customer_id or email."
                );
            }

            found.Add(("phone", owners.First()));
        }

        var other = found.Find(f => f.Id != found[0].Id);
        return other.Column is not null
            ? Fault(row, other.Column, $"This is another customer than {found[0].Column} names.")
            : (found[0].Id, null);
    }

    private static (Guid, OptOutFileFault?) Fault(
        OptOutFileRow row,
        string column,
        string reason
    ) => (Guid.Empty, new OptOutFileFault(row.Line, column, reason));

    private void AddPhone(string? number, Guid customer)
    {
        if (number is null || Digits(number) is not { Length: > 0 } digits)
        {
            return;
        }

        if (!_byPhone.TryGetValue(digits, out var owners))
        {
            _byPhone[digits] = owners = [];
        }

        owners.Add(customer);
    }

    /// <summary>What numbers are compared by; empty when they identify nobody.</summary>
    private static string Digits(string number)
    {
        var digits = string.Concat(
                number.Replace("(0)", "", StringComparison.Ordinal).Where(char.IsAsciiDigit)
            )
            .TrimStart('0');
        return digits.Length < 7 ? string.Empty : digits;
    }
}
