using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Customers;
using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Web.Features.Customers.Commands;

/// <summary>Adds an operator's note to a customer; who wrote it and when stands in the audit log.</summary>
/// <param name="CustomerId">Whom it is about.</param>
/// <param name="Text">1 to 2,000 characters.</param>
public sealed record AddNote(Guid CustomerId, string Text) : ICommand<Nothing>
{
    private const int Longest = 2000;

    /// <inheritdoc />
    public string AllowedRoles => Roles.AnyRole;

    /// <inheritdoc />
    public CommandTarget Target => new("customer", CustomerId, "noted");

    /// <inheritdoc />
    public async Task<Result<Nothing>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var text = Text.Trim();
        if (text.Length is 0 or > Longest)
        {
            return Error.Invalid(nameof(Text), $"A note has 1 to {Longest:N0} characters.");
        }

        if (!await context.Db.Customers.AnyAsync(c => c.Id == CustomerId, cancellationToken))
        {
            return Error.NotFound("This customer does not exist any more.");
        }

        var profile = await context.Db.CustomerProfiles.SingleOrDefaultAsync(
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
            context.Db.CustomerProfiles.Add(profile);
        }

        profile.Notes = [.. profile.Notes ?? [], text];
        return default(Nothing);
    }
}
