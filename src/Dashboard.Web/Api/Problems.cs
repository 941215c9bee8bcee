using Dashboard.Domain.Results;
using Microsoft.AspNetCore.Mvc;

namespace Dashboard.Web.Api;

/// <summary>Refusals as RFC 9457 problem details, with the field at fault under <c>errors</c>.</summary>
internal static class Problems
{
    /// <summary>One refusal.</summary>
    public static IResult Of(Error error) => Of([error]);

    /// <summary>Several at once, e.g. everything that is wrong with a body; the first one decides the status.</summary>
    public static IResult Of(
        IReadOnlyList<Error> errors,
        IReadOnlyDictionary<string, object?>? more = null
    )
    {
        var first = errors[0];
        var fields = errors
            .Where(e => e.Field is not null)
            .GroupBy(e => e.Field!, StringComparer.Ordinal)
            .ToDictionary(
                g => g.Key,
                g => g.Select(e => e.Message).ToArray(),
                StringComparer.Ordinal
            );
        var extensions = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["code"] = first.Code,
        };
        if (fields.Count > 0)
        {
            extensions["errors"] = fields;
        }

        foreach (var (key, value) in more ?? new Dictionary<string, object?>())
        {
            extensions[key] = value;
        }

        return Create(StatusOf(first.Code), first.Code, first.Message, extensions);
    }

    /// <summary>A problem of a status.</summary>
    public static IResult Create(
        int status,
        string code,
        string detail,
        IDictionary<string, object?>? extensions = null
    ) =>
        Results.Problem(
            new ProblemDetails
            {
                Status = status,
                Title = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status),
                Detail = detail,
                Extensions =
                    extensions
                    ?? new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = code },
            }
        );

    private static int StatusOf(string code) =>
        code switch
        {
            "forbidden" => StatusCodes.Status403Forbidden,
            "not_found" => StatusCodes.Status404NotFound,
            "invalid" or "missing_reference" => StatusCodes.Status400BadRequest,
            // A legal request that the present state does not allow.
            _ => StatusCodes.Status409Conflict,
        };
}
