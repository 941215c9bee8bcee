using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Customers;

/// <summary>A customer gave a consent.</summary>
/// <param name="CustomerId">Who.</param>
/// <param name="Kind">What it is good for.</param>
/// <param name="Channel">For which channel.</param>
/// <param name="PaymentRecordId">For this invoice only; null = for all.</param>
/// <param name="GivenAt">UTC; not in the future. Null = now.</param>
/// <param name="Source">How it is known, 1 to 255 characters.</param>
public sealed record RecordConsent(
    Guid CustomerId,
    ConsentKind Kind,
    Channel Channel,
    Guid? PaymentRecordId,
    DateTime? GivenAt,
    string Source
) : ICommand<Guid>
{
    /// <inheritdoc />
    public string AllowedRoles => $"{Roles.CollectionsManagers},{Roles.ComplianceOfficer}";

    /// <inheritdoc />
    public CommandTarget Target => new("customer", CustomerId, "consented");

    /// <inheritdoc />
    public async Task<Result<Guid>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        if (
            ConsentFaults.Source(Source) is { } fault
            || (fault = ConsentFaults.GivenAt(GivenAt, context.Now)) is not null
        )
        {
            return fault;
        }

        await context.LockCustomersAsync([CustomerId], cancellationToken);
        if (!await context.Db.Customers.AnyAsync(c => c.Id == CustomerId, cancellationToken))
        {
            return Error.NotFound("This customer does not exist any more.");
        }

        if (
            PaymentRecordId is { } invoice
            && !await context.Db.PaymentRecords.AnyAsync(
                p => p.Id == invoice && p.CustomerId == CustomerId,
                cancellationToken
            )
        )
        {
            return Error.Invalid(nameof(PaymentRecordId), "Choose an invoice of this customer.");
        }

        var consent = new Consent
        {
            Id = Guid.CreateVersion7(),
            CustomerId = CustomerId,
            Kind = Kind,
            Channel = Channel,
            PaymentRecordId = PaymentRecordId,
            GivenAt = GivenAt ?? context.Now,
            Source = Source.Trim(),
        };
        context.Db.Consents.Add(consent);
        return consent.Id;
    }
}

/// <summary>The customer confirmed a consent again: it counts from now.</summary>
/// <param name="Id">Which.</param>
/// <param name="Source">How that is known, 1 to 255 characters.</param>
public sealed record ConfirmConsent(Guid Id, string Source) : ICommand<Nothing>
{
    /// <inheritdoc />
    public string AllowedRoles => $"{Roles.CollectionsManagers},{Roles.ComplianceOfficer}";

    /// <inheritdoc />
    public CommandTarget Target => new("consent", Id, "confirmed");

    /// <inheritdoc />
    public async Task<Result<Nothing>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        if (ConsentFaults.Source(Source) is { } fault)
        {
            return fault;
        }

        var consent = await ConsentFaults.LoadAsync(context, Id, cancellationToken);
        if (consent.Error is { } missing)
        {
            return missing;
        }

        if (consent.Value.RevokedAt is not null)
        {
            return Error.IllegalTransition(
                "This consent was revoked. Record a new one when the customer gives it again."
            );
        }

        consent.Value.GivenAt = context.Now;
        consent.Value.Source = Source.Trim();
        context.Audit.Add("consent", Id, "confirmed");
        return default(Nothing);
    }
}

/// <summary>The customer took a consent back: it does not hold from now on.</summary>
/// <param name="Id">Which.</param>
/// <param name="Reason">What the customer said, at most 500 characters; kept in the audit log.</param>
public sealed record RevokeConsent(Guid Id, string? Reason = null) : ICommand<Nothing>
{
    /// <inheritdoc />
    public string AllowedRoles => Roles.Stoppers;

    /// <inheritdoc />
    public CommandTarget Target => new("consent", Id, "revoked");

    /// <inheritdoc />
    public async Task<Result<Nothing>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        if (Reason?.Length > 500)
        {
            return Error.Invalid(nameof(Reason), "A reason has at most 500 characters.");
        }

        var consent = await ConsentFaults.LoadAsync(context, Id, cancellationToken);
        if (consent.Error is { } missing)
        {
            return missing;
        }

        if (consent.Value.RevokedAt is null)
        {
            consent.Value.RevokedAt = context.Now;
            context.Audit.Add("consent", Id, "revoked", metadata: new { Reason });
        }

        return default(Nothing);
    }
}

/// <summary>What the commands share.</summary>
internal static class ConsentFaults
{
    /// <summary>A consent nobody can trace is none.</summary>
    public static Error? Source(string? source) =>
        string.IsNullOrWhiteSpace(source) || source.Trim().Length > 255
            ? Error.Invalid(
                "Source",
                "Say how the consent is known, e.g. \"call on 3 May, recorded\"; 1 to 255 characters."
            )
            : null;

    /// <summary>A consent cannot be given tomorrow.</summary>
    public static Error? GivenAt(DateTime? at, DateTime now) =>
        at > now ? Error.Invalid("GivenAt", "A consent was given now or before.") : null;

    /// <summary>The consent, with its customer locked: the gate may be reading it.</summary>
    public static async Task<Result<Consent>> LoadAsync(
        CommandContext context,
        Guid id,
        CancellationToken cancellationToken
    )
    {
        var customer = await context
            .Db.Consents.Where(c => c.Id == id)
            .Select(c => (Guid?)c.CustomerId)
            .SingleOrDefaultAsync(cancellationToken);
        if (customer is not { } owner)
        {
            return Error.NotFound("This consent does not exist any more.");
        }

        await context.LockCustomersAsync([owner], cancellationToken);
        return await context.Db.Consents.SingleAsync(c => c.Id == id, cancellationToken);
    }
}
