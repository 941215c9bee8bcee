using Dashboard.Data;
using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Results;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Web.Features.Operators.Commands;

/// <summary>What the commands on operators share.</summary>
internal static class OperatorRows
{
    /// <summary>The end of a lock that an administrator set; a lock-out after wrong passwords ends within a day.</summary>
    public static readonly DateTimeOffset Forever = new(9999, 12, 31, 0, 0, 0, TimeSpan.Zero);

    // Any number that nothing else on the database locks; it spells "oper".
    private const long LockKey = 0x6f706572;

    /// <summary>
    /// One at a time: two administrators that lock each other at once must not both succeed. Held until the transaction ends.
    /// </summary>
    public static Task SerialiseAsync(this CommandContext context, CancellationToken token) =>
        context.Db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LockKey})", token);

    /// <summary>The operator, tracked; null when there is none.</summary>
    public static Task<OperatorUser?> OperatorAsync(
        this CommandContext context,
        Guid id,
        CancellationToken token
    ) => context.Db.Users.SingleOrDefaultAsync(u => u.Id == id, token);

    /// <summary>The refusal for an id that is nobody's.</summary>
    public static Error Missing() => Error.NotFound("This operator does not exist any more.");

    /// <summary>True when someone other than <paramref name="except"/> can sign in as an administrator.</summary>
    public static Task<bool> AnyAdministratorAsync(
        this DashboardDb db,
        Guid? except,
        CancellationToken token
    ) =>
        (
            from user in db.Users
            join given in db.UserRoles on user.Id equals given.UserId
            join role in db.Roles on given.RoleId equals role.Id
            where role.Name == Roles.Administrator
            where user.Id != except && user.PasswordHash != null
            where user.LockoutEnd == null || user.LockoutEnd < Forever
            select user
        ).AnyAsync(token);

    /// <summary>Names of the operator's roles, in the order of <see cref="Roles.All"/>.</summary>
    public static async Task<IReadOnlyList<string>> RolesOfAsync(
        this DashboardDb db,
        Guid id,
        CancellationToken token
    )
    {
        var names = await db
            .UserRoles.Where(given => given.UserId == id)
            .Join(db.Roles, given => given.RoleId, role => role.Id, (_, role) => role.Name!)
            .ToListAsync(token);
        return [.. Roles.All.Where(names.Contains)];
    }

    /// <summary>Gives exactly these roles and adds the audit row.</summary>
    public static async Task SetRolesAsync(
        this CommandContext context,
        Guid id,
        IReadOnlyList<string> wanted,
        CancellationToken token
    )
    {
        var db = context.Db;
        var before = await db.RolesOfAsync(id, token);
        var ids = await db.Roles.ToDictionaryAsync(r => r.Name!, r => r.Id, token);
        await db.UserRoles.Where(given => given.UserId == id).ExecuteDeleteAsync(token);
        foreach (var role in Roles.All.Where(wanted.Contains))
        {
            db.UserRoles.Add(new IdentityUserRole<Guid> { UserId = id, RoleId = ids[role] });
        }

        context.Audit.Add(
            "operator",
            id,
            "roles_changed",
            new Dictionary<string, AuditChange>(StringComparer.Ordinal)
            {
                ["roles"] = new(before, Roles.All.Where(wanted.Contains).ToList()),
            }
        );
    }

    /// <summary>Ends every session of <paramref name="user"/> at its next check.</summary>
    public static void EndSessions(this OperatorUser user)
    {
        user.SecurityStamp = Guid.CreateVersion7().ToString("N").ToUpperInvariant();
        user.ConcurrencyStamp = Guid.CreateVersion7().ToString();
    }

    /// <summary>A new operator that nobody can sign in as yet.</summary>
    public static OperatorUser New(string email, string displayName, DateTime now)
    {
        var address = email.Trim();
        var user = new OperatorUser
        {
            Id = Guid.CreateVersion7(),
            UserName = address,
            NormalizedUserName = address.ToUpperInvariant(),
            Email = address,
            NormalizedEmail = address.ToUpperInvariant(),
            EmailConfirmed = true,
            LockoutEnabled = true,
            DisplayName = displayName.Trim(),
            CreatedAt = now,
        };
        user.EndSessions();
        return user;
    }

    /// <summary>What is wrong with an e-mail or a name, or null.</summary>
    public static Error? Problem(string email, string displayName)
    {
        var address = email.Trim();
        if (
            address.Length is 0 or > 255
            || !System.Net.Mail.MailAddress.TryCreate(address, out var parsed)
            || parsed.Address != address
        )
        {
            return Error.Invalid("email", $"'{address}' is not an e-mail address.");
        }

        return displayName.Trim().Length is 0 or > 100
            ? Error.Invalid("display_name", "The name needs 1 to 100 characters.")
            : null;
    }
}
