using System.Text.Json;
using Dashboard.Data;
using Dashboard.Data.Reads;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Dashboard.Web.Features.Compliance.Backtest;

/// <summary>What a rule in shadow would have done since it was put there.</summary>
/// <param name="Since">UTC; when the rule got the form in which it runs.</param>
/// <param name="First">UTC; the first contact it judged since; null = none yet.</param>
/// <param name="Allowed">Contacts it had nothing against.</param>
/// <param name="Warned">It would have warned.</param>
/// <param name="Deferred">It would have made them wait.</param>
/// <param name="Blocked">It would have blocked them for good.</param>
/// <param name="SentToApproval">It would have asked a person.</param>
/// <param name="Escalated">It would have handed them to a person.</param>
/// <param name="Examples">The latest contacts that were made and that it would not have allowed.</param>
public sealed record ShadowReading(
    DateTime Since,
    DateTime? First,
    int Allowed,
    int Warned,
    int Deferred,
    int Blocked,
    int SentToApproval,
    int Escalated,
    IReadOnlyList<ShadowExample> Examples
)
{
    /// <summary>Everything it judged.</summary>
    public int Judged => Allowed + Changed;

    /// <summary>What it would have changed.</summary>
    public int Changed => Warned + Deferred + Blocked + SentToApproval + Escalated;
}

/// <summary>A contact that was made although a rule in shadow objected.</summary>
/// <param name="CustomerId">Whose.</param>
/// <param name="Customer">The company's name.</param>
/// <param name="Channel">How.</param>
/// <param name="At">UTC.</param>
/// <param name="Timezone">The customer's zone.</param>
/// <param name="Verdict">What the rule said.</param>
/// <param name="NextAllowedAt">UTC; when it would have allowed; null = never, or it does not block.</param>
/// <param name="Explanation">Its sentence.</param>
public sealed record ShadowExample(
    Guid CustomerId,
    string Customer,
    Channel Channel,
    DateTime At,
    string? Timezone,
    GateVerdict Verdict,
    DateTime? NextAllowedAt,
    string Explanation
);

/// <summary>Reads the tallies of a rule in shadow and its findings in clearances.</summary>
public sealed class ShadowReportQuery(IDbContextFactory<DashboardDb> contexts)
{
    private const int Examples = 5;

    // Findings have no index: the latest contacts are looked through, as many as a page can wait for.
    private const int LookedThrough = 10_000;

    private const string ExamplesSql = """
        SELECT a.customer_id, c.company_name, a.channel, a.timestamp, p.timezone, f.finding::text AS finding
        FROM (SELECT customer_id, channel, timestamp, metadata FROM contact_attempts
              WHERE timestamp >= @since ORDER BY timestamp DESC LIMIT @most) a
        CROSS JOIN LATERAL (
            SELECT s AS finding
            FROM jsonb_array_elements(CASE jsonb_typeof(a.metadata #> '{clearance,shadow}')
                WHEN 'array' THEN a.metadata #> '{clearance,shadow}' ELSE '[]' END) s
            WHERE s ->> 'rule_id' = @rule::text AND s ->> 'verdict' <> 'allowed' LIMIT 1) f
        JOIN customers c ON c.id = a.customer_id
        LEFT JOIN customer_profiles p ON p.customer_id = a.customer_id
        ORDER BY a.timestamp DESC LIMIT @examples
        """;

    /// <summary>The reading; null when the rule is not in shadow.</summary>
    public async Task<ShadowReading?> RunAsync(Guid ruleId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (
            !await db.RuleSettings.AnyAsync(
                s => s.RuleId == ruleId && s.IsShadow,
                cancellationToken
            )
        )
        {
            return null;
        }

        var since = await db
            .RuleVersions.Where(v => v.RuleId == ruleId && v.ValidTo == null)
            .Select(v => v.ValidFrom)
            .FirstOrDefaultAsync(cancellationToken);
        var tallies = db.RuleTallies.Where(t => t.RuleId == ruleId && t.IsShadow && t.At >= since);
        var sums = await tallies
            .GroupBy(_ => 1)
            .Select(g => new
            {
                First = g.Min(t => t.At),
                Allowed = g.Sum(t => t.Allowed),
                Warned = g.Sum(t => t.Warned),
                Deferred = g.Sum(t => t.Deferred),
                Blocked = g.Sum(t => t.Blocked),
                SentToApproval = g.Sum(t => t.SentToApproval),
                Escalated = g.Sum(t => t.Escalated),
            })
            .FirstOrDefaultAsync(cancellationToken);
        var examples = await ExamplesAsync(db, ruleId, since, cancellationToken);
        return new ShadowReading(
            since,
            sums?.First,
            sums?.Allowed ?? 0,
            sums?.Warned ?? 0,
            sums?.Deferred ?? 0,
            sums?.Blocked ?? 0,
            sums?.SentToApproval ?? 0,
            sums?.Escalated ?? 0,
            examples
        );
    }

    private static Task<List<ShadowExample>> ExamplesAsync(
        DashboardDb db,
        Guid ruleId,
        DateTime since,
        CancellationToken cancellationToken
    ) =>
        db.ReadAsync(
            ExamplesSql,
            [
                new NpgsqlParameter("rule", ruleId),
                new NpgsqlParameter("since", DateTime.SpecifyKind(since, DateTimeKind.Unspecified)),
                new NpgsqlParameter("most", LookedThrough),
                new NpgsqlParameter("examples", Examples),
            ],
            Example,
            cancellationToken
        );

    private static ShadowExample Example(NpgsqlDataReader row)
    {
        var finding = JsonSerializer.Deserialize<Finding>(row.Text("finding")!, JsonShape.Options)!;
        return new ShadowExample(
            row.GetGuid(row.GetOrdinal("customer_id")),
            row.Text("company_name") ?? string.Empty,
            row.Word<Channel>("channel") ?? Channel.Email,
            row.Utc("timestamp")!.Value,
            row.Text("timezone"),
            finding.Verdict,
            finding.NextAllowedAt,
            finding.Explanation
        );
    }
}
