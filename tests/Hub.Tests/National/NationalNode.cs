using DmpFederation.Hub.Access.BreakGlass;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Access.Policy.Import;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Deposits;
using DmpFederation.Hub.Identity.Links;
using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Hub.Migration.Diverging;
using DmpFederation.Hub.Migration.Leases;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.National;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace DmpFederation.Hub.Tests.National;

/// <summary>The stores of one node, composed as the hub composes them.</summary>
internal sealed class NationalNode : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly List<IHostedService> running = [];

    public NationalNode(IConfiguration configuration, TimeProvider clock)
    {
        var collection = new ServiceCollection();
        collection.AddSingleton(clock);
        collection.AddLogging();
        collection.AddOptions<ConnectorsOptions>().Bind(configuration.GetSection(ConnectorsOptions.Section));
        collection.AddNational(configuration);
        services = collection.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    public IPolicyStore Policies => services.GetRequiredService<IPolicyStore>();

    public IPolicyImport Import => services.GetRequiredService<IPolicyImport>();

    public IIdentityLinks Links => services.GetRequiredService<IIdentityLinks>();

    public IKnownPersons Persons => services.GetRequiredService<IKnownPersons>();

    public IIdentityWork Work => services.GetRequiredService<IIdentityWork>();

    public IBreakGlassReviews Reviews => services.GetRequiredService<IBreakGlassReviews>();

    public IPatientNotices Notices => services.GetRequiredService<IPatientNotices>();

    public ICopyStore Copies => services.GetRequiredService<ICopyStore>();

    public IMigrationStore Moves => services.GetRequiredService<IMigrationStore>();

    public IMigrationLeases Leases => services.GetRequiredService<IMigrationLeases>();

    public IDepositStore Deposits => services.GetRequiredService<IDepositStore>();

    public IDeliveryStore Deliveries => services.GetRequiredService<IDeliveryStore>();

    public IDivergenceStore Divergences => services.GetRequiredService<IDivergenceStore>();

    public IResourceCheck Resources => services.GetRequiredService<IResourceCheck>();

    public ClosedDossiers Closed => services.GetRequiredService<ClosedDossiers>();

    /// <summary>Starts what runs in the background.</summary>
    public async Task StartAsync()
    {
        running.AddRange(services.GetServices<IHostedService>());
        foreach (var service in running)
            await service.StartAsync(default);
    }

    /// <summary>Stops it; what waits to be written down is written down.</summary>
    public async Task StopAsync()
    {
        foreach (var service in running)
            await service.StopAsync(default);
        running.Clear();
    }

    public async Task<HealthReportEntry> HealthAsync() =>
        (await services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["policy"];

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await services.DisposeAsync();
    }
}
