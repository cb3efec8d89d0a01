using System.Diagnostics;
using System.Globalization;
using DmpFederation.Hub.HostTests.Migration.Killed;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace DmpFederation.Hub.HostTests.Migration;

/// <summary>
/// Legacy systems that get new facts, corrections and withdrawals all the while they are copied are found equal as soon as those were followed. By
/// default the facts of a minute are many times the 1 % that real dossiers see; <c>DMPFED_CHANGING=300,180,1</c> asks for other patients, seconds of
/// copying and percent of all facts a minute.
/// </summary>
public sealed class ChangingWhileCopiedTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly IReadOnlyList<string> Sources = ["dp", "picardie", "franche-comte"];

    private static readonly IReadOnlyList<double> Size =
    [
        .. (Environment.GetEnvironmentVariable("DMPFED_CHANGING") ?? "40,8,20").Split(',')
            .Select(static number => double.Parse(number, CultureInfo.InvariantCulture)),
    ];

    private static readonly (int People, double Seconds, double PercentAMinute) Asked = ((int)Size[0], Size[1], Size[2]);

    private readonly string folder = Directory.CreateTempSubdirectory("dmp-changing-").FullName;
    private LivingLegacy legacy = null!;

    public async Task InitializeAsync() => legacy = await LivingLegacy.StartAsync(seed: 3, Asked.People, Sources);

    public async Task DisposeAsync()
    {
        await legacy.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_legacy_that_changes_while_it_is_copied_is_found_equal_once_its_changes_were_followed()
    {
        var settings = MortalHub.SettingsFor(legacy, folder, connectionString: null);
        await using (var hub = new MortalHub(legacy, Sources, settings))
        {
            await hub.StartAsync();
            var facts = legacy.Patients.Sum(static patient => patient.Facts.Count);
            var every = TimeSpan.FromMinutes(100 / (Asked.PercentAMinute * facts));
            using var stop = new CancellationTokenSource();
            var (living, since) = (legacy.LiveAsync(every, stop.Token), Stopwatch.StartNew());
            var rate = (Asked.People / Asked.Seconds).ToString("0.0", CultureInfo.InvariantCulture);
            foreach (var source in Sources)
                await hub.OrderAsync($"startMigration(sourceId: \"{source}\", input: {{ load: {{ patientsPerSecond: {rate} }} }})");
            await hub.UntilAsync(static one => one.State == "FOLLOWING" && one.Copied == one.Total, "copied", TimeSpan.FromSeconds(90 + (2 * Asked.Seconds)));
            var copying = since.Elapsed;
            await stop.CancelAsync();
            var happened = await living;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{happened} events in {copying.TotalSeconds:0} s, {100 * happened / copying.TotalMinutes / facts:0.0} % of {facts} facts a minute"));
            happened.Should().BeGreaterThan(0);

            foreach (var source in Sources)
                await hub.OrderAsync($"verifyMigration(sourceId: \"{source}\")");
            await hub.UntilAsync(static one => one is { State: "SHADOW", Differences: 0, BlockedBy: [] }, "found equal and ready");
            await hub.KillAsync();
        }
        var reconciled = await Reconciliation.RunAsync(legacy, settings, Sources);
        output.WriteLine($"{reconciled.Patients} copies, {reconciled.Facts} facts equal");
        reconciled.Faults.Should().BeEmpty();
    }
}
