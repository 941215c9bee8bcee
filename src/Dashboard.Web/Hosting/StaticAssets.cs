using Microsoft.AspNetCore.Hosting.StaticWebAssets;

namespace Dashboard.Web.Hosting;

/// <summary>Static files of an unpublished build.</summary>
internal static class StaticAssets
{
    /// <summary>Serves the files from where they were built, in every environment; a published program has its own copy.</summary>
    public static void UseStaticWebAssetsOfBuild(this IWebHostBuilder builder)
    {
        var manifest = Path.Combine(
            AppContext.BaseDirectory,
            "Dashboard.Web.staticwebassets.runtime.json"
        );
        if (File.Exists(manifest))
        {
            builder.ConfigureAppConfiguration(
                (context, _) =>
                    StaticWebAssetsLoader.UseStaticWebAssets(
                        context.HostingEnvironment,
                        context.Configuration
                    )
            );
        }
    }
}
