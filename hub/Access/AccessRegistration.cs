using DmpFederation.Hub.Access.Changes;
using DmpFederation.Hub.Access.Matrix;
using MediatR;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DmpFederation.Hub.Access;

internal static class AccessRegistration
{
    /// <summary>
    /// Registers the deciding behaviour. Call it where the behaviours are listed: the order of registration is the order of running.
    /// </summary>
    public static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AccessOptions>().Bind(configuration.GetSection(AccessOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(HabilitationMatrix.Default);
        services.TryAddSingleton<DossierDecider>();
        services.TryAddSingleton<PolicyWriter>();
        services.TryAddEnumerable(ServiceDescriptor.Transient(typeof(IPipelineBehavior<,>), typeof(AuthoriseBehaviour<,>)));
        return services;
    }
}
