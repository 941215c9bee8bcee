namespace Dashboard.Web.Features.Compliance.Proof;

/// <summary>The pages <c>/proof</c>.</summary>
internal static class ProofFeature
{
    /// <summary>What the pages inject.</summary>
    public static IServiceCollection AddProof(this IServiceCollection services)
    {
        services.AddSingleton<ProofQuery>();
        return services;
    }

    /// <summary>Downloads.</summary>
    public static IEndpointRouteBuilder MapProof(this IEndpointRouteBuilder app)
    {
        ProofDownloads.Map(app);
        return app;
    }
}
