using System.Text.Json;
using System.Text.Json.Serialization;
using Dashboard.Data.Operators;
using Dashboard.Web.Api.Compliance;
using Dashboard.Web.Api.Keys;
using Dashboard.Web.Api.OptOuts;
using Dashboard.Web.Api.Tasks;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dashboard.Web.Api;

/// <summary>The HTTP API under <c>/api/v1</c> (contracts.md), described at <c>/openapi/v1.json</c>.</summary>
internal static class ApiServices
{
    /// <summary>Any key that works.</summary>
    private const string AnyKey = "api";

    /// <summary>Registers the API.</summary>
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services
            .AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, null);
        services
            .AddAuthorizationBuilder()
            .AddPolicy(
                AnyKey,
                policy =>
                    policy
                        .AddAuthenticationSchemes(ApiKeyHandler.SchemeName)
                        .RequireAuthenticatedUser()
            );
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.Converters.Add(
                new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower)
            );
        });
        services.AddOpenApi("v1", ApiDescription.Configure);
        services.TryAddSingleton<ApiKeyStore>();
        services.AddSingleton<EvaluateQuery>();
        return services;
    }

    /// <summary>Maps every endpoint and the description.</summary>
    public static void MapApi(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1")
            .RequireAuthorization(AnyKey)
            .DisableAntiforgery()
            .WithMetadata(new RequestSizeLimit(ApiBody.Largest));
        api.MapEvaluate();
        api.MapRules();
        api.MapBacktest();
        api.MapApprovals();
        api.MapOptOuts();
        api.MapAgentWork();
        app.MapOpenApi().AllowAnonymous();
    }

    /// <summary>Only keys with one of the scopes (comma-separated roles of <see cref="Roles"/>).</summary>
    public static TBuilder For<TBuilder>(this TBuilder endpoint, string roles)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(
            new AuthorizeAttribute
            {
                Roles = roles,
                AuthenticationSchemes = ApiKeyHandler.SchemeName,
            }
        );

    private sealed record RequestSizeLimit(long? MaxRequestBodySize)
        : Microsoft.AspNetCore.Http.Metadata.IRequestSizeLimitMetadata;
}
