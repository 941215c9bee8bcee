using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dashboard.Data.Templates;

/// <summary>Registers the rendering of messages.</summary>
public static class MessageServices
{
    /// <summary>
    /// <see cref="MessageRenderer"/> and <see cref="TaskMessages"/>, once however often it is called. Needs
    /// <see cref="OptOuts.IUnsubscribeLinks"/>.
    /// </summary>
    public static IServiceCollection AddMessages(
        this IServiceCollection services,
        IConfiguration configuration
    )
    {
        services
            .AddOptions<MessageOptions>()
            .Bind(configuration.GetSection(MessageOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton<TemplateRenderer>();
        services.TryAddSingleton<MessageRenderer>();
        services.TryAddSingleton<TaskMessages>();
        return services;
    }
}
