using System.Globalization;

namespace Dashboard.Web.Features.Compliance.Rules.Form;

/// <summary>Dates out of pasted text.</summary>
public static class PastedDates
{
    private static readonly string[] s_formats =
    [
        "yyyy-MM-dd",
        "yyyy/MM/dd",
        "yyyyMMdd",
        "d MMM yyyy",
        "d MMMM yyyy",
        "ddd d MMM yyyy",
    ];

    /// <summary>
    /// The dates as contracts.md writes them, and what was not understood. Forms in which day and month could be mistaken
    /// (12/01/2026) are not understood on purpose.
    /// </summary>
    public static (IReadOnlyList<string> Dates, IReadOnlyList<string> Unread) Read(string text)
    {
        var dates = new List<string>();
        var unread = new List<string>();
        foreach (
            var part in text.Split(
                [',', ';', '\n', '\r', '\t', '"'],
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
            )
        )
        {
            if (
                DateOnly.TryParseExact(
                    part,
                    s_formats,
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out var date
                )
            )
            {
                dates.Add(Word(date));
            }
            else
            {
                unread.Add(part);
            }
        }

        return (dates.Distinct(StringComparer.Ordinal).ToList(), unread);
    }

    /// <summary><c>2026-12-25</c>.</summary>
    public static string Word(DateOnly date) =>
        date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
