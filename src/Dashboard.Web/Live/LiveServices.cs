using System.Text.Json;
using System.Text.Json.Serialization;
using Dashboard.Domain.Json;

namespace Dashboard.Web.Live;

/// <summary>Registers and maps the hub for programs. Pages need nothing but <see cref="LiveComponentBase"/>.</summary>
public static class LiveServices
{
    /// <summary>Adds SignalR, in the words and keys of the HTTP API, and the hub's subscription to the feed.</summary>
    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services
            .AddSignalR()
            .AddJsonProtocol(o =>
                o.PayloadSerializerOptions = new JsonSerializerOptions(JsonShape.Options)
                {
                    // A key that is null is told as null: clients overwrite what they had.
                    DefaultIgnoreCondition = JsonIgnoreCondition.Never,
                }
            );
        services.AddSingleton<LiveClients>();
        services.AddSingleton<LiveQuery>();
        services.AddHostedService<LiveBroadcaster>();
        return services;
    }

    /// <summary>Maps <c>/hubs/live</c>, for operators with a role.</summary>
    public static void MapLive(this IEndpointRouteBuilder app) => app.MapHub<LiveHub>("/hubs/live");
}
