using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DmpFederation.Hub.Storage;

internal static class StorageRegistration
{
    /// <summary>What every store needs; each feature with a store calls it.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StorageOptions>().Bind(configuration.GetSection(StorageOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<StoreDatabases>();
        return services;
    }
}
