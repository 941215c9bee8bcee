using Dashboard.Data;
using Dashboard.Data.Operators;
using Dashboard.Web.Features.Operators.Commands;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Web.Features.Operators;

/// <summary>One operator as the list shows them.</summary>
/// <param name="Id">Key.</param>
/// <param name="Name">On screen.</param>
/// <param name="Email">What they sign in with.</param>
/// <param name="Roles">In the order of <see cref="Data.Operators.Roles.All"/>.</param>
/// <param name="IsInvited">True until they chose a password.</param>
/// <param name="IsLocked">True when an administrator locked them.</param>
/// <param name="PausedUntil">UTC; after too many wrong passwords.</param>
/// <param name="HasTwoFactor">True with an authenticator app.</param>
/// <param name="Passkeys">How many.</param>
/// <param name="LastSignInAt">UTC.</param>
public sealed record OperatorRow(
    Guid Id,
    string Name,
    string Email,
    IReadOnlyList<string> Roles,
    bool IsInvited,
    bool IsLocked,
    DateTime? PausedUntil,
    bool HasTwoFactor,
    int Passkeys,
    DateTime? LastSignInAt
);

/// <summary>All operators by name; there are tens of them, never thousands.</summary>
internal sealed class OperatorListQuery(IDbContextFactory<DashboardDb> contexts, TimeProvider time)
{
    public async Task<IReadOnlyList<OperatorRow>> RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var users = await db
            .Users.AsNoTracking()
            .OrderBy(u => u.DisplayName)
            .ThenBy(u => u.Email)
            .Select(u => new { User = u, Passkeys = db.UserPasskeys.Count(p => p.UserId == u.Id) })
            .ToListAsync(cancellationToken);
        var given = await db
            .UserRoles.AsNoTracking()
            .Join(db.Roles, g => g.RoleId, r => r.Id, (g, r) => new { g.UserId, r.Name })
            .ToListAsync(cancellationToken);
        var roles = given.ToLookup(g => g.UserId, g => g.Name);
        return [.. users.Select(u => Row(u.User, u.Passkeys, roles[u.User.Id]))];
    }

    private OperatorRow Row(OperatorUser user, int passkeys, IEnumerable<string?> roles)
    {
        var locked = user.LockoutEnd >= OperatorRows.Forever;
        var paused = !locked && user.LockoutEnd > time.GetUtcNow();
        return new OperatorRow(
            user.Id,
            user.DisplayName,
            user.Email ?? string.Empty,
            [.. Data.Operators.Roles.All.Where(roles.Contains)],
            user.PasswordHash is null,
            locked,
            paused ? user.LockoutEnd?.UtcDateTime : null,
            user.TwoFactorEnabled,
            passkeys,
            user.LastSignInAt
        );
    }
}
