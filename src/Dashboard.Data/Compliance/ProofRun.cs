using System.Text.Json;
using Dashboard.Data.Mapping;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dashboard.Data.Compliance;

/// <summary>How a re-proof ended.</summary>
public enum ProofStatus
{
    /// <summary>It is at work.</summary>
    Running,

    /// <summary>Every contact of the period was checked.</summary>
    Done,

    /// <summary>It could not be finished; nothing is claimed.</summary>
    Failed,

    /// <summary>An operator stopped it; nothing is claimed.</summary>
    Cancelled,
}

/// <summary>
/// One re-proof (<c>ops.proof_runs</c>): every contact of a period judged again, by an implementation that shares nothing with
/// the gate, under the rules in force then.
/// </summary>
public sealed class ProofRun
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>UTC, inclusive.</summary>
    public DateTime PeriodFrom { get; set; }

    /// <summary>UTC, exclusive.</summary>
    public DateTime PeriodTo { get; set; }

    /// <summary>Where it stands.</summary>
    public ProofStatus Status { get; set; }

    /// <summary>Who asked; the name of the nightly job otherwise.</summary>
    public string RequestedBy { get; set; } = string.Empty;

    /// <summary>UTC.</summary>
    public DateTime StartedAt { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? FinishedAt { get; set; }

    /// <summary>Contacts judged so far.</summary>
    public int ContactsChecked { get; set; }

    /// <summary>Contacts that should not have happened.</summary>
    public int Violations { get; set; }

    /// <summary>Known violations planted in a copy.</summary>
    public int Planted { get; set; }

    /// <summary>Those of them that were noticed; fewer than planted means that the proof is worth nothing.</summary>
    public int PlantedFound { get; set; }

    /// <summary>Each violation and each planted one, with the rule and the sentence.</summary>
    public JsonElement? Report { get; set; }

    /// <summary>Why it failed.</summary>
    public string? Failure { get; set; }
}

/// <summary><c>ops.proof_runs</c>.</summary>
internal sealed class ProofRunConfiguration : IEntityTypeConfiguration<ProofRun>
{
    public void Configure(EntityTypeBuilder<ProofRun> builder)
    {
        builder.ToTable("proof_runs", DashboardDb.OpsSchema);
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.HasWords(r => r.Status, 20);
        builder.Property(r => r.RequestedBy).HasMaxLength(100);
        builder.Property(r => r.Report).HasJson();
        builder.HasIndex(r => r.StartedAt);
    }
}
