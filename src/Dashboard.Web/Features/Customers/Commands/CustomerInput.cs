using System.Net.Mail;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Customers;
using Dashboard.Domain.Results;

namespace Dashboard.Web.Features.Customers.Commands;

/// <summary>What an operator fills in about a customer; empty texts count as none.</summary>
public sealed class CustomerInput
{
    /// <summary>At most 255 characters.</summary>
    public string CompanyName { get; set; } = string.Empty;

    /// <summary>At most 255 characters.</summary>
    public string ContactName { get; set; } = string.Empty;

    /// <summary>Unique, at most 255 characters.</summary>
    public string Email { get; set; } = string.Empty;

    /// <summary>Landline, at most 50 characters.</summary>
    public string? Phone { get; set; }

    /// <summary>Mobile, at most 50 characters.</summary>
    public string? Mobile { get; set; }

    /// <summary>Street and number.</summary>
    public string? Street { get; set; }

    /// <summary>City.</summary>
    public string? City { get; set; }

    /// <summary>State or province.</summary>
    public string? State { get; set; }

    /// <summary>Postal code.</summary>
    public string? ZipCode { get; set; }

    /// <summary>Country.</summary>
    public string? Country { get; set; }

    /// <summary>What the customer prefers.</summary>
    public Channel? PreferredContactMethod { get; set; }

    /// <summary>Labels, separated by commas.</summary>
    public string? Tags { get; set; }

    /// <summary>IANA name; without one the gate refuses every contact.</summary>
    public string? Timezone { get; set; }

    /// <summary>Wall clock in <see cref="Timezone"/>, inclusive.</summary>
    public TimeOnly? PreferredStart { get; set; }

    /// <summary>Wall clock in <see cref="Timezone"/>, exclusive.</summary>
    public TimeOnly? PreferredEnd { get; set; }

    /// <summary>Tone to write in.</summary>
    public CommunicationStyle? Style { get; set; }

    /// <summary>Channels to avoid.</summary>
    public HashSet<Channel> Restrictions { get; } = [];

    /// <summary>The form of an existing customer.</summary>
    public static CustomerInput From(Customer customer)
    {
        var profile = customer.Profile;
        var input = new CustomerInput
        {
            CompanyName = customer.CompanyName,
            ContactName = customer.ContactName,
            Email = customer.Email,
            Phone = customer.Phone,
            Mobile = customer.Mobile,
            Street = customer.Address?.Street,
            City = customer.Address?.City,
            State = customer.Address?.State,
            ZipCode = customer.Address?.ZipCode,
            Country = customer.Address?.Country,
            PreferredContactMethod = customer.PreferredContactMethod,
            Tags = customer.Tags is { Length: > 0 } tags ? string.Join(", ", tags) : null,
            Timezone = profile?.Timezone,
            PreferredStart = profile?.PreferredContactTimeStart,
            PreferredEnd = profile?.PreferredContactTimeEnd,
            Style = profile?.CommunicationStyle,
        };
        foreach (var word in profile?.ContactRestrictions ?? [])
        {
            if (Domain.Json.EnumText.TryParse<Channel>(word, out var channel))
            {
                input.Restrictions.Add(channel);
            }
        }

        return input;
    }

    /// <summary>Everything that is wrong, each with its field; empty when it can be saved.</summary>
    public IReadOnlyList<Error> Check()
    {
        var faults = new List<Error>();
        Require(faults, nameof(CompanyName), CompanyName, "Enter the company's name.");
        Require(
            faults,
            nameof(ContactName),
            ContactName,
            "Enter the name of the person to speak to."
        );
        if (
            !MailAddress.TryCreate(Email?.Trim(), out var address)
            || address.Address != Email.Trim()
        )
        {
            faults.Add(
                Error.Invalid(nameof(Email), "Enter an e-mail address such as name@company.com.")
            );
        }

        CheckPhone(faults, nameof(Phone), Phone);
        CheckPhone(faults, nameof(Mobile), Mobile);
        if (
            !string.IsNullOrWhiteSpace(Timezone)
            && !TimeZoneInfo.TryFindSystemTimeZoneById(Timezone.Trim(), out _)
        )
        {
            faults.Add(Error.Invalid(nameof(Timezone), "Choose a zone such as America/Denver."));
        }

        if (PreferredStart is null != PreferredEnd is null)
        {
            faults.Add(Error.Invalid(nameof(PreferredEnd), "Enter both hours or neither."));
        }

        return faults;
    }

    private static void Require(List<Error> faults, string field, string? text, string message)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            faults.Add(Error.Invalid(field, message));
        }
        else if (text.Trim().Length > 255)
        {
            faults.Add(Error.Invalid(field, "At most 255 characters fit here."));
        }
    }

    private static void CheckPhone(List<Error> faults, string field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return;
        }

        if (text.Trim().Length > 50 || text.Count(char.IsAsciiDigit) < 5)
        {
            faults.Add(
                Error.Invalid(
                    field,
                    "Enter a number with at least five digits, at most 50 characters."
                )
            );
        }
    }
}
