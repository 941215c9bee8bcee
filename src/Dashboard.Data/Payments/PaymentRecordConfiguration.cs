using Dashboard.Data.Mapping;
using Dashboard.Domain.Payments;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dashboard.Data.Payments;

/// <summary>schema.md, table 3.</summary>
internal sealed class PaymentRecordConfiguration : IEntityTypeConfiguration<PaymentRecord>
{
    public void Configure(EntityTypeBuilder<PaymentRecord> builder)
    {
        builder.ToTable("payment_records");
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.Amount).HasPrecision(12, 2);
        builder.Property(p => p.Currency).HasMaxLength(3).HasDefaultValue("USD");
        builder.HasWords(p => p.Status, 20);
        builder.Property(p => p.InvoiceNumber).HasMaxLength(100);
        builder.Property(p => p.Metadata).HasJson();
        builder.Property(p => p.CreatedAt).DefaultsToNow();
        builder.Property(p => p.UpdatedAt).SetByTrigger();

        builder
            .HasOne(p => p.Customer)
            .WithMany(c => c.PaymentRecords)
            .HasForeignKey(p => p.CustomerId)
            .OnDelete(DeleteBehavior.Cascade);

        builder.HasIndex(p => p.CustomerId, "idx_payment_records_customer_id");
        builder.HasIndex(p => p.Status, "idx_payment_records_status");
        builder.HasIndex(p => p.DueDate, "idx_payment_records_due_date");
        // The overview sums what was paid lately; most of the table is paid.
        builder
            .HasIndex(p => p.PaidDate, "idx_payment_records_paid_date")
            .HasFilter("paid_date IS NOT NULL");
        builder.HasIndex(p => p.InvoiceNumber, "payment_records_invoice_number_key").IsUnique();
        builder.HasIndex(p => p.InvoiceNumber, "idx_payment_records_invoice_number");
    }
}
