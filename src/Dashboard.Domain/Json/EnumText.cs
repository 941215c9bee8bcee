using System.Text.Json;

namespace Dashboard.Domain.Json;

/// <summary>The one spelling of enumeration values outside C#: snake_case, as schema.md writes them.</summary>
public static class EnumText
{
    /// <summary><c>InProgress</c> → <c>in_progress</c>.</summary>
    public static string ToText<T>(this T value)
        where T : struct, Enum => Names<T>.ByValue[value];

    /// <summary><c>in_progress</c> → <c>InProgress</c>; throws <see cref="FormatException"/> for an unknown word.</summary>
    public static T Parse<T>(string text)
        where T : struct, Enum =>
        TryParse<T>(text, out var value)
            ? value
            : throw new FormatException(
                $"'{text}' is not one of {string.Join(", ", Names<T>.ByText.Keys)}."
            );

    /// <summary>False when <paramref name="text"/> is null or not one of the words.</summary>
    public static bool TryParse<T>(string? text, out T value)
        where T : struct, Enum
    {
        value = default;
        return text is not null && Names<T>.ByText.TryGetValue(text, out value);
    }

    /// <summary>All words of an enumeration, in the order of declaration.</summary>
    public static IReadOnlyCollection<string> All<T>()
        where T : struct, Enum => Names<T>.ByText.Keys;

    private static class Names<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> ByValue = Enum.GetValues<T>()
            .ToDictionary(v => v, v => JsonNamingPolicy.SnakeCaseLower.ConvertName(v.ToString()));

        public static readonly Dictionary<string, T> ByText = ByValue.ToDictionary(
            p => p.Value,
            p => p.Key,
            StringComparer.Ordinal
        );
    }
}
