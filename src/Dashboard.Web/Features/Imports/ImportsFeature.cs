namespace Dashboard.Web.Features.Imports;

/// <summary>Registers and maps the import pages.</summary>
internal static class ImportsFeature
{
    /// <summary>What the pages inject.</summary>
    public static IServiceCollection AddImports(this IServiceCollection services)
    {
        services.AddSingleton<UploadFolder>();
        services.AddSingleton<ImportJobs>();
        services.AddSingleton<ImportRunQuery>();
        services.AddSingleton<SavedMappings>();
        return services;
    }

    /// <summary>Upload of files and download of rejected rows.</summary>
    public static IEndpointRouteBuilder MapImports(this IEndpointRouteBuilder app)
    {
        UploadEndpoint.Map(app);
        RejectionsEndpoint.Map(app);
        return app;
    }
}
