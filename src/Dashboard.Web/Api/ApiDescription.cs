using Dashboard.Web.Api.Keys;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Dashboard.Web.Api;

/// <summary>What <c>/openapi/v1.json</c> says of the API as a whole.</summary>
internal static class ApiDescription
{
    /// <summary>Title, and how to sign in.</summary>
    public static void Configure(OpenApiOptions options)
    {
        options.ShouldInclude = description =>
            description.RelativePath?.StartsWith("api/v1", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer(
            (document, _, _) =>
            {
                document.Info = new OpenApiInfo
                {
                    Title = "Client Escalation Calls",
                    Version = "v1",
                    Description =
                        "Keys are snake_case, instants are UTC in ISO 8601, errors are RFC 9457 problem details "
                        + "with the field at fault under 'errors'. Lists answer {items, next}; pass 'next' as 'after'.",
                };
                document.Components ??= new OpenApiComponents();
                document.Components.SecuritySchemes = new Dictionary<
                    string,
                    IOpenApiSecurityScheme
                >(StringComparer.Ordinal)
                {
                    [ApiKeyHandler.SchemeName] = new OpenApiSecurityScheme
                    {
                        Type = SecuritySchemeType.Http,
                        Scheme = "bearer",
                        Description = "An API key, made by create-api-key.",
                    },
                };
                document.Security =
                [
                    new OpenApiSecurityRequirement
                    {
                        [new OpenApiSecuritySchemeReference(ApiKeyHandler.SchemeName, document)] =
                        [],
                    },
                ];
                return Task.CompletedTask;
            }
        );
    }
}
