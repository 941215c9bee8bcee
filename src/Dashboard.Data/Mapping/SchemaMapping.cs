using System.Linq.Expressions;
using System.Text.Json;
using Dashboard.Domain.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dashboard.Data.Mapping;

/// <summary>What the entity configurations share: words with their CHECK, ranges, timestamps kept by the database.</summary>
internal static class SchemaMapping
{
    /// <summary>An enumeration as text in its <see cref="EnumText"/> spelling, held to these words by a CHECK.</summary>
    public static PropertyBuilder<TEnum> HasWords<TEntity, TEnum>(
        this EntityTypeBuilder<TEntity> entity,
        Expression<Func<TEntity, TEnum>> property,
        int length
    )
        where TEntity : class
        where TEnum : struct, Enum
    {
        var mapped = entity.Property(property);
        AddWordsCheck<TEntity, TEnum>(entity, mapped.Metadata);
        return mapped
            .HasMaxLength(length)
            .HasConversion(value => value.ToText(), text => EnumText.Parse<TEnum>(text));
    }

    /// <summary>As above, or null.</summary>
    public static PropertyBuilder<TEnum?> HasWords<TEntity, TEnum>(
        this EntityTypeBuilder<TEntity> entity,
        Expression<Func<TEntity, TEnum?>> property,
        int length
    )
        where TEntity : class
        where TEnum : struct, Enum
    {
        var mapped = entity.Property(property);
        AddWordsCheck<TEntity, TEnum>(entity, mapped.Metadata);
        return mapped
            .HasMaxLength(length)
            .HasConversion(
                value => value!.Value.ToText(),
                text => (TEnum?)EnumText.Parse<TEnum>(text)
            );
    }

    /// <summary>A CHECK constraint named <c>{table}_{name}_check</c>; call after <c>ToTable</c>.</summary>
    public static EntityTypeBuilder<TEntity> HasCheck<TEntity>(
        this EntityTypeBuilder<TEntity> entity,
        string name,
        string sql
    )
        where TEntity : class =>
        entity.ToTable(table =>
            table.HasCheckConstraint($"{entity.Metadata.GetTableName()}_{name}_check", sql)
        );

    /// <summary>Filled by the database with <c>now()</c> unless a value is given.</summary>
    public static PropertyBuilder<DateTime> DefaultsToNow(this PropertyBuilder<DateTime> property)
    {
        property.HasDefaultValueSql("now()");
        return property;
    }

    /// <summary>
    /// Set by <c>now()</c> and then by the table's trigger on every update; the concurrency token of the row. An insert may
    /// bring its own value (imported history).
    /// </summary>
    public static PropertyBuilder<DateTime> SetByTrigger(this PropertyBuilder<DateTime> property)
    {
        property.HasDefaultValueSql("now()").ValueGeneratedOnAddOrUpdate().IsConcurrencyToken();
        property.Metadata.SetBeforeSaveBehavior(PropertySaveBehavior.Save);
        return property;
    }

    /// <summary>
    /// Names columns, keys, foreign keys and indexes the way PostgreSQL and schema.md do
    /// (<c>tasks_pkey</c>, <c>tasks_customer_id_fkey</c>, <c>idx_tasks_status</c>), where no configuration named them.
    /// </summary>
    public static void UseSchemaNames(this ModelBuilder builder)
    {
        foreach (var entity in builder.Model.GetEntityTypes().Where(e => !e.IsMappedToJson()))
        {
            var table = entity.GetTableName()!;
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(ToSnakeCase(property.Name));
            }

            foreach (var key in entity.GetKeys())
            {
                key.SetName(table + "_pkey");
            }

            foreach (var foreignKey in entity.GetForeignKeys().Where(f => !f.IsOwnership))
            {
                foreignKey.SetConstraintName($"{table}_{Columns(foreignKey.Properties)}_fkey");
            }

            foreach (var index in entity.GetIndexes().Where(i => i.Name is null))
            {
                var columns = Columns(index.Properties);
                index.SetDatabaseName(
                    index.IsUnique ? $"{table}_{columns}_key" : $"idx_{table}_{columns}"
                );
            }
        }
    }

    private static string Columns(IEnumerable<IReadOnlyProperty> properties) =>
        string.Join('_', properties.Select(p => ToSnakeCase(p.Name)));

    private static string ToSnakeCase(string name) =>
        JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    private static void AddWordsCheck<TEntity, TEnum>(
        EntityTypeBuilder<TEntity> entity,
        IMutableProperty property
    )
        where TEntity : class
        where TEnum : struct, Enum
    {
        var column = ToSnakeCase(property.Name);
        var words = string.Join(", ", EnumText.All<TEnum>().Select(word => $"'{word}'"));
        entity.HasCheck(column, $"{column} IN ({words})");
    }
}
