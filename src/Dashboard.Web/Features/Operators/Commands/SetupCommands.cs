using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Web.Features.Operators.Commands;

/// <summary>A link that makes the first administrator. Only the program itself asks for it, at start.</summary>
/// <param name="ValidFor">How long it works.</param>
public sealed record IssueFirstAdministratorLink(TimeSpan ValidFor) : ICommand<SetupLink>
{
    /// <summary>Nobody's: only the system may.</summary>
    public string AllowedRoles => string.Empty;

    /// <inheritdoc />
    public CommandTarget Target => new("operator", Guid.Empty, "link_issued");

    /// <inheritdoc />
    public async Task<Result<SetupLink>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        await context.SerialiseAsync(cancellationToken);
        if (await context.Db.AnyAdministratorAsync(null, cancellationToken))
        {
            return new Error("exists", "There is an administrator already.");
        }

        context.Audit.Add("operator", Guid.Empty, "link_issued");
        return await SetupLink.IssueAsync(context, null, ValidFor, cancellationToken);
    }
}

/// <summary>An administrator from the command line or from settings; checked by <c>AdministratorSetup</c>.</summary>
/// <param name="Email">What they sign in with.</param>
/// <param name="PasswordHash">Null when they choose it by a link.</param>
/// <param name="OnlyFirst">Refuse when there is an administrator already.</param>
/// <param name="ValidFor">How long the link works.</param>
public sealed record CreateAdministrator(
    string Email,
    string? PasswordHash,
    bool OnlyFirst,
    TimeSpan ValidFor
) : ICommand<SetupLink?>
{
    /// <summary>Nobody's: only the system may.</summary>
    public string AllowedRoles => string.Empty;

    /// <inheritdoc />
    public CommandTarget Target => new("operator", Guid.Empty, "created");

    /// <inheritdoc />
    public async Task<Result<SetupLink?>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        await context.SerialiseAsync(cancellationToken);
        if (OnlyFirst && await context.Db.AnyAdministratorAsync(null, cancellationToken))
        {
            return new Error("exists", "There is an administrator already.");
        }

        var normalized = Email.Trim().ToUpperInvariant();
        var user = await context.Db.Users.SingleOrDefaultAsync(
            u => u.NormalizedUserName == normalized,
            cancellationToken
        );
        if (user?.PasswordHash is not null)
        {
            return Error.Invalid("email", $"{user.Email} is an operator already.");
        }

        if (user is null)
        {
            user = OperatorRows.New(Email, Email.Split('@')[0], context.Now);
            context.Db.Users.Add(user);
        }

        user.PasswordHash = PasswordHash;
        context.Audit.Add("operator", user.Id, "created");
        await context.Db.SaveChangesAsync(cancellationToken);
        await context.SetRolesAsync(user.Id, [Roles.Administrator], cancellationToken);
        return PasswordHash is null
            ? await SetupLink.IssueAsync(context, user.Id, ValidFor, cancellationToken)
            : (SetupLink?)null;
    }
}

/// <summary>Someone opened a one-time link and chose a password. The link is the proof; it works once.</summary>
/// <param name="Token">What the link carried.</param>
/// <param name="Email">Of the first administrator; others have one already.</param>
/// <param name="DisplayName">Name on screen.</param>
/// <param name="PasswordHash">Of a password that follows the rules.</param>
public sealed record AcceptSetupLink(
    string Token,
    string Email,
    string DisplayName,
    string PasswordHash
) : ICommand<Guid>
{
    /// <summary>Nobody's: only the system may, for whoever holds the link.</summary>
    public string AllowedRoles => string.Empty;

    /// <inheritdoc />
    public CommandTarget Target => new("operator", Guid.Empty, "set_up");

    /// <summary>What a link that does not work is told.</summary>
    public static Error Refusal { get; } =
        new(
            "link_used",
            "This link does not work any more: it was used, replaced or is too old. Ask an administrator for a new one; "
                + "for the first administrator, restart the program."
        );

    /// <inheritdoc />
    public async Task<Result<Guid>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        await context.SerialiseAsync(cancellationToken);
        var hash = SetupLink.Hash(Token);
        var link = await context.Db.SetupTokens.SingleOrDefaultAsync(
            t => t.TokenHash == hash && t.UsedAt == null && t.ExpiresAt > context.Now,
            cancellationToken
        );
        if (link is null)
        {
            return Refusal;
        }

        link.UsedAt = context.Now;
        if (OperatorRows.Problem(Email, DisplayName) is { } problem)
        {
            return problem;
        }

        return link.OperatorId is { } id
            ? await SetPasswordAsync(context, id, cancellationToken)
            : await CreateFirstAsync(context, cancellationToken);
    }

    private async Task<Result<Guid>> SetPasswordAsync(
        CommandContext context,
        Guid id,
        CancellationToken cancellationToken
    )
    {
        var user = (await context.OperatorAsync(id, cancellationToken))!;
        user.DisplayName = DisplayName.Trim();
        user.PasswordHash = PasswordHash;
        user.AccessFailedCount = 0;
        user.EndSessions();
        context.Audit.Add("operator", id, "password_set");
        return id;
    }

    private async Task<Result<Guid>> CreateFirstAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        if (await context.Db.AnyAdministratorAsync(null, cancellationToken))
        {
            return Refusal;
        }

        var user = OperatorRows.New(Email, DisplayName, context.Now);
        if (
            await context.Db.Users.AnyAsync(
                u => u.NormalizedUserName == user.NormalizedUserName,
                cancellationToken
            )
        )
        {
            return Error.Invalid("email", $"{user.Email} is an operator already.");
        }

        user.PasswordHash = PasswordHash;
        context.Audit.Add("operator", user.Id, "created");
        context.Db.Users.Add(user);
        await context.Db.SaveChangesAsync(cancellationToken);
        await context.SetRolesAsync(user.Id, [Roles.Administrator], cancellationToken);
        return user.Id;
    }
}
