using System.Diagnostics.Metrics;
using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Hub.Migration.Serving;
using DmpFederation.Hub.Migration.Serving.Shadow;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace DmpFederation.Hub.Tests.Migration.Serving;

/// <summary>The federation over fake legacy systems and a national store of the test.</summary>
internal sealed class ServedHub : IDisposable
{
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public ServedHub()
    {
        var metrics = new ServingMetrics(services.GetRequiredService<IMeterFactory>());
        Queue = new ShadowQueue(Microsoft.Extensions.Options.Options.Create(Options), metrics);
        Hub = new FederationBuilder { National = Routes };
        Hub.Stores = legacy => new NationalReader(
            new ShadowedReader(legacy, Routes, Queue), Routes, Copies,
            new ServingClock(Microsoft.Extensions.Options.Options.Create(Options), Hub.Clock), metrics, NullLogger<NationalReader>.Instance);
    }

    public FederationBuilder Hub { get; }

    public ServingRoutes Routes { get; } = new();

    public StoredCopies Copies { get; } = new();

    public ServingOptions Options { get; } = new();

    public ShadowQueue Queue { get; }

    public ServedHub Migrate(params IReadOnlyList<MigrationRecord> migrations)
    {
        Routes.Put(migrations);
        return this;
    }

    /// <summary>The national store holds these facts of the known patient.</summary>
    public ServedHub Hold(MigrationRecord migration, params IReadOnlyList<DossierEntry> facts) =>
        Hold(migration, new PatientCopy { Key = APatient.Known().Ins.Key, Entries = facts });

    public ServedHub Hold(MigrationRecord migration, PatientCopy copy)
    {
        Copies.Put(migration.Plan, copy, Hub.Clock.GetUtcNow());
        return this;
    }

    /// <summary>Questions the legacy system of a source got.</summary>
    public IEnumerable<ReadCall> AskedOf(string sourceId) => Hub.Reader.Calls.Where(call => call.Source.Id == sourceId);

    public void Dispose() => services.Dispose();
}
