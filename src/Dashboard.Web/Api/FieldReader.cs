using System.Globalization;
using Dashboard.Domain.Json;
using Dashboard.Domain.Results;

namespace Dashboard.Web.Api;

/// <summary>Turns the texts of a body into values and collects what is wrong, each fault with its field.</summary>
internal sealed class FieldReader
{
    private readonly List<Error> _faults = [];

    /// <summary>Empty when everything could be used.</summary>
    public IReadOnlyList<Error> Faults => _faults;

    /// <summary>Notes a fault.</summary>
    public void Fault(string field, string what) =>
        _faults.Add(Error.Invalid(field, $"{field} {what}"));

    /// <summary>A word of an enumeration; missing is a fault.</summary>
    public T Word<T>(string field, string? text)
        where T : struct, Enum
    {
        if (!EnumText.TryParse<T>(text, out var value))
        {
            Fault(field, $"{Was(text)}: use {string.Join(", ", EnumText.All<T>())}.");
        }

        return value;
    }

    /// <summary>An instant; missing is a fault.</summary>
    public DateTime Instant(string field, string? text)
    {
        if (text is null)
        {
            Fault(field, "is missing: use an instant such as 2026-04-01T08:00:00-04:00.");
            return default;
        }

        return OptionalInstant(field, text) ?? default;
    }

    /// <summary>An instant as UTC; null stays null.</summary>
    public DateTime? OptionalInstant(string field, string? text)
    {
        if (text is null)
        {
            return null;
        }

        // Without an offset nobody knows which instant is meant; what the library would assume is the machine's zone.
        var hasOffset =
            text.EndsWith('Z') || text.EndsWith('z') || text.LastIndexOfAny(['+', '-']) > 10;
        if (
            hasOffset
            && DateTimeOffset.TryParse(
                text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var instant
            )
        )
        {
            return instant.UtcDateTime;
        }

        Fault(
            field,
            $"{Was(text)}: use an instant with its offset, such as 2026-04-01T08:00:00-04:00 or 2026-04-01T12:00:00Z."
        );
        return null;
    }

    /// <summary>A date; null stays null.</summary>
    public DateOnly? OptionalDate(string field, string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (
            DateOnly.TryParseExact(
                text,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var date
            )
        )
        {
            return date;
        }

        Fault(field, $"{Was(text)}: use a date such as 2026-04-01.");
        return null;
    }

    /// <summary>A time of day; missing is a fault.</summary>
    public TimeOnly Time(string field, string? text)
    {
        if (
            TimeOnly.TryParseExact(
                text,
                ["HH:mm", "HH:mm:ss"],
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var time
            )
        )
        {
            return time;
        }

        Fault(field, $"{Was(text)}: use a time of day such as 09:00.");
        return default;
    }

    private static string Was(string? text) => text is null ? "is missing" : $"is '{text}'";
}
