using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Customers;
using Dashboard.Domain.Json;
using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Web.Features.Customers.Commands;

/// <summary>Creates a customer, or changes one that nobody changed since the operator looked.</summary>
/// <param name="Input">What was filled in.</param>
/// <param name="Id">The customer to change; null creates one.</param>
/// <param name="Seen">The customer's <c>UpdatedAt</c> the operator saw, UTC.</param>
/// <param name="ProfileSeen">The profile's; null when there was none.</param>
public sealed record SaveCustomer(
    CustomerInput Input,
    Guid? Id = null,
    DateTime? Seen = null,
    DateTime? ProfileSeen = null
) : ICommand<Guid>
{
    /// <inheritdoc />
    public string AllowedRoles => Roles.CollectionsManagers;

    /// <inheritdoc />
    public CommandTarget Target =>
        new("customer", Id ?? Guid.Empty, Id is null ? "created" : "updated");

    /// <inheritdoc />
    public async Task<Result<Guid>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        if (Input.Check() is [var fault, ..])
        {
            return fault;
        }

        var email = Input.Email.Trim();
        if (
            await context.Db.Customers.AnyAsync(
                c => c.Email == email && c.Id != Id,
                cancellationToken
            )
        )
        {
            return Error.Invalid(
                nameof(Input.Email),
                "Another customer has this address. Each address belongs to one customer."
            );
        }

        var customer = Id is { } id
            ? await context
                .Db.Customers.Include(c => c.Profile)
                .SingleOrDefaultAsync(c => c.Id == id && c.DeletedAt == null, cancellationToken)
            : Create(context);
        if (customer is null)
        {
            return Error.NotFound("This customer was deleted meanwhile. Nothing was saved.");
        }

        Expect(context, customer);
        if (TakesRestrictionAway(context.Actor, customer.Profile) is { } refusal)
        {
            return refusal;
        }

        Fill(customer);
        FillProfile(context, customer);
        return customer.Id;
    }

    private static Customer Create(CommandContext context)
    {
        var customer = new Customer { Id = Guid.CreateVersion7(), CreatedAt = context.Now };
        context.Db.Customers.Add(customer);
        return customer;
    }

    private void Expect(CommandContext context, Customer customer)
    {
        if (Seen is { } seen)
        {
            context.ExpectUnchanged(customer, seen);
        }

        if (ProfileSeen is { } profileSeen && customer.Profile is { } profile)
        {
            context.ExpectUnchanged(profile, profileSeen);
        }
    }

    /// <summary>A stop is taken away by a compliance officer only; see also SaveContactPreferences.</summary>
    private Error? TakesRestrictionAway(Actor actor, CustomerProfile? profile)
    {
        var gone = (profile?.ContactRestrictions ?? [])
            .Except(Input.Restrictions.Select(c => c.ToText()), StringComparer.Ordinal)
            .FirstOrDefault();
        return gone is null || actor.HasAnyRole(Roles.ComplianceOfficers)
            ? null
            : Error.Invalid(
                nameof(Input.Restrictions),
                $"Only a compliance officer may take the restriction on {gone} away."
            );
    }

    private void Fill(Customer customer)
    {
        customer.CompanyName = Input.CompanyName.Trim();
        customer.ContactName = Input.ContactName.Trim();
        customer.Email = Input.Email.Trim();
        customer.Phone = Blank(Input.Phone);
        customer.Mobile = Blank(Input.Mobile);
        customer.PreferredContactMethod = Input.PreferredContactMethod;
        var tags = (Input.Tags ?? "").Split(
            ',',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );
        customer.Tags = tags.Length == 0 && customer.Tags is null ? null : [.. tags.Distinct()];
        var address = customer.Address ?? new Address();
        address.Street = Blank(Input.Street);
        address.City = Blank(Input.City);
        address.State = Blank(Input.State);
        address.ZipCode = Blank(Input.ZipCode);
        address.Country = Blank(Input.Country);
        customer.Address = JsonShape.Write(address) == "{}" ? null : address;
    }

    private void FillProfile(CommandContext context, Customer customer)
    {
        var profile = customer.Profile;
        if (profile is null)
        {
            profile = new CustomerProfile
            {
                Id = Guid.CreateVersion7(),
                CustomerId = customer.Id,
                CreatedAt = context.Now,
            };
            context.Db.CustomerProfiles.Add(profile);
        }

        profile.Timezone = Blank(Input.Timezone);
        profile.PreferredContactTimeStart = Input.PreferredStart;
        profile.PreferredContactTimeEnd = Input.PreferredEnd;
        profile.CommunicationStyle = Input.Style;
        var restrictions = Input.Restrictions.Order().Select(c => c.ToText()).ToArray();
        profile.ContactRestrictions =
            restrictions.Length == 0 && profile.ContactRestrictions is null ? null : restrictions;
    }

    private static string? Blank(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
