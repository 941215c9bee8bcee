using Dashboard.Data;
using Dashboard.Data.Compliance.Facts;
using Dashboard.Domain.Compliance;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Dashboard.Web.Api.Compliance;

/// <summary>The stored rules, and the facts of a stored customer as of now.</summary>
/// <param name="Rules">The rules in force.</param>
/// <param name="Customer">Null when there is no such customer, or none was asked for.</param>
internal sealed record StoredCase(RuleSet Rules, FactSheet? Customer);

/// <summary>Reads what an evaluation does not bring along.</summary>
internal sealed class EvaluateQuery(IDbContextFactory<DashboardDb> contexts, TimeProvider time)
{
    private readonly StoredRuleCache _rules = new();

    /// <summary>The stored rules; with <paramref name="customerId"/> also that customer's facts.</summary>
    public async Task<StoredCase> RunAsync(Guid? customerId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var rules = await _rules.GetAsync(connection, cancellationToken);
        if (customerId is not { } id)
        {
            return new StoredCase(rules.Acting, null);
        }

        var facts = await FactsLoader.LoadAsync(
            connection,
            [id],
            rules.LookBack,
            time.GetUtcNow().UtcDateTime,
            cancellationToken
        );
        return new StoredCase(rules.Acting, facts.GetValueOrDefault(id));
    }
}
