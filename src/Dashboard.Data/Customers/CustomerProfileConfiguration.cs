using Dashboard.Data.Mapping;
using Dashboard.Domain.Customers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dashboard.Data.Customers;

/// <summary>schema.md, table 2; one profile per customer.</summary>
internal sealed class CustomerProfileConfiguration : IEntityTypeConfiguration<CustomerProfile>
{
    public void Configure(EntityTypeBuilder<CustomerProfile> builder)
    {
        builder.ToTable("customer_profiles");
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.HasWords(p => p.RiskLevel, 20);
        builder.Property(p => p.RiskScore).HasPrecision(5, 2);
        builder.HasCheck("risk_score", "risk_score BETWEEN 0 AND 100");
        builder.Property(p => p.ResponseRate).HasPrecision(3, 2);
        builder.HasCheck("response_rate", "response_rate BETWEEN 0 AND 1");
        builder.Property(p => p.Timezone).HasMaxLength(50);
        builder.HasWords(p => p.CommunicationStyle, 20);
        builder.Property(p => p.DoNotContact).HasDefaultValue(false);
        builder.Property(p => p.CreatedAt).DefaultsToNow();
        builder.Property(p => p.UpdatedAt).SetByTrigger();

        builder
            .HasOne(p => p.Customer)
            .WithOne(c => c.Profile)
            .HasForeignKey<CustomerProfile>(p => p.CustomerId)
            .OnDelete(DeleteBehavior.Cascade);
    }
}
