using Dashboard.Data.Commands;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Demo;

/// <summary>Takes the demo data out again.</summary>
internal static class DemoRemoval
{
    /// <summary>
    /// The rows themselves (what hangs on a customer goes with it), then the marks. Agents that real contacts used meanwhile
    /// stay, or those contacts would go with them. The audit log stays whole: it can only grow.
    /// </summary>
    private static readonly string[] s_statements =
    [
        "DELETE FROM customers WHERE id IN (SELECT row_id FROM ops.demo_entities WHERE table_name = 'customers')",
        "DELETE FROM agents a WHERE id IN (SELECT row_id FROM ops.demo_entities WHERE table_name = 'agents') "
            + "AND NOT EXISTS (SELECT FROM contact_attempts t WHERE t.agent_id = a.id)",
        "DELETE FROM compliance_rules WHERE id IN (SELECT row_id FROM ops.demo_entities WHERE table_name = 'compliance_rules')",
        "DELETE FROM templates WHERE id IN (SELECT row_id FROM ops.demo_entities WHERE table_name = 'templates')",
        "DELETE FROM ops.demo_entities",
    ];

    /// <summary>Removes everything in one transaction; null when there is no demo data.</summary>
    public static async Task<DemoReport?> RunAsync(
        IDbContextFactory<DashboardDb> contexts,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var customers = db.Set<DemoEntity>()
            .Where(e => e.TableName == "customers")
            .Select(e => e.RowId);
        if (!await db.Set<DemoEntity>().AnyAsync(cancellationToken))
        {
            return null;
        }

        var report = new DemoReport(
            await customers.CountAsync(cancellationToken),
            await db.PaymentRecords.CountAsync(
                p => customers.Contains(p.CustomerId),
                cancellationToken
            ),
            await db.Campaigns.CountAsync(p => customers.Contains(p.CustomerId), cancellationToken),
            await db.ContactAttempts.CountAsync(
                p => customers.Contains(p.CustomerId),
                cancellationToken
            )
        );
        foreach (var statement in s_statements)
        {
            await db.Database.ExecuteSqlRawAsync(statement, cancellationToken);
        }

        var trail = new AuditTrail(Actor.System("demo"), time.GetUtcNow().UtcDateTime);
        trail.Add("demo", Guid.Empty, "removed", metadata: report);
        db.AuditLogs.AddRange(trail.Rows);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return report;
    }
}
