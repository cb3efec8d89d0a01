using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Identity;

internal static class IdentityRegistration
{
    private const string HttpClientName = "INSi";

    /// <summary>Certified identities from the INSi téléservice, kept for a few minutes.</summary>
    public static IServiceCollection AddIdentity(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<IdentityOptions>()
            .Bind(configuration.GetSection(IdentityOptions.Section))
            .ValidateDataAnnotations()
            .Validate(
                static options => options.IsUsable(),
                "Identity:InsiUrl must be an absolute http or https address, Identity:DefaultSystem one of the INS matricule systems.")
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddHttpClient(HttpClientName)
            .RemoveAllLoggers()
            .ConfigureHttpClient(static http =>
            {
                http.Timeout = Timeout.InfiniteTimeSpan;
                http.MaxResponseContentBufferSize = 1 << 20;
            })
            .ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler
            {
                UseProxy = false,
                AllowAutoRedirect = false,
                UseCookies = false,
                MaxConnectionsPerServer = 64,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        services.TryAddSingleton<ICertifiedIdentities>(static provider =>
        {
            var options = provider.GetRequiredService<IOptions<IdentityOptions>>();
            var clock = provider.GetRequiredService<TimeProvider>();
            var http = provider.GetRequiredService<IHttpClientFactory>().CreateClient(HttpClientName);
            var teleservice = new InsiTeleservice(http, options, clock, provider.GetRequiredService<ILogger<InsiTeleservice>>());
            return new KeptIdentities(teleservice, options, clock);
        });
        return services;
    }
}
