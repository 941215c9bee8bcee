using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Results;

namespace Dashboard.Web.Features.Operators.Commands;

/// <summary>Locks an operator out until an administrator unlocks them; their sessions end.</summary>
/// <param name="OperatorId">Whom.</param>
public sealed record LockOperator(Guid OperatorId) : ICommand<Nothing>
{
    /// <inheritdoc />
    public string AllowedRoles => Roles.Administrators;

    /// <inheritdoc />
    public CommandTarget Target => new("operator", OperatorId, "locked");

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

        if (context.Actor.Id == OperatorId.ToString())
        {
            return new Error("own_account", "You cannot lock yourself. Another administrator can.");
        }

        if (!await context.Db.AnyAdministratorAsync(OperatorId, cancellationToken))
        {
            return LastAdministrator.Refusal;
        }

        user.LockoutEnabled = true;
        user.LockoutEnd = OperatorRows.Forever;
        user.EndSessions();
        context.Audit.Add("operator", OperatorId, "locked");
        return default(Nothing);
    }
}

/// <summary>Lets an operator sign in again, after a lock or after too many wrong passwords.</summary>
/// <param name="OperatorId">Whom.</param>
public sealed record UnlockOperator(Guid OperatorId) : ICommand<Nothing>
{
    /// <inheritdoc />
    public string AllowedRoles => Roles.Administrators;

    /// <inheritdoc />
    public CommandTarget Target => new("operator", OperatorId, "unlocked");

    /// <inheritdoc />
    public async Task<Result<Nothing>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var user = await context.OperatorAsync(OperatorId, cancellationToken);
        if (user is null)
        {
            return OperatorRows.Missing();
        }

        user.LockoutEnd = null;
        user.AccessFailedCount = 0;
        context.Audit.Add("operator", OperatorId, "unlocked");
        return default(Nothing);
    }
}
