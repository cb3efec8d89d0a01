using System.Text.Json;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.HostTests.Quarantine;
using DmpFederation.LegacySystems.DossierPharmaceutique;
using DmpFederation.LegacySystems.Picardie;
using DmpFederation.Sdk;
using DmpFederation.SyntheticFrance.Model;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.HostTests.Drills;

/// <summary>Patients with 10,000 entries in one source: a file, and a server that gives them in fifty pages.</summary>
[Collection(DrillCollection.Name)]
public sealed class ManyEntriesDrills(DrillWorld world)
{
    private const string File = DossierPharmaceutiqueSystem.Name;
    private const string Server = PicardieSystem.Name;
    private const int Page = 500;

    [Theory]
    [InlineData(File)]
    [InlineData(Server)]
    public async Task Ten_thousand_entries_of_one_patient_come_whole_in_time_and_in_bounded_memory(string source)
    {
        var memory = new PeakMemory();
        // On a machine too busy for them the answer leaves at the deadline and says so: asked again until it is whole.
        var (answer, took) = await world.Hub.UntilAsync(Patient(source), now =>
        {
            if (!now.Complete)
                DrillRules.Of(now, source).Reason.Should().Be(SourceReason.Deadline);
            return now.Complete;
        });
        (await memory.EndAsync()).Should().BeLessThan(DrillRules.MostMemory);

        took.Should().BeLessThan(DrillRules.AnswerBy);
        DrillRules.Of(answer, source).EntryCount.Should().Be(DrillWorld.Many);
        DrillRules.LocalIds(answer).Should().HaveCount(DrillWorld.Many).And.OnlyHaveUniqueItems();
    }

    [Theory]
    [InlineData(File)]
    [InlineData(Server)]
    public async Task A_source_allowed_fewer_gives_as_many_and_says_that_it_has_more(string source)
    {
        const int Allowed = 4_000;
        var whole = await world.Hub.UntilCompleteAsync(world.Patient);
        LetEntries(source, Allowed);
        try
        {
            var (answer, took) = await world.Hub.UntilAsync(
                Patient(source), now => DrillRules.Of(now, source) is { IsComplete: false, Reason: not SourceReason.Deadline });

            took.Should().BeLessThan(DrillRules.AnswerBy);
            (DrillRules.Of(answer, source).Status, DrillRules.Of(answer, source).Reason).Should().Be((SourceStatus.Partial, SourceFaultCodes.TooLarge));
            DrillRules.Of(answer, source).EntryCount.Should().BeInRange(Allowed - 10, Allowed);
            DrillRules.LocalIds(await world.Hub.UntilCompleteAsync(world.Patient)).Should().Equal(DrillRules.LocalIds(whole), "others have fewer");
        }
        finally
        {
            LetEntries(source, 20_000);
        }
        DrillRules.Of(await world.Hub.UntilCompleteAsync(Patient(source)), source).EntryCount.Should().Be(DrillWorld.Many);
    }

    [Fact]
    public async Task Ten_thousand_entries_are_paged_newest_first_each_once()
    {
        var ids = new List<string>();
        var dates = new List<string>();
        for (string? after = ""; after is not null;)
        {
            var entries = await PageAsync(after);
            foreach (var node in entries.GetProperty("nodes").EnumerateArray())
            {
                ids.Add(node.GetProperty("id").GetString()!);
                dates.Add(node.GetProperty("date").GetString()!);
            }
            after = entries.GetProperty("hasNext").GetBoolean() ? $", after: \"{entries.GetProperty("endCursor").GetString()}\"" : null;
        }

        ids.Should().HaveCount(DrillWorld.Many).And.OnlyHaveUniqueItems();
        dates.Should().BeInDescendingOrder(StringComparer.Ordinal);
    }

    /// <summary>A page of the whole dossier: asked again when a busy machine left it incomplete.</summary>
    private async Task<JsonElement> PageAsync(string after)
    {
        var dossier = default(JsonElement);
        await RunningHub.EventuallyAsync(
            async () =>
            {
                var answer = await world.Hub.QueryAsync($$"""
                    { dossier(ins: "{{world.ManyBoxes.InsNir}}") { complete
                        entries(first: {{Page}}{{after}}) { hasNext endCursor nodes { id date } } } }
                    """);
                dossier = answer.GetProperty("data").GetProperty("dossier");
                return dossier.GetProperty("complete").GetBoolean();
            },
            "the dossier is whole");
        return dossier.GetProperty("entries");
    }

    private SyntheticPatient Patient(string source) => source == File ? world.ManyBoxes : world.ManyResults;

    private void LetEntries(string source, int most) => world.EditSources(sources =>
        sources.Single(one => one!["id"]!.GetValue<string>() == source)!["budget"]!["maxEntries"] = most);
}
