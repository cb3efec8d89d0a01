using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Connectors.Calls;
using DmpFederation.Hub.Connectors.Registry;
using DmpFederation.Hub.Identity;
using DmpFederation.Hub.Identity.Links;
using DmpFederation.Hub.Migration;
using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Hub.Migration.Copying;
using DmpFederation.Hub.Migration.Diverging;
using DmpFederation.Hub.Migration.Leases;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.Migration.Steps;
using DmpFederation.Hub.Migration.Throttle;
using DmpFederation.Hub.Migration.Verifying;
using DmpFederation.Sdk;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace DmpFederation.TestKit.Migration;

/// <summary>
/// The engine of migration as the hub registers it, over a legacy in memory behind the hub's own guards of a call, and over stores at their borders.
/// One rig is one node; others may share its stores.
/// </summary>
internal sealed class MigrationRig : IAsyncDisposable
{
    public const string SourceId = "north";

    public static readonly StepNote Note = new("operator-1", "a test", null);

    private readonly ServiceProvider services;

    /// <param name="beside">A node to share everything with; null for a world of its own.</param>
    /// <param name="clock">The clock; null for the machine's.</param>
    /// <param name="settings">Settings beside the usual ones.</param>
    /// <param name="with">Changes the world first.</param>
    /// <param name="stores">The node's own door to the stores; null for those in memory.</param>
    public MigrationRig(
        MigrationRig? beside = null,
        TimeProvider? clock = null,
        IReadOnlyDictionary<string, string?>? settings = null,
        Action<RigWorld>? with = null,
        RigStores? stores = null)
    {
        World = beside?.World ?? new RigWorld(clock ?? TimeProvider.System);
        Stores = stores ?? new RigStores(World.Migrations, World.Copies, World.Leases);
        with?.Invoke(World);
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddSingleton(World.Clock);
        collection.AddSingleton(World.Registry);
        collection.AddSingleton(World.Reader);
        collection.AddSingleton<ISourceHoldings>(World.Holdings);
        collection.AddSingleton<ICertifiedIdentities>(World.Identities);
        collection.AddSingleton<IKnownPersons>(World.Persons);
        collection.AddSingleton<IDivergenceStore>(World.Divergences);
        collection.AddSingleton(Stores.Migrations);
        collection.AddSingleton(Stores.Copies);
        collection.AddSingleton(Stores.Leases);
        var all = new ConfigurationBuilder().AddInMemoryCollection(Quick).AddInMemoryCollection(settings ?? new Dictionary<string, string?>());
        collection.AddMigration(all.Build());
        services = collection.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        Throttles.Of(SourceId).Set(new LegacyLoad { Concurrency = 8 }, held: false, slots: 16);
    }

    public RigWorld World { get; }

    public RigStores Stores { get; }

    public ChangingLegacy Legacy => World.Legacy;

    public HeldMigrations Migrations => World.Migrations;

    public HeldCopies Copies => World.Copies;

    public Source Source => World.Registry.Current.Find(SourceId)!;

    public IMigrationDirector Director => Get<IMigrationDirector>();

    public LegacyThrottles Throttles => Get<LegacyThrottles>();

    /// <summary>Short waits, so that a test sees failures healed within its time.</summary>
    private static Dictionary<string, string?> Quick => new()
    {
        ["Migration:Look"] = "00:00:00.050",
        ["Migration:FirstRetry"] = "00:00:00.010",
        ["Migration:LongestRetry"] = "00:00:00.050",
        ["Migration:FirstPause"] = "00:00:00.020",
        ["Migration:LongestPause"] = "00:00:00.200",
        ["Migration:FollowEvery"] = "00:00:00.050",
        ["Migration:SweepEvery"] = "00:00:00.050",
        ["Migration:DivergenceEvery"] = "00:00:00.050",
        ["Migration:BatchPatients"] = "7",
        ["Migration:ListPage"] = "11",
    };

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>One wave of all patients, one group of all categories.</summary>
    public static MigrationPlan WholePlan(string sourceId = SourceId) => new(
        sourceId, [new Wave("all", WaveKind.Rest)], [new CategoryGroup("all", Enum.GetValues<EntryCategory>().ToHashSet())]);

    public async Task<MigrationRecord> StartAsync(MigrationPlan? plan = null, CancellationToken cancellationToken = default) =>
        await Director.StartAsync(plan ?? WholePlan(), new LegacyLoad { Concurrency = 8 }, Note, cancellationToken) is StepResult.Done done
            ? done.Migration
            : throw new InvalidOperationException("The migration did not begin.");

    public async Task<MigrationRecord> FindAsync() => (await Stores.Migrations.FindAsync(SourceId, CancellationToken.None))!;

    /// <summary>The work on the first slice, under a right of its own.</summary>
    public async Task<SliceWork> WorkAsync()
    {
        var migration = await FindAsync();
        return new SliceWork(Source, migration, migration.Slices[0], World.Leases.Take($"slice/{migration.Slices[0].Id}"));
    }

    /// <summary>What differs between the legacy and the national store, over every patient either knows.</summary>
    public IReadOnlyList<string> Differences(string group = "all") =>
    [
        .. Legacy.Keys.SelectMany(key =>
        {
            var held = Copies.Find(SourceId, key, group);
            var facts = Legacy.Facts(key);
            if (held is null)
                return ["missing"];
            var plain = held with { AsOf = null, Gaps = [], Contents = new Dictionary<string, ContentCopy>() };
            return CopyDiff.Between(new PatientCopy { Key = key, Entries = facts }, plain).Select(static difference => difference.Field);
        }),
    ];

    public async ValueTask DisposeAsync() => await services.DisposeAsync();
}

/// <summary>One node's doors to the stores.</summary>
internal sealed record RigStores(IMigrationStore Migrations, ICopyStore Copies, IMigrationLeases Leases);

/// <summary>What the nodes of a test share: the legacy, its guards, the stores.</summary>
internal sealed class RigWorld
{
    public RigWorld(TimeProvider clock)
    {
        Clock = clock;
        Migrations = new HeldMigrations(clock, Leases);
        Copies = new HeldCopies(Migrations, Leases);
        var folder = Path.Combine(Path.GetTempPath(), "dmpfed-tests", Guid.NewGuid().ToString("N"));
        var connectors = Options.Create(new ConnectorsOptions { StateFolder = folder });
        Registry = new FixedRegistry(
        [
            ASource.Named(MigrationRig.SourceId) with
            {
                Capabilities = [nameof(IPatientDirectory), nameof(IChangeFeed), nameof(IDocumentContent)],
                Connection = new SourceConnection(
                    Legacy, null!, new HttpClient(), new CallSlots(32),
                    new CapabilityCircuits(MigrationRig.SourceId, Circuit, clock, NullLogger.Instance)),
            },
        ]);
        var (gate, call) = (new SourceGate(Registry), new ConnectorCall(clock, BlockedThreads.OfProcess, NullLogger<ConnectorCall>.Instance));
        var contact = new ConnectorReader(call, new ShutSources(connectors, NullLogger<ShutSources>.Instance), clock);
        Reader = new GatedReader(new CircuitGuard(new ConcurrencyGuard(contact, clock)), gate);
        Holdings = new SourceHoldings(new CapabilityCall(gate, call, clock));
    }

    /// <summary>Tries again soon.</summary>
    private static CircuitOptions Circuit => new() { Break = TimeSpan.FromSeconds(0.5) };

    public TimeProvider Clock { get; }

    public ChangingLegacy Legacy { get; } = new();

    public HeldLeases Leases { get; } = new();

    public HeldMigrations Migrations { get; }

    public HeldCopies Copies { get; }

    public ISourceRegistry Registry { get; private set; }

    public ISourceReader Reader { get; }

    public SourceHoldings Holdings { get; }

    public FakeCertifiedIdentities Identities { get; set; } = new();

    public FixedPersons Persons { get; } = new();

    public HeldDivergences Divergences { get; } = new();

    /// <summary>Describes the source otherwise.</summary>
    public void Describe(Func<Source, Source> change) => Registry = new FixedRegistry(Registry.Current.Sources.Select(change));
}

/// <summary>Persons the hub knows, as a test says.</summary>
internal sealed class FixedPersons : IKnownPersons
{
    public List<KnownPerson> Persons { get; } = [];

    public Task<IReadOnlyList<KnownPerson>> ListAsync(PersonId? after, int most, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<KnownPerson>>(
            [.. Persons.OrderBy(static one => one.Person.Value).Where(one => after is not { } last || one.Person.Value > last.Value).Take(most)]);
}
