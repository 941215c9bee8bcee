using System.Runtime.CompilerServices;
using Dashboard.Data;
using Dashboard.Data.Compliance.Facts;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Dashboard.Web.Features.Customers.Reach;

/// <summary>How far a count is.</summary>
/// <param name="Done">Customers looked at.</param>
/// <param name="Total">Customers of the list.</param>
public sealed record ReachProgress(int Done, int Total);

/// <summary>
/// Asks the gate about every customer of a filtered list: facts a batch at a time in set-based reads, the gate in memory, on one
/// core. It only looks and locks nothing; whether a contact really happens is decided when it is reserved.
/// </summary>
public sealed class ReachQuery(
    IDbContextFactory<DashboardDb> contexts,
    CustomerListQuery list,
    TimeProvider time
)
{
    /// <summary>Customers whose facts are in memory at once.</summary>
    public const int BatchSize = 500;

    private static readonly Channel[] s_channels = Enum.GetValues<Channel>();

    private readonly StoredRuleCache _rules = new();

    /// <summary>Counts.</summary>
    /// <param name="filter">Which customers.</param>
    /// <param name="progress">Hears after each batch; null = nobody listens.</param>
    /// <param name="cancellationToken">Ends it between two batches.</param>
    public async Task<ReachReport> RunAsync(
        CustomerListFilter filter,
        IProgress<ReachProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        ReachReport? report = null;
        await foreach (var batch in WalkAsync(filter, cancellationToken))
        {
            report ??= new ReachReport(batch.At);
            report.Add(batch.Customers);
            progress?.Report(new ReachProgress(batch.Done, batch.Total));
        }

        return report ?? new ReachReport(time.GetUtcNow().UtcDateTime);
    }

    /// <summary>The answers, batch by batch, all for the instant at which it began.</summary>
    public async IAsyncEnumerable<ReachBatch> WalkAsync(
        CustomerListFilter filter,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow().UtcDateTime;
        var keys = await list.MatchingAsync(filter, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var rules = await _rules.GetAsync(connection, cancellationToken);
        var done = 0;
        foreach (var chunk in keys.Chunk(BatchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var facts = await FactsLoader.LoadAsync(
                connection,
                chunk,
                rules.LookBack,
                now,
                cancellationToken
            );
            done += chunk.Length;
            yield return new ReachBatch(
                now,
                keys.Count,
                done,
                [
                    .. facts
                        .Where(f => !f.Value.IsDeleted)
                        .Select(f => Ask(f.Key, f.Value, rules.Acting, now)),
                ]
            );
        }
    }

    private static CustomerReach Ask(Guid id, FactSheet sheet, RuleSet rules, DateTime now) =>
        new(id, [.. s_channels.Select(channel => Ask(sheet, rules, channel, now))]);

    private static ReachAnswer Ask(FactSheet sheet, RuleSet rules, Channel channel, DateTime now)
    {
        var decision = ComplianceGate.Evaluate(
            sheet.Facts,
            rules,
            new ContactRequest(channel, now, sheet.Debts)
        );
        return new ReachAnswer(
            channel,
            sheet.Reaches(channel),
            decision.Verdict,
            decision.NextAllowedAt,
            decision.Binding?.Rule
        );
    }
}
