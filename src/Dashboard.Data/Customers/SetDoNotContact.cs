using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Data.Tasks;
using Dashboard.Domain.Customers;
using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Customers;

/// <summary>
/// Marks a customer as not to be contacted on any channel, and cancels the contacts that wait. Taking the mark away is
/// for compliance officers only.
/// </summary>
public sealed record SetDoNotContact(Guid CustomerId, bool DoNotContact, string? Reason = null)
    : ICommand<Nothing>
{
    /// <inheritdoc />
    public string AllowedRoles =>
        DoNotContact
            ? $"{Roles.CollectionsManagers},{Roles.ComplianceOfficer}"
            : Roles.ComplianceOfficers;

    /// <inheritdoc />
    public CommandTarget Target => new("customer", CustomerId, "do_not_contact");

    /// <inheritdoc />
    public async Task<Result<Nothing>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var db = context.Db;
        await context.LockCustomersAsync([CustomerId], cancellationToken);
        if (!await db.Customers.AnyAsync(c => c.Id == CustomerId, cancellationToken))
        {
            return Error.NotFound("This customer does not exist any more.");
        }

        var profile = await db.CustomerProfiles.SingleOrDefaultAsync(
            p => p.CustomerId == CustomerId,
            cancellationToken
        );
        if (profile is null)
        {
            profile = new CustomerProfile
            {
                Id = Guid.CreateVersion7(),
                CustomerId = CustomerId,
                CreatedAt = context.Now,
            };
            db.CustomerProfiles.Add(profile);
        }

        profile.DoNotContact = DoNotContact;
        if (DoNotContact)
        {
            await WaitingContacts.CancelAsync(
                context,
                CustomerId,
                null,
                Reason ?? "The customer must not be contacted.",
                cancellationToken
            );
        }

        return default(Nothing);
    }
}
