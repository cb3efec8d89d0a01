using System.Text.Json;
using CsCheck;
using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.National.Copies;

public sealed class SqliteCopyRoundTripTests() : CopyRoundTripTests(new SqliteNationalHost());

public sealed class PostgreSqlCopyRoundTripTests() : CopyRoundTripTests(new PostgreSqlNationalHost());

/// <summary>Nothing a source says is lost or changed on its way through the national store.</summary>
public abstract class CopyRoundTripTests(NationalHost host) : IAsyncLifetime
{
    private CopyRig rig = null!;

    public async Task InitializeAsync() => rig = await CopyRig.OpenAsync(host);

    public async Task DisposeAsync()
    {
        await rig.DisposeAsync();
        await host.DisposeAsync();
    }

    [SkippableFact]
    public async Task Whatever_a_source_says_is_given_back_in_every_property()
    {
        var person = 0;
        await OddEntries.Copy.SampleAsync(
            async said =>
            {
                // Each on a patient of its own, what is filed under the key asked staying so.
                var patient = Interlocked.Increment(ref person);
                var copy = said with { Key = ACopy.Key(patient) };
                await rig.Node.Copies.TakeOverAsync(rig.Batch(copy), default);

                Printed.Of((await rig.HeldAsync(patient))!.Copy).Should().Be(Printed.Of(copy));
                (await rig.Node.Copies.TakeOverAsync(rig.Batch(copy), default)).Should().Be(new TakenOver(0, 0, 0, 0, copy.Entries.Count, 0));
            },
            iter: 300,
            threads: 1);
    }

    [SkippableFact]
    public async Task Whatever_a_source_says_next_is_what_is_given_back()
    {
        var person = 0;
        await OddEntries.Copy.Array[2, 4].SampleAsync(
            async said =>
            {
                var patient = Interlocked.Increment(ref person);
                foreach (var copy in said.Select(one => one with { Key = ACopy.Key(patient) }))
                {
                    var taken = await rig.Node.Copies.TakeOverAsync(rig.Batch(copy), default);
                    (taken.Added + taken.Changed + taken.Unchanged).Should().Be(copy.Entries.Count);
                    Printed.Of((await rig.HeldAsync(patient))!.Copy).Should().Be(Printed.Of(copy));
                }
            },
            iter: 60,
            threads: 1);
    }

    [SkippableFact]
    public async Task What_real_systems_write_is_given_back_in_every_property()
    {
        var files = SharedFhir.Files();
        Skip.If(files.Count == 0, "../shared/data is not here");
        var patient = 0;
        var refused = 0;
        foreach (var entries in files.Select(file => SharedFhir.Entries(file, ACopy.Key(patient + 1))))
        {
            var copy = ACopy.Of(++patient, [.. entries]);
            refused += (await rig.Node.Copies.TakeOverAsync(rig.Batch(copy), default)).Refused;
            Printed.Of((await rig.HeldAsync(patient))!.Copy).Should().Be(Printed.Of(copy));
        }
        var counts = await rig.Node.Copies.CountAsync(ACopy.Slice, default);
        counts.Patients.Should().Be(files.Count);
        counts.Refused.Should().Be(refused);
        counts.Facts.Should().BeGreaterThan(1_000);
        refused.Should().BeLessThan((int)(counts.Facts / 4), "most of what is published as R4 is R4");
    }

    /// <summary>Resources of the Bundles beside the repository.</summary>
    private static class SharedFhir
    {
        public static IReadOnlyList<string> Files()
        {
            if (SharedData.Find("README.md") is not { } readme)
                return [];
            string[] folders = ["fhir-synthea-r4", "fhir-ips", "fhir-pdsm4dmp"];
            return [.. folders.SelectMany(folder =>
                Directory.EnumerateFiles(Path.Combine(Path.GetDirectoryName(readme)!, folder), "*.json", SearchOption.AllDirectories)).Order(StringComparer.Ordinal)];
        }

        public static IEnumerable<DossierEntry> Entries(string file, PatientKey key)
        {
            using var bundle = JsonDocument.Parse(File.ReadAllBytes(file));
            if (!bundle.RootElement.TryGetProperty("entry", out var entries))
                yield break;
            var number = 0;
            foreach (var entry in entries.EnumerateArray())
            {
                if (entry.TryGetProperty("resource", out var resource))
                    yield return DossierEntry.FromJson(ACopy.Bytes(resource.GetRawText()), new EntryContext(key, $"{number++:D5}"));
            }
        }
    }
}
