using Dashboard.Data;
using Dashboard.Web.Features.Operators.Commands;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Web.Identity;

/// <summary>Whom a one-time link is for.</summary>
/// <param name="OperatorId">Null for the first administrator.</param>
/// <param name="Email">Null for the first administrator.</param>
/// <param name="DisplayName">As invited.</param>
internal sealed record SetupLinkOwner(Guid? OperatorId, string? Email, string? DisplayName);

/// <summary>Looks a one-time link up without using it.</summary>
internal sealed class SetupLinkQuery(IDbContextFactory<DashboardDb> contexts, TimeProvider time)
{
    /// <summary>Null when the link is unknown, used or too old.</summary>
    public async Task<SetupLinkOwner?> FindAsync(
        string? token,
        CancellationToken cancellationToken = default
    )
    {
        if (string.IsNullOrEmpty(token))
        {
            return null;
        }

        var hash = SetupLink.Hash(token);
        var now = time.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var link = await db
            .SetupTokens.AsNoTracking()
            .SingleOrDefaultAsync(
                t => t.TokenHash == hash && t.UsedAt == null && t.ExpiresAt > now,
                cancellationToken
            );
        if (link is null)
        {
            return null;
        }

        if (link.OperatorId is null)
        {
            return await db.AnyAdministratorAsync(null, cancellationToken)
                ? null
                : new SetupLinkOwner(null, null, null);
        }

        return await db
            .Users.AsNoTracking()
            .Where(u => u.Id == link.OperatorId)
            .Select(u => new SetupLinkOwner(u.Id, u.Email, u.DisplayName))
            .SingleOrDefaultAsync(cancellationToken);
    }
}
