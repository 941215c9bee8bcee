using System.Globalization;

namespace Dashboard.Web.Components;

/// <summary>Amounts as text. The currency is always named: by its sign where that is clear, else by its code.</summary>
public static class Moneys
{
    private static readonly Dictionary<string, string> Signs = new(StringComparer.Ordinal)
    {
        ["USD"] = "$",
        ["EUR"] = "€",
        ["GBP"] = "£",
        ["JPY"] = "¥",
        ["INR"] = "₹",
    };

    /// <summary><c>$1,234.50</c>, <c>CHF 1,234.50</c>; negative with a true minus in front.</summary>
    public static string Format(decimal amount, string? currency) =>
        With(amount, currency, Math.Abs(amount).ToString("#,0.00", CultureInfo.InvariantCulture));

    /// <summary>For key figures: <c>$1.24 M</c>, <c>$412 k</c>, <c>$88</c>.</summary>
    public static string Brief(decimal amount, string? currency) =>
        With(amount, currency, Brief(Math.Abs(amount)));

    /// <summary><c>1.24 M</c>, <c>412 k</c>, <c>950</c>: three figures of meaning at most.</summary>
    public static string Brief(decimal number) =>
        number switch
        {
            >= 999_500_000 => Scaled(number / 1_000_000_000, "B"),
            >= 999_500 => Scaled(number / 1_000_000, "M"),
            >= 9_999.5m => Scaled(number / 1_000, "k"),
            _ => number.ToString("#,0", CultureInfo.InvariantCulture),
        };

    private static string Scaled(decimal number, string unit) =>
        number.ToString(
            number >= 100 ? "0"
                : number >= 10 ? "0.#"
                : "0.##",
            CultureInfo.InvariantCulture
        )
        + " "
        + unit;

    private static string With(decimal amount, string? currency, string number)
    {
        var code = currency ?? string.Empty;
        var sign = amount < 0 ? "−" : string.Empty;
        return Signs.TryGetValue(code, out var symbol) ? $"{sign}{symbol}{number}"
            : code.Length == 0 ? $"{sign}{number}"
            : $"{code} {sign}{number}";
    }
}
