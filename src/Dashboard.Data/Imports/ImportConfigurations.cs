using Dashboard.Data.Mapping;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dashboard.Data.Imports;

/// <summary>ops.import_runs.</summary>
internal sealed class ImportRunConfiguration : IEntityTypeConfiguration<ImportRun>
{
    public void Configure(EntityTypeBuilder<ImportRun> builder)
    {
        builder.ToTable("import_runs", DashboardDb.OpsSchema);
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.HasWords(r => r.Kind, 20);
        builder.Property(r => r.FileName).HasMaxLength(255);
        builder.Property(r => r.MappingName).HasMaxLength(100);
        builder.Property(r => r.Mapping).HasJson();
        builder.HasWords(r => r.Status, 20);
        builder.HasWords(r => r.Phase, 20);
        builder.Property(r => r.ActorId).HasMaxLength(100);
        builder.Property(r => r.ActorName).HasMaxLength(256);
        builder.HasIndex(r => r.StartedAt);
    }
}

/// <summary>ops.import_rejections.</summary>
internal sealed class ImportRejectionConfiguration : IEntityTypeConfiguration<ImportRejection>
{
    public void Configure(EntityTypeBuilder<ImportRejection> builder)
    {
        builder.ToTable("import_rejections", DashboardDb.OpsSchema);
        builder.HasKey(r => new { r.RunId, r.Line });
        builder
            .HasOne<ImportRun>()
            .WithMany()
            .HasForeignKey(r => r.RunId)
            .OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>ops.import_mappings.</summary>
internal sealed class SavedMappingConfiguration : IEntityTypeConfiguration<SavedMapping>
{
    public void Configure(EntityTypeBuilder<SavedMapping> builder)
    {
        builder.ToTable("import_mappings", DashboardDb.OpsSchema);
        builder.HasKey(m => m.Name);
        builder.Property(m => m.Name).HasMaxLength(100);
        builder.HasWords(m => m.Kind, 20);
        builder.Property(m => m.Mapping).HasJson();
    }
}
