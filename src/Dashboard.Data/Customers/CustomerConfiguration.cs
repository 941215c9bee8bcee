using Dashboard.Data.Mapping;
using Dashboard.Domain.Customers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dashboard.Data.Customers;

/// <summary>schema.md, table 1.</summary>
internal sealed class CustomerConfiguration : IEntityTypeConfiguration<Customer>
{
    public void Configure(EntityTypeBuilder<Customer> builder)
    {
        builder.ToTable("customers");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.CompanyName).HasMaxLength(255);
        builder.Property(c => c.ContactName).HasMaxLength(255);
        builder.Property(c => c.Email).HasMaxLength(255);
        builder.Property(c => c.Phone).HasMaxLength(50);
        builder.Property(c => c.Mobile).HasMaxLength(50);
        builder.Property(c => c.Address).HasJson();
        builder.HasWords(c => c.PreferredContactMethod, 20);
        builder.Property(c => c.CreatedAt).DefaultsToNow();
        builder.Property(c => c.UpdatedAt).SetByTrigger();

        builder.HasIndex(c => c.Email, "customers_email_key").IsUnique();
        builder.HasIndex(c => c.Email, "idx_customers_email");
        builder.HasIndex(c => c.CompanyName, "idx_customers_company_name");
        builder
            .HasIndex(c => c.DeletedAt, "idx_customers_deleted_at")
            .HasFilter("deleted_at IS NULL");
    }
}
