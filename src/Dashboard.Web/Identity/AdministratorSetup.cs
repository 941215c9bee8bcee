using Dashboard.Data;
using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Results;
using Dashboard.Web.Features.Operators.Commands;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Dashboard.Web.Identity;

/// <summary>How the first administrator comes to be: a printed link, <c>create-admin</c>, or settings. No default account.</summary>
public sealed class AdministratorSetup(
    CommandRunner runner,
    IDbContextFactory<DashboardDb> contexts,
    IServiceScopeFactory scopes,
    IOptions<SignInSettings> settings
)
{
    /// <summary>Makes sure that the four roles exist.</summary>
    public async Task EnsureRolesAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var role in Roles.All)
        {
            var id = Guid.CreateVersion7();
            var stamp = Guid.CreateVersion7().ToString();
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO ops.roles (id, name, normalized_name, concurrency_stamp)
                VALUES ({id}, {role}, {role.ToUpperInvariant()}, {stamp}) ON CONFLICT DO NOTHING
                """,
                cancellationToken
            );
        }
    }

    /// <summary>True when nobody can sign in as an administrator.</summary>
    public async Task<bool> IsNeededAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return !await db.AnyAdministratorAsync(null, cancellationToken);
    }

    /// <summary>A one-time link for the first administrator; refused when there is one.</summary>
    public Task<Result<SetupLink>> FirstLinkAsync(CancellationToken cancellationToken = default) =>
        runner.RunAsync(
            new IssueFirstAdministratorLink(settings.Value.SetupLinkFor),
            Actor.System("start"),
            cancellationToken
        );

    /// <summary>
    /// Makes an administrator (<c>create-admin EMAIL</c>). Without a password the result is a one-time link by which they
    /// choose it, with one it is null.
    /// </summary>
    public async Task<Result<SetupLink?>> CreateAsync(
        string email,
        string? password,
        bool onlyFirst = false,
        CancellationToken cancellationToken = default
    )
    {
        await EnsureRolesAsync(cancellationToken);
        if (OperatorRows.Problem(email, email.Split('@')[0]) is { } problem)
        {
            return problem;
        }

        string? hash = null;
        if (password is not null)
        {
            var hashed = await HashAsync(email, password);
            if (hashed.Error is { } refusal)
            {
                return refusal;
            }

            hash = hashed.Value;
        }

        return await runner.RunAsync(
            new CreateAdministrator(email, hash, onlyFirst, settings.Value.SetupLinkFor),
            Actor.System("create-admin"),
            cancellationToken
        );
    }

    /// <summary>The hash of <paramref name="password"/>, or which rule it breaks.</summary>
    internal async Task<Result<string>> HashAsync(
        string email,
        string password,
        string? name = null
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<OperatorUser>>();
        var user = new OperatorUser { Email = email, DisplayName = name ?? string.Empty };
        return PasswordRules.Problem(user, password) is { } problem
            ? Error.Invalid("password", problem)
            : users.PasswordHasher.HashPassword(user, password);
    }
}
