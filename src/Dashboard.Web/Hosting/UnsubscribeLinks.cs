using System.Security.Cryptography;
using System.Text;
using Dashboard.Data.OptOuts;
using Dashboard.Engine.Channels.Email;
using Microsoft.Extensions.Options;

namespace Dashboard.Web.Hosting;

/// <summary>The signed links of both roles: the engine writes them into messages, the web answers them.</summary>
internal static class UnsubscribeLinks
{
    /// <summary>
    /// Registers <see cref="IUnsubscribeLinks"/>. The address is the product's own unless <c>Email:Unsubscribe</c> names
    /// another. Without a key the links of this process end with it, and the log says so.
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
    }

    private static HmacUnsubscribeLinks Create(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<UnsubscribeOptions>>().Value;
        if (options.Key is { } key)
        {
            return new HmacUnsubscribeLinks(
                options.PublicAddress,
                SHA256.HashData(Encoding.UTF8.GetBytes(key))
            );
        }

        services
            .GetRequiredService<ILoggerFactory>()
            .CreateLogger(typeof(UnsubscribeLinks).FullName!)
            .LogWarning(
                "Email:Unsubscribe:Key is not set: unsubscribe links stop working when this process ends"
            );
        return new HmacUnsubscribeLinks(options.PublicAddress, RandomNumberGenerator.GetBytes(32));
    }
}
