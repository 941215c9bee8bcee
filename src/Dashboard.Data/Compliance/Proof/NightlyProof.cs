using System.ComponentModel.DataAnnotations;
using Dashboard.Data.Commands;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Dashboard.Data.Compliance.Proof;

/// <summary>When the nightly proof runs (<c>Compliance:Proof</c>).</summary>
public sealed class ProofOptions
{
    /// <summary>Where it is configured.</summary>
    public const string Section = "Compliance:Proof";

    /// <summary>Off: proofs run only when somebody asks.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Time of day, UTC.</summary>
    [Required]
    public TimeOnly At { get; set; } = new(2, 30);
}

/// <summary>
/// Asks for a proof once a night, however many engines run: the schedule is kept in <c>ops.proof_runs</c> itself, and only
/// the holder of an advisory lock looks at it.
/// </summary>
public sealed class NightlyProof(
    IDbContextFactory<DashboardDb> contexts,
    CommandRunner commands,
    IOptions<ProofOptions> options,
    TimeProvider time
)
{
    /// <summary>Who asked, in <c>ops.proof_runs</c>.</summary>
    public const string Name = "nightly proof";

    private const int MostTries = 3;

    /// <summary>Transactions end well within it: nothing that begins before the end of a period commits after the proof reads.</summary>
    private static readonly TimeSpan s_settled = TimeSpan.FromMinutes(2);

    private DateTime _settledSlot;

    /// <summary>Asks for the proof of the last night when it is due and nobody has; true when it did.</summary>
    public async Task<bool> AskAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var slot = now.Date + options.Value.At.ToTimeSpan();
        slot = slot <= now ? slot : slot.AddDays(-1);
        if (!options.Value.Enabled || slot == _settledSlot)
        {
            return false;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"SELECT pg_advisory_xact_lock(7102318)",
            cancellationToken
        );
        var tonight = await db.Set<ProofRun>()
            .Where(r => r.RequestedBy == Name && r.StartedAt >= slot)
            .Select(r => r.Status)
            .ToListAsync(cancellationToken);
        if (tonight.Exists(s => s != ProofStatus.Failed) || tonight.Count >= MostTries)
        {
            _settledSlot = slot;
            return false;
        }

        // From where the last one ended, so that no contact falls between two nights.
        var last = await db.Set<ProofRun>()
            .Where(r => r.RequestedBy == Name && r.Status == ProofStatus.Done)
            .MaxAsync(r => (DateTime?)r.PeriodTo, cancellationToken);
        var to = now - s_settled;
        var from = last is { } end && end < to ? end : to.AddDays(-1);
        var asked = await commands.RunAsync(
            new StartProof(from, to),
            Actor.System(Name),
            cancellationToken
        );
        return asked.Succeeded;
    }
}
