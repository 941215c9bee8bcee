using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Data.OptOuts;
using Dashboard.Data.Tasks;
using Dashboard.Domain.Customers;
using Dashboard.Domain.OptOuts;
using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Customers;

/// <summary>
/// Marks customers as not to be contacted on any channel, and cancels the contacts that wait. Taking the mark away is for
/// compliance officers only, with a reason. Reason and receipt stay in the audit log (action <c>do_not_contact</c> of the customer).
/// </summary>
/// <param name="CustomerIds">Whom.</param>
/// <param name="DoNotContact">False takes the mark away.</param>
/// <param name="Reason">Why; at most 500 characters, required to take the mark away.</param>
public sealed record SetDoNotContact(
    IReadOnlyList<Guid> CustomerIds,
    bool DoNotContact,
    string? Reason = null
) : ICommand<IReadOnlyList<OptOutReceipt>>
{
    /// <summary>The action of its audit rows.</summary>
    public const string Action = "do_not_contact";

    /// <summary>One customer.</summary>
    public SetDoNotContact(Guid customerId, bool doNotContact, string? reason = null)
        : this([customerId], doNotContact, reason) { }

    /// <inheritdoc />
    public string AllowedRoles =>
        DoNotContact
            ? $"{Roles.CollectionsManagers},{Roles.ComplianceOfficer}"
            : Roles.ComplianceOfficers;

    /// <inheritdoc />
    public CommandTarget Target =>
        new("customer", CustomerIds is [var only] ? only : Guid.Empty, Action);

    /// <inheritdoc />
    public async Task<Result<IReadOnlyList<OptOutReceipt>>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        if (Check() is { } fault)
        {
            return fault;
        }

        var ids = CustomerIds.Distinct().ToList();
        await context.LockCustomersAsync(ids, cancellationToken);
        var known = await context.Db.Customers.CountAsync(
            c => ids.Contains(c.Id),
            cancellationToken
        );
        if (known < ids.Count)
        {
            return Error.NotFound("This customer does not exist any more.");
        }

        await MarkAsync(context, ids, cancellationToken);
        var receipts = DoNotContact ? await StopAsync(context, ids, cancellationToken) : [];
        foreach (var id in ids)
        {
            context.Audit.Add(
                "customer",
                id,
                Action,
                metadata: new
                {
                    DoNotContact,
                    Reason = Blank(Reason),
                    ByName = context.Actor.Name,
                    Receipt = receipts.FirstOrDefault(r => r.CustomerId == id),
                }
            );
        }

        if (!DoNotContact)
        {
            await WaitingContacts.ReleaseAsync(context, ids, cancellationToken);
        }

        return receipts;
    }

    private static string? Blank(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private Error? Check() =>
        DoNotContact && Blank(Reason) is null ? null : OptOutFaults.Reason(nameof(Reason), Reason);

    private async Task MarkAsync(
        CommandContext context,
        List<Guid> ids,
        CancellationToken cancellationToken
    )
    {
        var profiles = await context
            .Db.CustomerProfiles.Where(p => ids.Contains(p.CustomerId))
            .ToDictionaryAsync(p => p.CustomerId, cancellationToken);
        foreach (var id in ids)
        {
            if (!profiles.TryGetValue(id, out var profile))
            {
                profile = new CustomerProfile
                {
                    Id = Guid.CreateVersion7(),
                    CustomerId = id,
                    CreatedAt = context.Now,
                };
                context.Db.CustomerProfiles.Add(profile);
            }

            profile.DoNotContact = DoNotContact;
        }
    }

    private async Task<List<OptOutReceipt>> StopAsync(
        CommandContext context,
        List<Guid> ids,
        CancellationToken cancellationToken
    )
    {
        var effects = await WaitingContacts.StopAsync(
            context,
            [.. ids.Select(id => new ContactStop(id, OptOutChannel.All, true))],
            Blank(Reason) ?? "The customer must not be contacted.",
            cancellationToken
        );
        var byCustomer = effects.ToLookup(e => e.CustomerId);
        return [.. ids.Select(id => Receipts.Of(context, id, OptOutChannel.All, byCustomer[id]))];
    }
}
