using Dashboard.Data.Operators;
using Dashboard.Web.Identity;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Features;

namespace Dashboard.Web.Features.Imports;

/// <summary>
/// <c>POST /imports/upload?name=…</c> with the file as its body: streamed to disk, so that a file may be larger than memory
/// and does not travel through the page's connection. The antiforgery token comes in its header.
/// </summary>
internal static class UploadEndpoint
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/imports/upload", UploadAsync)
            .WithMetadata(new AuthorizeAttribute { Roles = Roles.CollectionsManagers })
            .DisableAntiforgery();

    private static async Task<IResult> UploadAsync(
        HttpContext http,
        string name,
        UploadFolder folder,
        IAntiforgery antiforgery
    )
    {
        // Checked here and not by the middleware, which would first read the whole body as a form.
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return Results.Problem(
                "The page is too old. Reload it and choose the file again.",
                statusCode: 400
            );
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        if (string.IsNullOrWhiteSpace(name) || name.Length > 255)
        {
            return Results.Problem(
                "The file needs a name of at most 255 characters.",
                statusCode: 400
            );
        }

        try
        {
            var file = await folder.SaveAsync(
                CurrentActor.Of(http).Id,
                name,
                http.Request.Body,
                http.RequestAborted
            );
            return Results.Json(new { id = file.Id });
        }
        catch (IOException problem)
        {
            return Results.Problem(
                $"The file could not be kept: {problem.Message}",
                statusCode: 507
            );
        }
    }
}

/// <summary><c>GET /imports/{id}/rejections.csv</c>: the rejected rows of a run, streamed.</summary>
internal static class RejectionsEndpoint
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/imports/{id:guid}/rejections.csv",
                (Guid id, Data.Imports.RejectsCsv rejects) =>
                    Results.Stream(
                        async output =>
                            await rejects.WriteAsync(id, output, CancellationToken.None),
                        "text/csv; charset=utf-8",
                        $"rejected-rows-{id:N}.csv"
                    )
            )
            .WithMetadata(new AuthorizeAttribute { Roles = Roles.CollectionsManagers });
}
