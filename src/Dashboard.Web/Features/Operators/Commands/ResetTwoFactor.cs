using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Web.Features.Operators.Commands;

/// <summary>
/// Takes an operator's authenticator, recovery codes and passkeys away, for someone who lost the device; the password alone
/// is enough again. Their sessions end.
/// </summary>
/// <param name="OperatorId">Whose.</param>
public sealed record ResetTwoFactor(Guid OperatorId) : ICommand<Nothing>
{
    /// <inheritdoc />
    public string AllowedRoles => Roles.Administrators;

    /// <inheritdoc />
    public CommandTarget Target => new("operator", OperatorId, "two_factor_reset");

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

        var db = context.Db;
        await db
            .UserTokens.Where(t => t.UserId == OperatorId)
            .ExecuteDeleteAsync(cancellationToken);
        var passkeys = await db
            .UserPasskeys.Where(p => p.UserId == OperatorId)
            .ExecuteDeleteAsync(cancellationToken);
        user.TwoFactorEnabled = false;
        user.EndSessions();
        context.Audit.Add(
            "operator",
            OperatorId,
            "two_factor_reset",
            metadata: new { PasskeysRemoved = passkeys }
        );
        return default(Nothing);
    }
}

/// <summary>Ends every session of an operator.</summary>
/// <param name="OperatorId">Whose.</param>
public sealed record SignOutOperator(Guid OperatorId) : ICommand<Nothing>
{
    /// <inheritdoc />
    public string AllowedRoles => Roles.Administrators;

    /// <inheritdoc />
    public CommandTarget Target => new("operator", OperatorId, "signed_out_everywhere");

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

        user.EndSessions();
        context.Audit.Add("operator", OperatorId, "signed_out_everywhere");
        return default(Nothing);
    }
}
