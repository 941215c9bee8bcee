using System.Security.Cryptography;
using System.Text;
using Dashboard.Data.OptOuts;
using Dashboard.Engine;
using Dashboard.Engine.Channels.Email;
using Dashboard.Web.Features.OptOuts;
using Microsoft.Extensions.Options;

namespace Dashboard.Web.Hosting;

/// <summary>The signed links of both roles: the engine writes them into messages, the web answers them.</summary>
internal static class UnsubscribeLinks
{
    /// <summary>
    /// Registers <see cref="IUnsubscribeLinks"/>. The address is the product's own unless <c>Email:Unsubscribe</c> names
    /// another, the key comes from <see cref="InstallationSecret"/> unless it sets its own.
    /// </summary>
    public static void AddUnsubscribeLinks(
        this IServiceCollection services,
        IConfiguration configuration
    )
    {
        services
            .AddOptions<UnsubscribeOptions>()
            .Bind(configuration.GetSection(UnsubscribeOptions.Section))
            .Configure<IOptions<DashboardOptions>>(
                (links, product) => links.PublicAddress ??= new Uri(product.Value.PublicUrl)
            )
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<IUnsubscribeLinks>(Create);
        services.AddOptions<EngineOptions>().Bind(configuration.GetSection(EngineOptions.Section));
        services.AddSingleton(s => new Company(
            s.GetRequiredService<IOptions<EngineOptions>>().Value.CompanyName
        ));
    }

    private static HmacUnsubscribeLinks Create(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<UnsubscribeOptions>>().Value;
        var key = options.Key is { } text
            ? SHA256.HashData(Encoding.UTF8.GetBytes(text))
            : services.GetRequiredService<InstallationSecret>().KeyFor("unsubscribe-links");
        return new HmacUnsubscribeLinks(options.PublicAddress, key);
    }
}
