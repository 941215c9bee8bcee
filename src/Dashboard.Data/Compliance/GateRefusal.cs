using System.Text.Json;
using Dashboard.Data.Mapping;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Customers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dashboard.Data.Compliance;

/// <summary>
/// A contact the gate did not let through (<c>ops.gate_refusals</c>), written in the transaction of the decision. Never
/// changed: the evidence of a refusal, and what a backtest replays.
/// </summary>
public sealed class GateRefusal
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>The task; it may be gone.</summary>
    public Guid TaskId { get; set; }

    /// <summary>Whom it would have contacted.</summary>
    public Guid CustomerId { get; set; }

    /// <summary>For which campaign.</summary>
    public Guid? CampaignId { get; set; }

    /// <summary>How.</summary>
    public Channel Channel { get; set; }

    /// <summary>UTC; the instant it was judged for.</summary>
    public DateTime At { get; set; }

    /// <summary>The gate's decision.</summary>
    public GateVerdict Verdict { get; set; }

    /// <summary>UTC; null = there is none.</summary>
    public DateTime? NextAllowedAt { get; set; }

    /// <summary>The rule that binds; null for what is built in.</summary>
    public Guid? RuleId { get; set; }

    /// <summary>Its name.</summary>
    public string Rule { get; set; } = string.Empty;

    /// <summary>Its sentence.</summary>
    public string Explanation { get; set; } = string.Empty;

    /// <summary>The invoices it would have been about (payment_records.id).</summary>
    public Guid[] Debts { get; set; } = [];

    /// <summary>Every finding that did not allow, the binding one included.</summary>
    public JsonElement Findings { get; set; }
}

/// <summary><c>ops.gate_refusals</c>.</summary>
internal sealed class GateRefusalConfiguration : IEntityTypeConfiguration<GateRefusal>
{
    public void Configure(EntityTypeBuilder<GateRefusal> builder)
    {
        builder.ToTable("gate_refusals", DashboardDb.OpsSchema);
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.HasWords(r => r.Channel, 20);
        builder.HasWords(r => r.Verdict, 30);
        builder.Property(r => r.Rule).HasMaxLength(100);
        builder.Property(r => r.Findings).HasJson();
        builder
            .HasOne<Customer>()
            .WithMany()
            .HasForeignKey(r => r.CustomerId)
            .OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(r => r.At);
        builder.HasIndex(r => new { r.CustomerId, r.At });
        builder.HasIndex(r => r.TaskId);
    }
}
