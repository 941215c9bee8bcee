using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Results;

namespace Dashboard.Web.Features.Audit.Commands;

/// <summary>Notes in the log itself that it was verified, and what came of it.</summary>
/// <param name="Unbroken">Nothing was wrong.</param>
/// <param name="Rows">Sealed rows checked.</param>
/// <param name="Head">The end of the chain.</param>
/// <param name="First">The first fault in a sentence; null without one.</param>
public sealed record NoteAuditCheck(bool Unbroken, long Rows, string? Head, string? First)
    : ICommand<Nothing>
{
    /// <summary>The noun of events about the log itself.</summary>
    public const string EntityType = "audit_log";

    /// <summary>The action of this event.</summary>
    public const string Verified = "verified";

    /// <inheritdoc />
    public string AllowedRoles => Roles.ComplianceOfficers;

    /// <inheritdoc />
    public CommandTarget Target => new(EntityType, Guid.Empty, Verified);

    /// <inheritdoc />
    public Task<Result<Nothing>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        context.Audit.Add(
            EntityType,
            Guid.Empty,
            Verified,
            metadata: new
            {
                Unbroken,
                Rows,
                Head,
                Reason = First,
            }
        );
        return Task.FromResult<Result<Nothing>>(default(Nothing));
    }
}

/// <summary>Notes in the log that part of it left the product as a file. Written before the first byte goes out.</summary>
/// <param name="Format"><c>csv</c> or <c>json</c>.</param>
/// <param name="Filter">The filter as a query string.</param>
public sealed record NoteAuditExport(string Format, string Filter) : ICommand<Nothing>
{
    /// <inheritdoc />
    public string AllowedRoles => Roles.ComplianceOfficers;

    /// <inheritdoc />
    public CommandTarget Target => new(NoteAuditCheck.EntityType, Guid.Empty, "exported");

    /// <inheritdoc />
    public Task<Result<Nothing>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        context.Audit.Add(
            NoteAuditCheck.EntityType,
            Guid.Empty,
            "exported",
            metadata: new { Format, Filter }
        );
        return Task.FromResult<Result<Nothing>>(default(Nothing));
    }
}
