using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Web.Features.Customers.Commands;

/// <summary>
/// Takes a customer off every list, or brings it back. Nothing is erased. A customer with a running campaign stays: it
/// would go on being contacted unseen.
/// </summary>
/// <param name="Id">Which.</param>
/// <param name="Deleted">False brings it back.</param>
public sealed record DeleteCustomer(Guid Id, bool Deleted = true) : ICommand<Nothing>
{
    /// <inheritdoc />
    public string AllowedRoles => Roles.CollectionsManagers;

    /// <inheritdoc />
    public CommandTarget Target => new("customer", Id, Deleted ? "deleted" : "restored");

    /// <inheritdoc />
    public async Task<Result<Nothing>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var customer = await context.Db.Customers.SingleOrDefaultAsync(
            c => c.Id == Id,
            cancellationToken
        );
        if (customer is null)
        {
            return Error.NotFound("This customer does not exist any more.");
        }

        var running =
            Deleted
            && await context.Db.Campaigns.AnyAsync(
                c =>
                    c.CustomerId == Id
                    && (c.Status == CampaignStatus.Active || c.Status == CampaignStatus.Paused),
                cancellationToken
            );
        if (running)
        {
            return Error.IllegalTransition(
                "A campaign is still running for this customer. Cancel it first, then delete the customer."
            );
        }

        customer.DeletedAt = Deleted ? customer.DeletedAt ?? context.Now : null;
        return default(Nothing);
    }
}
