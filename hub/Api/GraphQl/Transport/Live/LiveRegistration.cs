using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DmpFederation.Hub.Api.GraphQl.Transport.Live;

internal static class LiveRegistration
{
    /// <summary>WebSockets and event streams.</summary>
    public static IServiceCollection AddLiveTransport(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<LiveOptions>().Bind(configuration.GetSection(LiveOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<LiveConnections>();
        services.TryAddSingleton<LiveSessions>();
        services.TryAddSingleton<LiveOperation>();
        services.TryAddSingleton<EventStreamEndpoint>();
        services.TryAddSingleton<SocketParts>();
        services.TryAddSingleton<SocketEndpoint>();
        return services;
    }
}
