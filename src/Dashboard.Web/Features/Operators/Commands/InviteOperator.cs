using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Web.Features.Operators.Commands;

/// <summary>Adds an operator and gives back the one-time link by which they choose their password.</summary>
/// <param name="Email">What they sign in with; unique.</param>
/// <param name="DisplayName">Name on screen, 1 to 100 characters.</param>
/// <param name="GivenRoles">At least one of <see cref="Roles.All"/>.</param>
/// <param name="ValidFor">How long the link works.</param>
public sealed record InviteOperator(
    string Email,
    string DisplayName,
    IReadOnlyList<string> GivenRoles,
    TimeSpan ValidFor
) : ICommand<SetupLink>
{
    /// <inheritdoc />
    public string AllowedRoles => Roles.Administrators;

    /// <inheritdoc />
    public CommandTarget Target => new("operator", Guid.Empty, "invited");

    /// <inheritdoc />
    public async Task<Result<SetupLink>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        if (OperatorRows.Problem(Email, DisplayName) is { } problem)
        {
            return problem;
        }

        if (GivenRoles.Count == 0 || GivenRoles.Except(Roles.All).Any())
        {
            return Error.Invalid(
                "roles",
                "Choose at least one role; without one nothing can be seen."
            );
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

        context.Audit.Add("operator", user.Id, "invited");
        context.Db.Users.Add(user);
        await context.Db.SaveChangesAsync(cancellationToken);
        await context.SetRolesAsync(user.Id, GivenRoles, cancellationToken);
        return await SetupLink.IssueAsync(context, user.Id, ValidFor, cancellationToken);
    }
}
