using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Data.Tasks;
using Dashboard.Domain.OptOuts;
using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.OptOuts;

/// <summary>Corrects the end or the reason of an opt-out in force; it may shorten it, so it is for compliance officers.</summary>
/// <param name="Id">Which.</param>
/// <param name="Reason">In the customer's words; at most 500 characters, null = none.</param>
/// <param name="ExpiresAt">UTC, exclusive; null = for good.</param>
/// <param name="Why">Why it is corrected; kept in the audit log, 1 to 500 characters.</param>
public sealed record ChangeOptOut(Guid Id, string? Reason, DateTime? ExpiresAt, string Why)
    : ICommand<OptOutReceipt>
{
    /// <inheritdoc />
    public string AllowedRoles => Roles.ComplianceOfficers;

    /// <inheritdoc />
    public CommandTarget Target => new("opt_out", Id, "updated");

    /// <inheritdoc />
    public async Task<Result<OptOutReceipt>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        if (OptOutFaults.Reason(nameof(Why), Why) is { } fault)
        {
            return fault;
        }

        if (Reason?.Length > AddOptOut.LongestReason)
        {
            return Error.Invalid(
                nameof(Reason),
                $"A reason has at most {AddOptOut.LongestReason} characters; this one has {Reason.Length}."
            );
        }

        if (ExpiresAt <= context.Now)
        {
            return Error.Invalid(
                nameof(ExpiresAt),
                "The end lies in the future. To end the opt-out now, remove it."
            );
        }

        var row = await LoadAsync(context, cancellationToken);
        return row.Error is { } refusal
            ? refusal
            : await ApplyAsync(context, row.Value, cancellationToken);
    }

    private async Task<Result<OptOut>> LoadAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var customer = await context
            .Db.OptOuts.Where(o => o.Id == Id)
            .Select(o => (Guid?)o.CustomerId)
            .SingleOrDefaultAsync(cancellationToken);
        if (customer is not { } owner)
        {
            return Error.NotFound("This opt-out does not exist any more.");
        }

        await context.LockCustomersAsync([owner], cancellationToken);
        var row = await context.Db.OptOuts.SingleAsync(o => o.Id == Id, cancellationToken);
        if (!row.Holds(context.Now))
        {
            return Error.IllegalTransition(
                "This opt-out has ended. Add a new one when the customer asks again."
            );
        }

        return row.Metadata?.Hold is null
            ? row
            : Error.IllegalTransition(
                "This is held until a text message has been read. Decide about the message under Review."
            );
    }

    private async Task<Result<OptOutReceipt>> ApplyAsync(
        CommandContext context,
        OptOut row,
        CancellationToken cancellationToken
    )
    {
        var shorter = ExpiresAt is { } end && (row.ExpiresAt is null || end < row.ExpiresAt);
        row.ExpiresAt = ExpiresAt;
        row.Reason = string.IsNullOrWhiteSpace(Reason) ? null : Reason.Trim();
        context.Audit.Add("opt_out", Id, "updated", metadata: new { Reason = Why });
        var recorded = await OptOutBook.StopAsync(
            context,
            [(row, true)],
            AddOptOut.StopReason(row.Reason),
            cancellationToken
        );
        if (shorter)
        {
            await WaitingContacts.ReleaseAsync(context, [row.CustomerId], cancellationToken);
        }

        return recorded[0].Receipt;
    }
}

/// <summary>Checks that several commands share.</summary>
internal static class OptOutFaults
{
    /// <summary>A reason is required where a stop is loosened.</summary>
    public static Error? Reason(string field, string? reason) =>
        string.IsNullOrWhiteSpace(reason) ? Error.Invalid(field, "Say why; the audit log keeps it.")
        : reason.Length > AddOptOut.LongestReason
            ? Error.Invalid(field, $"A reason has at most {AddOptOut.LongestReason} characters.")
        : null;
}
