using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Connectors.Calls;
using DmpFederation.Hub.HostTests.Connectors;
using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Sdk;
using Microsoft.Extensions.DependencyInjection;

namespace DmpFederation.Hub.HostTests.Migration.Killed;

/// <summary>
/// Counts what the national store holds against what the legacy systems hold, fact by fact and by nothing the migration says of itself: read by
/// another process, from the legacy through its connector and from the store.
/// </summary>
internal sealed class Reconciliation
{
    private readonly List<string> faults = [];

    /// <summary>Facts that are in both.</summary>
    public int Facts { get; private set; }

    public int Patients { get; private set; }

    /// <summary>What does not agree. Empty when everything does.</summary>
    public IReadOnlyList<string> Faults => faults;

    public static async Task<Reconciliation> RunAsync(LivingLegacy legacy, IReadOnlyDictionary<string, string?> settings, IReadOnlyList<string> sources)
    {
        var hub = HubHost.Build(
            ["--urls", "http://127.0.0.1:0"],
            new Dictionary<string, string?>(settings)
            {
                ["Connectors:PluginsFile"] = legacy.Systems.PluginsFile,
                ["Connectors:BuiltInPlugins"] = Path.Combine(PluginOutput.Of("hub"), "plugins"),
                ["Migration:Works"] = "false",
                ["Logging:LogLevel:Default"] = "Warning",
            });
        await using (hub)
        {
            await hub.StartAsync();
            var registry = hub.Services.GetRequiredService<ISourceRegistry>();
            await ConnectorsHost.Eventually(
                () => sources.All(id => registry.Current.Find(id)?.State == SourceState.Active), "sources not active", 120);
            var reconciliation = new Reconciliation();
            foreach (var id in sources)
                await reconciliation.CompareAsync(hub.Services, registry.Current.Find(id)!);
            await hub.StopAsync();
            return reconciliation;
        }
    }

    private async Task CompareAsync(IServiceProvider services, Source source)
    {
        var migrations = services.GetRequiredService<IMigrationStore>();
        var copies = services.GetRequiredService<ICopyStore>();
        var migration = (await migrations.FindAsync(source.Id, default))!;
        var listed = source.Capabilities.Contains(nameof(IPatientDirectory)) ? await ListedAsync(services, source) : [];
        var held = new HashSet<PatientKey>();
        foreach (var slice in migration.Slices)
        {
            var before = held.Count;
            await foreach (var key in copies.ListAsync(slice.Id, null, default))
            {
                if (!held.Add(key))
                    Fault(source, "a patient is held in two slices");
            }
            var counts = await copies.CountAsync(slice.Id, default);
            if (slice.Copied != held.Count - before || counts.Patients != slice.Copied || slice.Total != slice.Copied)
                Fault(source, $"{slice.Id} says {slice.Copied} of {slice.Total} patients, holds {held.Count - before}, counts {counts.Patients}");
        }
        if (listed.Except(held).Count() is var missing and > 0)
            Fault(source, $"{missing} patients of {listed.Count} are not held");
        Patients += held.Count;
        foreach (var key in held)
            await CompareAsync(services, source, key);
        Steps(source, await migrations.StepsAsync(source.Id, default));
    }

    private async Task CompareAsync(IServiceProvider services, Source source, PatientKey key)
    {
        var told = await services.GetRequiredService<ISourceReader>()
            .ReadAsync(source, new ReadRequest([new PatientQuery(key)]), TimeSpan.FromSeconds(60), default);
        var copies = services.GetRequiredService<ICopyStore>();
        var patient = (await copies.ReadAsync(source.Id, [key], default)).Single();
        var held = patient.Groups.Values.SelectMany(static group => group.Copy.Entries).ToList();
        if (held.Select(static entry => entry.LocalId).Distinct().Count() != held.Count)
            Fault(source, "a fact is held twice");
        var byId = held.ToDictionary(static entry => entry.LocalId, Shown, StringComparer.Ordinal);
        foreach (var entry in told.Entries)
        {
            if (!byId.Remove(entry.LocalId, out var shown))
                Fault(source, $"{entry.LocalId} is lost");
            else if (shown != Shown(entry))
                Fault(source, $"{entry.LocalId} differs");
            else
                Facts++;
            await HistoryAsync(copies, source, key, entry.LocalId);
        }
        foreach (var surplus in byId.Keys)
            Fault(source, $"{surplus} is held and the legacy has it no more");
    }

    /// <summary>Versions without a hole, and none of them written twice.</summary>
    private async Task HistoryAsync(ICopyStore copies, Source source, PatientKey key, string localId)
    {
        var history = await copies.HistoryAsync(source.Id, key, localId, default);
        for (var index = 0; index < history.Count; index++)
        {
            if (history[index].Number != index + 1)
                Fault(source, $"{localId} has no version {index + 1}");
            if (index > 0 && Same(history[index - 1].ContentHash, history[index].ContentHash))
                Fault(source, $"{localId} was written twice");
        }

        static bool Same(byte[]? one, byte[]? other) => one is null ? other is null : other is not null && one.AsSpan().SequenceEqual(other);
    }

    /// <summary>Each step begins where the one before ended: no slice was ever in half a state.</summary>
    private void Steps(Source source, IReadOnlyList<SliceStep> steps)
    {
        foreach (var slice in steps.GroupBy(static step => step.Slice))
        {
            foreach (var (one, next) in slice.Zip(slice.Skip(1)))
            {
                if (one.To != next.From)
                    Fault(source, $"{slice.Key} went to {one.To} and left {next.From}");
            }
        }
    }

    private static async Task<HashSet<PatientKey>> ListedAsync(IServiceProvider services, Source source)
    {
        var page = await services.GetRequiredService<ISourceHoldings>()
            .ListAsync(source, PatientPartition.All, null, 100_000, TimeSpan.FromSeconds(60), default);
        return page is { Ended: true, Reason: null } ? [.. page.Keys] : throw new InvalidOperationException($"{source.Id} does not list: {page.Reason}");
    }

    private static string Shown(DossierEntry entry) => string.Join(
        '\n',
        System.Text.Encoding.UTF8.GetString(entry.Resource.Span), entry.Category, entry.Date, entry.Title, entry.Status, entry.Version, entry.Recorded,
        string.Join(',', entry.Confidentiality), entry.Author, entry.DocumentLocalId, string.Join(',', entry.Identifiers));

    private void Fault(Source source, string fault) => faults.Add($"{source.Id}: {fault}");
}
