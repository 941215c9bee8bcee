using System.Globalization;
using System.Text.Json.Serialization;
using Dashboard.Domain.Json;
using Dashboard.Domain.Results;

namespace Dashboard.Web.Api;

/// <summary>One page of a list (contracts.md, "HTTP API"): pass <c>next</c> as <c>after</c> for the one behind it.</summary>
/// <param name="Items">In the list's order.</param>
/// <param name="Next">Null on the last page.</param>
internal sealed record KeysetPage<T>(
    IReadOnlyList<T> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next
);

/// <summary><c>?limit=…&amp;after=…</c>.</summary>
/// <param name="Limit">1 to <see cref="Most"/>.</param>
/// <param name="After">The last page's <c>next</c>; null = from the start.</param>
internal readonly record struct Keyset(int Limit, string? After)
{
    /// <summary>Most items of a page.</summary>
    public const int Most = 500;

    private const int Usual = 100;

    /// <summary>Reads both; a limit that is no number from 1 to <see cref="Most"/> is refused.</summary>
    public static Result<Keyset> Read(HttpRequest request)
    {
        var after = request.Query["after"].ToString();
        var text = request.Query["limit"].ToString();
        var limit = Usual;
        if (
            text.Length > 0
            && (
                !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit)
                || limit is < 1 or > Most
            )
        )
        {
            return Error.Invalid("limit", $"limit is '{text}': use a number from 1 to {Most}.");
        }

        return new Keyset(limit, after.Length == 0 ? null : after);
    }

    /// <summary>The page out of one row more than it holds.</summary>
    /// <param name="rows">At most <see cref="Limit"/> + 1, in order.</param>
    /// <param name="key">What <c>after</c> takes.</param>
    public KeysetPage<T> Page<T>(IReadOnlyList<T> rows, Func<T, string> key) =>
        rows.Count > Limit
            ? new KeysetPage<T>([.. rows.Take(Limit)], key(rows[Limit - 1]))
            : new KeysetPage<T>(rows, null);
}

/// <summary>Answers in the API's JSON.</summary>
internal static class ApiResults
{
    /// <summary>200 with a body.</summary>
    public static IResult Ok<T>(T body) => Results.Json(body, JsonShape.Options);

    /// <summary>Any status with a body.</summary>
    public static IResult Of<T>(int status, T body) =>
        Results.Json(body, JsonShape.Options, statusCode: status);
}
