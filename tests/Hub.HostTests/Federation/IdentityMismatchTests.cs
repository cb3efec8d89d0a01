using System.Globalization;
using System.Text.Json;
using DmpFederation.Hub.Access;
using DmpFederation.Hub.Federation;
using DmpFederation.SyntheticFrance.Model;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.HostTests.Federation;

/// <summary>Real legacy systems that file somebody else under a patient's number, read by the real plug-ins.</summary>
public sealed class IdentityMismatchTests
{
    private static readonly List<SyntheticPatient> World = [.. SyntheticFrance.World.Generate(2009, 40, FederatedWorld.Today)];

    private static readonly List<SyntheticPatient> Held =
    [
        .. World.Where(patient => patient.Traps.Count == 0 && ((string[])["dp", "franche-comte", "picardie"]).All(source => Shown(patient, source).Any())).Take(4),
    ];

    [Fact]
    public async Task What_a_source_files_under_another_persons_traits_is_kept_out_of_that_patients_dossier_alone()
    {
        var (inPicardie, inFrancheComte, right, lossy) = (Held[0], Held[1], Held[2], Held[3]);
        var stranger = World.First(patient => patient.Sex != inPicardie.Sex && patient.BirthDate != inPicardie.BirthDate
            && patient.BirthDate != inFrancheComte.BirthDate);
        await using var world = await FederatedWorld.StartAsync(
        [
            Misfiled(inPicardie, "picardie", stranger),
            Misfiled(inFrancheComte, "franche-comte", stranger),
            right,
            Otherwise(
                lossy, "picardie", lossy.OwnIdentity with { BirthName = lossy.BirthName.ToUpperInvariant(), GivenNames = [lossy.GivenNames[0]] }),
        ]);

        var dossiers = await world.AskAsync(Held);

        KeptOut(dossiers[0], "picardie");
        KeptOut(dossiers[1], "franche-comte");
        foreach (var (dossier, patient) in dossiers.Zip(Held).Skip(2))
        {
            dossier.Complete.Should().BeTrue();
            dossier.Disagreements.Should().BeEmpty();
            dossier.Sources.Where(source => Shown(patient, source.SourceId).Any())
                .Should().OnlyContain(source => source.Status == SourceStatus.Answered && source.EntryCount > 0);
        }
    }

    [Fact]
    public async Task The_disagreement_is_told_by_trait_and_rule_without_a_value_of_the_other_person()
    {
        var patient = Held[0];
        var stranger = World.First(other => other.Sex != patient.Sex && other.BirthDate != patient.BirthDate && other.BirthName != patient.BirthName);
        await using var world = await FederatedWorld.StartAsync([Misfiled(patient, "picardie", stranger)]);

        var answer = await world.QueryAsync(AnActor.Doctor(), $$"""
            { dossier(ins: "{{patient.InsNir}}") {
                patient { birthName disagreements { sourceId documentLocalId rule keptOut differences { trait rule } } }
                sources { sourceId status reason } complete } }
            """);

        var told = answer.GetProperty("data").GetProperty("dossier").GetProperty("patient");
        told.GetProperty("birthName").GetString().Should().Be(patient.BirthName);
        var disagreement = told.GetProperty("disagreements").EnumerateArray().Should().ContainSingle().Which;
        disagreement.GetProperty("sourceId").GetString().Should().Be("picardie");
        disagreement.GetProperty("rule").GetString().Should().Be("IDV-201");
        disagreement.GetProperty("keptOut").GetBoolean().Should().BeTrue();
        disagreement.GetProperty("differences").EnumerateArray().Select(difference => difference.GetProperty("trait").GetString())
            .Should().Contain(["BIRTH_NAME", "BIRTH_DATE", "SEX"]);
        answer.GetProperty("errors").EnumerateArray().Should().Contain(error =>
            error.GetProperty("extensions").GetProperty("code").GetString() == "SOURCE_QUARANTINED"
            && error.GetProperty("message").GetString()!.Contains("somebody else", StringComparison.Ordinal));
        answer.GetRawText().Should().NotContainAny(stranger.BirthName, stranger.BirthDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task The_disagreement_waits_for_the_identity_steward_of_that_source_who_settles_it()
    {
        var patient = Held[0];
        var stranger = World.First(other => other.Sex != patient.Sex && other.BirthDate != patient.BirthDate);
        await using var world = await FederatedWorld.StartAsync([Misfiled(patient, "picardie", stranger)]);
        await world.AskAsync([patient]);
        var steward = AnActor.Of(ActorRole.RegionOperator) with { Region = "picardie" };

        IReadOnlyList<JsonElement> items = [];
        // It is written down behind the answer.
        for (var tries = 0; items.Count == 0 && tries < 100; tries++)
        {
            await Task.Delay(100);
            items = await WorkAsync(world, steward);
        }
        var item = items.Should().ContainSingle().Which;
        item.GetProperty("sourceId").GetString().Should().Be("picardie");
        item.GetProperty("rule").GetString().Should().Be("IDV-201");
        item.GetRawText().Should().NotContainAny(stranger.BirthName, stranger.BirthDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        (await WorkAsync(world, steward with { Region = "franche-comte" })).Should().BeEmpty("another region's sources are as if there were none");

        var settled = await world.QueryAsync(
            steward,
            $$"""
            mutation { settleIdentityWork(id: "{{item.GetProperty("id").GetString()}}", state: ANOTHER_PERSON, comment: "source prévenue") {
              state settledBy } }
            """);
        settled.GetProperty("data").GetProperty("settleIdentityWork").GetProperty("state").GetString().Should().Be("ANOTHER_PERSON");
    }

    private static async Task<IReadOnlyList<JsonElement>> WorkAsync(FederatedWorld world, Actor steward) =>
    [
        .. (await world.QueryAsync(steward, "{ identityWork(state: OPEN) { id sourceId rule patient differences { trait rule } } }"))
            .GetProperty("data").GetProperty("identityWork").EnumerateArray(),
    ];

    private static void KeptOut(DossierAnswer dossier, string sourceId)
    {
        dossier.Complete.Should().BeFalse();
        dossier.Entries.Should().NotBeEmpty();
        dossier.Entries.SelectMany(fact => fact.Origins).Should().OnlyContain(origin => origin.SourceId != sourceId);
        dossier.Sources.Single(source => source.SourceId == sourceId).Should().BeEquivalentTo(
            new { Status = SourceStatus.Quarantined, Reason = "TRAITS_MISMATCH", EntryCount = 0 });
        dossier.Sources.Where(source => source.SourceId != sourceId)
            .Should().OnlyContain(source => source.Status == SourceStatus.Answered || source.Status == SourceStatus.UnknownPatient);
        dossier.Disagreements.Should().NotBeEmpty().And.OnlyContain(
            disagreement => disagreement.SourceId == sourceId && disagreement.KeptOut && disagreement.RuleId != null);
    }

    private static SyntheticPatient Misfiled(SyntheticPatient patient, string source, SyntheticPatient stranger) =>
        Otherwise(patient, source, stranger.OwnIdentity with { InsNir = patient.InsNir, InsC = patient.InsC });

    private static SyntheticPatient Otherwise(SyntheticPatient patient, string source, RecordedIdentity identity) =>
        patient with { RecordedOtherwise = new Dictionary<string, RecordedIdentity> { [source] = identity } };

    private static IEnumerable<SyntheticOrigin> Shown(SyntheticPatient patient, string source) =>
        patient.Facts.SelectMany(fact => fact.Origins).Where(origin => origin.SourceId == source && patient.Shows(origin));
}
