using Dashboard.Data.Mapping;
using Dashboard.Domain.Templates;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dashboard.Data.Templates;

/// <summary>schema.md, table 8.</summary>
internal sealed class TemplateConfiguration : IEntityTypeConfiguration<Template>
{
    public void Configure(EntityTypeBuilder<Template> builder)
    {
        builder.ToTable("templates");
        builder.Property(t => t.Id).ValueGeneratedNever();
        builder.Property(t => t.Name).HasMaxLength(100);
        builder.HasWords(t => t.Type, 20);
        builder.HasWords(t => t.Channel, 20);
        builder.Property(t => t.Subject).HasMaxLength(255);
        builder.Property(t => t.Category).HasMaxLength(50);
        builder.Property(t => t.IsActive).HasDefaultValue(true);
        builder.Property(t => t.Version).HasDefaultValue(1);
        builder.HasCheck("version", "version >= 1");
        builder.Property(t => t.CreatedBy).HasMaxLength(100);
        builder.Property(t => t.CreatedAt).DefaultsToNow();
        builder.Property(t => t.UpdatedAt).SetByTrigger();

        builder.HasIndex(t => t.Name).IsUnique();
    }
}
