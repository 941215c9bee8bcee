using Dashboard.Data.Commands;
using Dashboard.Domain.Audit;
using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Compliance.Rules;

/// <summary>Four eyes: who may approve what.</summary>
internal static class Approvers
{
    /// <summary>Who approves is a person, and not the one who asked.</summary>
    public static async Task<Error?> FaultAsync(
        CommandContext context,
        RuleChange change,
        CancellationToken cancellationToken
    )
    {
        var actor = context.Actor;
        if (change.RequestedBy == actor.Id)
        {
            return Error.Forbidden(
                "You asked for this change: another compliance officer has to approve it."
            );
        }

        var isPerson =
            actor.Type == ActorType.User
            && Guid.TryParse(actor.Id, out var id)
            && await context.Db.Users.AnyAsync(u => u.Id == id, cancellationToken);
        if (!isPerson)
        {
            return Error.Forbidden("Only a signed-in compliance officer can approve a change.");
        }

        return
            Guid.TryParse(change.RequestedBy, out var key)
            && await context.Db.ApiKeys.AnyAsync(
                k => k.Id == key && (k.CreatedBy == actor.Id || k.CreatedBy == actor.Name),
                cancellationToken
            )
            ? Error.Forbidden(
                "Your API key asked for this change: another compliance officer has to approve it."
            )
            : null;
    }
}
