using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Data.Imports;

/// <summary>Registers the import core.</summary>
public static class ImportServices
{
    /// <summary>Adds <see cref="ImportRunner"/>, <see cref="ImportPreviewer"/> and <see cref="RejectsCsv"/>.</summary>
    public static IServiceCollection AddImportCore(this IServiceCollection services)
    {
        services.AddSingleton<ImportRunner>();
        services.AddSingleton<ImportPreviewer>();
        services.AddSingleton<RejectsCsv>();
        return services;
    }
}
