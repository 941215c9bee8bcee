using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.FileProviders;

namespace Dashboard.Web.Hosting;

/// <summary>Where settings come from, beside what ASP.NET Core does by itself.</summary>
internal static class Settings
{
    /// <summary>An <c>appsettings.json</c> in the folder the program is started from goes over the program's own.</summary>
    public static void AddWorkingDirectoryFile(WebApplicationBuilder builder)
    {
        var folder = Directory.GetCurrentDirectory();
        if (!File.Exists(Path.Combine(folder, "appsettings.json")))
        {
            return;
        }

        var sources = builder.Configuration.Sources;
        var last = sources
            .OfType<JsonConfigurationSource>()
            .Select(sources.IndexOf)
            .LastOrDefault(-1);
        sources.Insert(
            last + 1,
            new JsonConfigurationSource
            {
                FileProvider = new PhysicalFileProvider(folder),
                Path = "appsettings.json",
                Optional = true,
            }
        );
    }

    /// <summary>The role, read before options exist; an unknown word names the three.</summary>
    public static ProcessRole Role(IConfiguration configuration)
    {
        var word = configuration[$"{DashboardOptions.Section}:{nameof(DashboardOptions.Role)}"];
        if (string.IsNullOrWhiteSpace(word))
        {
            return ProcessRole.All;
        }

        return Enum.TryParse<ProcessRole>(word, ignoreCase: true, out var role)
            ? role
            : throw new StartUpException(
                $"Setting Dashboard:Role is '{word}'. Use all, web or engine."
            );
    }
}
