using System.Text.Json;
using Dashboard.Data.Mapping;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dashboard.Data.Customers;

/// <summary>
/// What a fact the gate looks at was before it changed (<c>ops.contact_fact_history</c>): a row of <c>opt_outs</c>,
/// <c>customer_profiles</c>, <c>contact_preferences</c> or <c>consents</c>. Triggers write it, whoever changes the row; a re-proof
/// reads it.
/// </summary>
public sealed class ContactFactHistory
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>Whose; the customer may be gone.</summary>
    public Guid CustomerId { get; set; }

    /// <summary>Which table.</summary>
    public string Source { get; set; } = string.Empty;

    /// <summary>The row as it was.</summary>
    public JsonElement Before { get; set; }

    /// <summary>UTC; until when it was so.</summary>
    public DateTime ChangedAt { get; set; }
}

/// <summary><c>ops.contact_fact_history</c>.</summary>
internal sealed class ContactFactHistoryConfiguration : IEntityTypeConfiguration<ContactFactHistory>
{
    public void Configure(EntityTypeBuilder<ContactFactHistory> builder)
    {
        builder.ToTable("contact_fact_history", DashboardDb.OpsSchema);
        builder.Property(h => h.Id).ValueGeneratedNever();
        builder.Property(h => h.Source).HasMaxLength(50);
        builder.Property(h => h.Before).HasJson();
        builder.HasIndex(h => new { h.CustomerId, h.ChangedAt });
    }
}
