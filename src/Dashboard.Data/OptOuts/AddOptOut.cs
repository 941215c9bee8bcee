using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.OptOuts;
using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.OptOuts;

/// <summary>
/// A customer does not want contact on a channel. Once it returns nothing more is reserved there; the receipt says what it
/// cancelled, what waits and what was already on its way.
/// </summary>
/// <param name="CustomerId">Whose wish.</param>
/// <param name="Channel">Which channel.</param>
/// <param name="Reason">In the customer's words; at most 500 characters.</param>
/// <param name="ExpiresAt">UTC, exclusive; null = for good. A later wish never shortens an earlier one.</param>
/// <param name="Source">One of <see cref="OptOutSources"/>; at most 50 characters.</param>
public sealed record AddOptOut(
    Guid CustomerId,
    OptOutChannel Channel,
    string? Reason = null,
    DateTime? ExpiresAt = null,
    string Source = OptOutSources.Operator
) : ICommand<OptOutReceipt>
{
    /// <summary>Longest reason, in characters.</summary>
    public const int LongestReason = 500;

    private const int LongestSource = 50;

    /// <inheritdoc />
    public string AllowedRoles => $"{Roles.CollectionsManagers},{Roles.ComplianceOfficer}";

    /// <inheritdoc />
    public CommandTarget Target => new("customer", CustomerId, "opted_out");

    /// <inheritdoc />
    public async Task<Result<OptOutReceipt>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        if (Check(context.Now) is { } fault)
        {
            return fault;
        }

        if (!await context.Db.Customers.AnyAsync(c => c.Id == CustomerId, cancellationToken))
        {
            return Error.NotFound("This customer does not exist any more.");
        }

        var wish = new Wish(CustomerId, Channel, Reason, ExpiresAt, Source);
        var recorded = await OptOutBook.RecordAsync(
            context,
            [wish],
            StopReason(Reason),
            cancellationToken
        );
        return recorded[0].Receipt;
    }

    /// <summary>What a cancelled task says.</summary>
    internal static string StopReason(string? reason) =>
        $"The customer opted out{(string.IsNullOrWhiteSpace(reason) ? "." : $": {reason}")}";

    private Error? Check(DateTime now) =>
        ExpiresAt <= now
            ? Error.Invalid(
                nameof(ExpiresAt),
                "The end of an opt-out lies in the future. Leave it empty for one that holds for good."
            )
        : Reason?.Length > LongestReason
            ? Error.Invalid(
                nameof(Reason),
                $"A reason has at most {LongestReason} characters; this one has {Reason.Length}."
            )
        : string.IsNullOrWhiteSpace(Source) || Source.Length > LongestSource
            ? Error.Invalid(nameof(Source), $"A source has 1 to {LongestSource} characters.")
        : null;
}
