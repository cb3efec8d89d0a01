using DmpFederation.Hub.HostTests.Federation;
using DmpFederation.LegacySystems.Drip;
using DmpFederation.SyntheticFrance;
using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.Hub.HostTests.Migration.Killed;

/// <summary>Real legacy systems of invented patients, in which something happens whenever a test wants it: new facts, corrections, withdrawals.</summary>
internal sealed class LivingLegacy : IAsyncDisposable
{
    private readonly WorldFile file;
    private readonly HttpClient webMedecin;

    private LivingLegacy(SixSystems systems, IReadOnlyList<SyntheticPatient> patients, WorldFile file)
    {
        (Systems, Patients, this.file) = (systems, patients, file);
        webMedecin = new HttpClient { BaseAddress = new Uri(systems.Origin("web-medecin")) };
    }

    public SixSystems Systems { get; }

    public IReadOnlyList<SyntheticPatient> Patients { get; }

    /// <summary>Writes a world, and the file of those of its sources that are wanted.</summary>
    public static async Task<LivingLegacy> StartAsync(int seed, int people, params IReadOnlyCollection<string> sources)
    {
        var patients = World.Generate(seed, people, SixSystems.Today).ToList();
        var systems = await SixSystems.StartAsync(patients);
        await systems.WriteSourcesAsync(systems.Origin, (name, entry) =>
        {
            entry["enabled"] = sources.Contains(name);
            entry["budget"]!["timeoutMs"] = 60_000;
        });
        var file = new WorldFile(systems.Root, seed, people, SixSystems.Today);
        file.WriteTruth(SixSystems.Today, CancellationToken.None);
        return new LivingLegacy(systems, patients, file);
    }

    /// <summary>Lets things happen in all systems until it is cancelled.</summary>
    /// <returns>How many happened.</returns>
    public async Task<long> LiveAsync(TimeSpan every, CancellationToken cancellationToken)
    {
        using var complaints = new StringWriter();
        using var changes = ChangeStore.Open(Systems.Root);
        using var truth = new TruthLedger(Systems.Root, TimeProvider.System);
        var doors = DripCommands.Doors(Systems.Root, webMedecin, TimeProvider.System);
        var happened = await new Drip(file.Living(changes), changes, truth, doors, TimeProvider.System, complaints).RunAsync(every, null, cancellationToken);
        return complaints.ToString() is { Length: > 0 } said ? throw new InvalidOperationException(said) : happened;
    }

    public async ValueTask DisposeAsync()
    {
        webMedecin.Dispose();
        await Systems.DisposeAsync();
    }
}
