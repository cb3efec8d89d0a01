using DmpFederation.Hub.Access.Policy;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.HostTests.Masking;

/// <summary>Decision before contact, counted at the source: where reading is refused not one byte about the patient goes there.</summary>
public sealed class RefusedSourceTests
{
    [Fact]
    public async Task A_source_hears_of_no_patient_who_did_not_open_it_until_the_patient_does()
    {
        await using var world = await FhirPair.StartAsync();
        const string Both = $$"""{ dossiers(ins: ["279035121518989", "SECOND"]) { complete sources { sourceId status reason elapsedMs } } }""";
        var query = Both.Replace("SECOND", FhirPair.Other.Value, StringComparison.Ordinal);
        await world.ChangeAsync(
            FhirPair.Patient,
            new PolicyChange.Open(FhirPair.Consent(ConsentAction.Opening)),
            new PolicyChange.Record(FhirPair.Consent(ConsentAction.Reading, "north")));
        await world.ChangeAsync(
            FhirPair.Other,
            new PolicyChange.Open(FhirPair.Consent(ConsentAction.Opening)),
            new PolicyChange.Record(FhirPair.Consent(ConsentAction.Reading)));

        var answer = await world.AskAsync(AnActor.Doctor(), query);

        answer.GetProperty("data").GetProperty("dossiers")[0].GetProperty("sources").EnumerateArray().Select(static source => source.GetRawText())
            .Last().Should().Be("""{"sourceId":"south","status":"NOT_ALLOWED","reason":"ACC-220","elapsedMs":0}""");
        world.Requests.Should().Contain(request => request.StartsWith("south", StringComparison.Ordinal), "the other patient opened it");
        world.Requests.Where(request => request.StartsWith("south", StringComparison.Ordinal)).Should().NotContain(
            request => request.Contains(FhirPair.Patient.Value, StringComparison.Ordinal));
        world.Requests.Should().Contain(
            request => request.StartsWith("north", StringComparison.Ordinal) && request.Contains(FhirPair.Patient.Value, StringComparison.Ordinal));

        world.Requests.Clear();
        await world.AskAsync(AnActor.Doctor(), """{ dossier(ins: "279035121518989") { complete } }""");
        world.Requests.Should().OnlyContain(request => request.StartsWith("north", StringComparison.Ordinal));

        await world.ChangeAsync(
            FhirPair.Patient, new PolicyChange.Record(FhirPair.Consent(ConsentAction.Reading) with { Choice = ConsentChoice.Deny }));
        world.Requests.Clear();
        await world.AskAsync(AnActor.Doctor(), """{ dossier(ins: "279035121518989") { complete } }""");
        world.Requests.Should().BeEmpty("the consent was withdrawn, from the next request on");
    }
}
