using Dashboard.Data.Mapping;
using Dashboard.Domain.OptOuts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dashboard.Data.OptOuts;

/// <summary>schema.md, table 10.</summary>
internal sealed class OptOutConfiguration : IEntityTypeConfiguration<OptOut>
{
    public void Configure(EntityTypeBuilder<OptOut> builder)
    {
        builder.ToTable("opt_outs");
        builder.Property(o => o.Id).ValueGeneratedNever();
        builder.HasWords(o => o.Channel, 20);
        builder.Property(o => o.OptedOutAt).DefaultsToNow();
        builder.Property(o => o.Metadata).HasJson();

        builder
            .HasOne(o => o.Customer)
            .WithMany()
            .HasForeignKey(o => o.CustomerId)
            .OnDelete(DeleteBehavior.Cascade);

        builder.HasIndex(o => new { o.CustomerId, o.Channel }).IsUnique();
        builder.HasIndex(o => o.CustomerId, "idx_opt_outs_customer_id");
    }
}
