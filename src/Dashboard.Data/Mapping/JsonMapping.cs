using System.Text.Json;
using Dashboard.Domain.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Dashboard.Data.Mapping;

/// <summary>Maps properties to jsonb through <see cref="JsonShape"/>, so unknown keys survive a read and a write.</summary>
internal static class JsonMapping
{
    /// <summary>A shape of contracts.md; compared and snapshot by its text, so changes inside it are seen.</summary>
    public static PropertyBuilder<T> HasJson<T>(this PropertyBuilder<T> property)
    {
        property
            .HasColumnType("jsonb")
            .HasConversion(
                new ValueConverter<T, string>(
                    value => JsonShape.Write(value),
                    text => JsonShape.Read<T>(text)
                ),
                new ValueComparer<T>(
                    (left, right) => JsonShape.Write(left) == JsonShape.Write(right),
                    value => StringComparer.Ordinal.GetHashCode(JsonShape.Write(value)),
                    value => JsonShape.Read<T>(JsonShape.Write(value))
                )
            );
        return property;
    }

    /// <summary>A document of any shape; equal when the values are, whatever the order of keys.</summary>
    public static PropertyBuilder<JsonElement> HasJson(
        this PropertyBuilder<JsonElement> property
    ) => property.HasColumnType("jsonb").HasConversion(ElementConverter, ElementComparer);

    /// <summary>A document of any shape, or none.</summary>
    public static PropertyBuilder<JsonElement?> HasJson(
        this PropertyBuilder<JsonElement?> property
    ) => property.HasColumnType("jsonb").HasConversion(ElementConverter, ElementComparer);

    private static ValueConverter<JsonElement, string> ElementConverter { get; } =
        new(value => value.GetRawText(), text => Parse(text));

    private static ValueComparer<JsonElement> ElementComparer { get; } =
        new(
            (left, right) => JsonElement.DeepEquals(left, right),
            value => StringComparer.Ordinal.GetHashCode(value.ToString()),
            value => value
        );

    private static JsonElement Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
