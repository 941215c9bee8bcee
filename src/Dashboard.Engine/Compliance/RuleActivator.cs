using Dashboard.Data;
using Dashboard.Data.Commands;
using Dashboard.Data.Compliance;
using Dashboard.Data.Compliance.Rules;
using Dashboard.Engine.Loops;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Dashboard.Engine.Compliance;

/// <summary>How a run of the <see cref="RuleActivator"/> went.</summary>
/// <param name="Applied">Changes that came into force.</param>
/// <param name="Failed">Changes that could not, each marked with the reason.</param>
/// <param name="SentBack">Changes that need an approval since four eyes are asked for.</param>
public sealed record ActivationResult(int Applied, int Failed, int SentBack);

/// <summary>
/// Brings changes of rules into force when their time comes. Any number of engines may run it: a change belongs to whoever
/// holds its row.
/// </summary>
public sealed class RuleActivator(
    IDbContextFactory<DashboardDb> contexts,
    CommandRunner commands,
    TimeProvider time,
    ILogger<RuleActivator> logger
) : IEngineJob
{
    private const int BatchSize = 50;
    private static readonly Actor s_actor = Actor.System("rule_activator");

    /// <inheritdoc />
    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        await RunOnceAsync(cancellationToken);
        return false;
    }

    /// <summary>Applies what is due, oldest first.</summary>
    public async Task<ActivationResult> RunOnceAsync(CancellationToken cancellationToken = default)
    {
        var result = new ActivationResult(0, 0, 0);
        foreach (var id in await DueAsync(cancellationToken))
        {
            result = await ActivateAsync(id, cancellationToken) switch
            {
                RuleChangeProgress.Applied => result with { Applied = result.Applied + 1 },
                RuleChangeProgress.Failed => result with { Failed = result.Failed + 1 },
                RuleChangeProgress.WaitsForApproval => result with
                {
                    SentBack = result.SentBack + 1,
                },
                _ => result,
            };
        }

        return result;
    }

    private async Task<List<Guid>> DueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db
            .RuleChanges.Where(c =>
                c.Status == RuleChangeStatus.Approved
                && (c.ActivatesAt == null || c.ActivatesAt <= now)
            )
            .OrderBy(c => c.ActivatesAt)
            .ThenBy(c => c.RequestedAt)
            .Select(c => c.Id)
            .Take(BatchSize)
            .ToListAsync(cancellationToken);
    }

    private async Task<RuleChangeProgress> ActivateAsync(
        Guid changeId,
        CancellationToken cancellationToken
    )
    {
        var activated = await commands.RunAsync(
            new ActivateRuleChange(changeId),
            s_actor,
            cancellationToken
        );
        if (activated.Error is not { } refusal)
        {
            return activated.Value.Progress;
        }

        logger.LogWarning(
            "The change of rules {ChangeId} could not be applied: {Reason}",
            changeId,
            refusal.Message
        );
        if (refusal.Code == "conflict")
        {
            // Others were at the same rows just now; the next run tries again.
            return RuleChangeProgress.WaitsForTime;
        }

        await commands.RunAsync(
            new FailRuleChange(changeId, refusal.Message),
            s_actor,
            cancellationToken
        );
        return RuleChangeProgress.Failed;
    }
}
