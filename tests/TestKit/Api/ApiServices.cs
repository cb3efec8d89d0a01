using DmpFederation.Hub.Api;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Identity;
using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DmpFederation.TestKit.Api;

/// <summary>The API over a fake federation.</summary>
internal static class ApiServices
{
    public static IServiceCollection AddApiOver(
        this IServiceCollection services, IConfiguration configuration, FakeDossiers dossiers, ISourceRegistry sources)
    {
        services.AddOptions<IdentityOptions>().Bind(configuration.GetSection(IdentityOptions.Section));
        services.AddTransient<ServiceFactory>(static provider => provider.GetService!);
        services.AddTransient<IMediator, Mediator>();
        services.AddSingleton<IRequestHandler<GetDossiers, IReadOnlyList<DossierResult>>>(dossiers);
        services.AddSingleton(sources);
        services.TryAddSingleton<IAuditTrail, RecordingAuditTrail>();
        return services.AddApi(configuration);
    }
}
