using System.Text.Json;
using Dashboard.Domain.Json;
using Dashboard.Domain.Results;

namespace Dashboard.Web.Api;

/// <summary>Reads a JSON body and says which field cannot be used.</summary>
internal static class ApiBody
{
    /// <summary>Bodies are small; larger ones are refused before they are read.</summary>
    public const long Largest = 10_000_000;

    /// <summary>The body as <typeparamref name="T"/>, or <c>invalid</c> with the path of what is wrong.</summary>
    public static async Task<Result<T>> ReadAsync<T>(
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        if (!request.HasJsonContentType())
        {
            return Error.Invalid("body", "Send JSON with 'Content-Type: application/json'.");
        }

        try
        {
            var body = await JsonSerializer.DeserializeAsync<T>(
                request.Body,
                JsonShape.Options,
                cancellationToken
            );
            return body is null ? Error.Invalid("body", "The body is null.") : body;
        }
        catch (JsonException problem)
        {
            var field = (problem.Path ?? "$").TrimStart('$').TrimStart('.');
            return field.Length == 0
                ? Error.Invalid("body", $"The body is no valid JSON object: {problem.Message}")
                : Error.Invalid(
                    field,
                    $"{field} cannot be used (line {problem.LineNumber + 1}): {Plain(problem)}"
                );
        }
    }

    /// <summary>The library's sentence up to where it names its own types.</summary>
    private static string Plain(JsonException problem) =>
        problem.Message.StartsWith(
            "The JSON value could not be converted",
            StringComparison.Ordinal
        )
            ? "it has another type than is expected here."
            : problem.Message;
}
