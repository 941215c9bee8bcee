using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Results;

namespace Dashboard.Web.Features.Operators.Commands;

/// <summary>Gives an operator exactly these roles; their sessions end, so that no page keeps the old ones.</summary>
/// <param name="OperatorId">Whose.</param>
/// <param name="NewRoles">Of <see cref="Roles.All"/>; none takes every access.</param>
/// <param name="SeenRoles">What the administrator saw; another set now is a conflict.</param>
public sealed record ChangeOperatorRoles(
    Guid OperatorId,
    IReadOnlyList<string> NewRoles,
    IReadOnlyList<string> SeenRoles
) : ICommand<Nothing>
{
    /// <inheritdoc />
    public string AllowedRoles => Roles.Administrators;

    /// <inheritdoc />
    public CommandTarget Target => new("operator", OperatorId, "roles_changed");

    /// <inheritdoc />
    public async Task<Result<Nothing>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        await context.SerialiseAsync(cancellationToken);
        var user = await context.OperatorAsync(OperatorId, cancellationToken);
        if (user is null)
        {
            return OperatorRows.Missing();
        }

        if (NewRoles.Except(Roles.All).Any())
        {
            return Error.Invalid("roles", "There is no such role.");
        }

        var now = await context.Db.RolesOfAsync(OperatorId, cancellationToken);
        if (!now.ToHashSet().SetEquals(SeenRoles))
        {
            var names = now.Count == 0 ? "none" : string.Join(", ", now);
            return Error.Conflict(
                $"The roles of {user.DisplayName} were changed meanwhile; they are now: {names}. Nothing was changed."
            );
        }

        if (
            !NewRoles.Contains(Roles.Administrator)
            && now.Contains(Roles.Administrator)
            && !await context.Db.AnyAdministratorAsync(OperatorId, cancellationToken)
        )
        {
            return LastAdministrator.Refusal;
        }

        user.EndSessions();
        await context.SetRolesAsync(OperatorId, NewRoles, cancellationToken);
        return default(Nothing);
    }
}

/// <summary>There is always someone who can let others in.</summary>
internal static class LastAdministrator
{
    /// <summary>What the attempt to remove them is told.</summary>
    public static Error Refusal { get; } =
        new(
            "last_administrator",
            "This is the last administrator who can sign in. Make someone else an administrator first."
        );
}
