using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dashboard.Data.Compliance;

/// <summary>
/// What a rule said (<c>ops.rule_tallies</c>): one row a dispatched batch, so that dispatchers never wait for each other's
/// row, later summed up by the hour. Only contacts on the rule's channels are counted.
/// </summary>
public sealed class RuleTally
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>The rule; it may be gone.</summary>
    public Guid RuleId { get; set; }

    /// <summary>UTC; when the batch was decided, or the hour.</summary>
    public DateTime At { get; set; }

    /// <summary>It ran in shadow and did not act.</summary>
    public bool IsShadow { get; set; }

    /// <summary>It held.</summary>
    public int Allowed { get; set; }

    /// <summary>It did not hold and only warned.</summary>
    public int Warned { get; set; }

    /// <summary>It blocked until a later instant.</summary>
    public int Deferred { get; set; }

    /// <summary>It blocked for good.</summary>
    public int Blocked { get; set; }

    /// <summary>It asked for approval.</summary>
    public int SentToApproval { get; set; }

    /// <summary>It gave the case to a person.</summary>
    public int Escalated { get; set; }
}

/// <summary><c>ops.rule_tallies</c>.</summary>
internal sealed class RuleTallyConfiguration : IEntityTypeConfiguration<RuleTally>
{
    public void Configure(EntityTypeBuilder<RuleTally> builder)
    {
        builder.ToTable("rule_tallies", DashboardDb.OpsSchema);
        builder.Property(t => t.Id).ValueGeneratedNever();
        builder.HasIndex(t => new { t.RuleId, t.At });
    }
}
