using Dashboard.Data;
using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Audit;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Web.Identity;

/// <summary>
/// Audit rows for what Identity does outside a command: signing in and out, a person's own second factors. They are
/// written even when the caller is gone.
/// </summary>
internal sealed class OperatorAudit(IDbContextFactory<DashboardDb> contexts, TimeProvider time)
{
    /// <summary>The operator did something with their own account.</summary>
    public Task WriteAsync(
        HttpContext request,
        OperatorUser user,
        string action,
        object? more = null
    ) => WriteAsync(request, user.Id, user.Id.ToString(), action, more);

    /// <summary>Someone tried an e-mail that is nobody's, or a link or passkey that does not work.</summary>
    public Task WriteUnknownAsync(HttpContext request, string action, object? more = null) =>
        WriteAsync(request, Guid.Empty, "signed_out", action, more);

    /// <summary>Audit row and <see cref="OperatorUser.LastSignInAt"/>.</summary>
    public async Task SignedInAsync(HttpContext request, OperatorUser user, string with)
    {
        await WriteAsync(request, user, "signed_in", new { With = with });
        var now = time.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
        await db
            .Users.Where(u => u.Id == user.Id)
            .ExecuteUpdateAsync(
                u => u.SetProperty(x => x.LastSignInAt, now),
                CancellationToken.None
            );
    }

    private async Task WriteAsync(
        HttpContext request,
        Guid id,
        string actorId,
        string action,
        object? more
    )
    {
        var actor = new Actor(
            ActorType.User,
            actorId,
            actorId,
            new HashSet<string>(),
            request.Connection.RemoteIpAddress,
            CurrentActor.Browser(request)
        );
        var trail = new AuditTrail(actor, time.GetUtcNow().UtcDateTime);
        trail.Add("operator", id, action, metadata: more);
        await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
        db.AuditLogs.AddRange(trail.Rows);
        await db.SaveChangesAsync(CancellationToken.None);
    }
}
