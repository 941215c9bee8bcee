using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Results;

namespace Dashboard.Web.Features.Operators.Commands;

/// <summary>Gives a new one-time link, for a lost invitation or a forgotten password. Earlier links stop working.</summary>
/// <param name="OperatorId">Who will choose a password.</param>
/// <param name="ValidFor">How long the link works.</param>
public sealed record RenewSetupLink(Guid OperatorId, TimeSpan ValidFor) : ICommand<SetupLink>
{
    /// <inheritdoc />
    public string AllowedRoles => Roles.Administrators;

    /// <inheritdoc />
    public CommandTarget Target => new("operator", OperatorId, "link_issued");

    /// <inheritdoc />
    public async Task<Result<SetupLink>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        if (await context.OperatorAsync(OperatorId, cancellationToken) is null)
        {
            return OperatorRows.Missing();
        }

        context.Audit.Add("operator", OperatorId, "link_issued");
        return await SetupLink.IssueAsync(context, OperatorId, ValidFor, cancellationToken);
    }
}
