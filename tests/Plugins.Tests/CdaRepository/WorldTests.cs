using DmpFederation.LegacySystems.FrancheComte;
using DmpFederation.Sdk;
using DmpFederation.SyntheticFrance;
using DmpFederation.SyntheticFrance.Model;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace DmpFederation.Plugins.CdaRepository.Tests;

public sealed class WorldTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Every_fact_the_store_was_given_comes_back_as_it_was_given()
    {
        var folder = Directory.CreateTempSubdirectory("franche-comte").FullName;
        var world = World.Generate(seed: 2009, patients: 40, new DateOnly(2026, 6, 1)).ToList();
        FrancheComteSystem.Write(world, folder);
        await using var app = FrancheComteSystem.Build(["--urls", "http://127.0.0.1:0"], folder);
        await app.StartAsync();
        using var http = new HttpClient();
        await using var connector = new CdaRepositoryPlugin().Open(new SourceContext
        {
            SourceId = "franche-comte",
            Settings = new SourceSettings(new Dictionary<string, string> { ["baseUrl"] = app.Urls.First() }),
            Http = http,
            Clock = TimeProvider.System,
            PatientKeySystems = [PatientKeySystems.InsC],
            StateFolder = folder,
        });
        await connector.ProbeAsync(CancellationToken.None);
        var facts = 0;
        foreach (var patient in world)
        {
            var key = new PatientKey(PatientKeySystems.InsC, patient.InsC);
            var items = new List<ReadItem>();
            await foreach (var item in connector.ReadAsync(new ReadRequest([new PatientQuery(key)]), CancellationToken.None))
                items.Add(item);
            var given = patient.Facts.SelectMany(fact => fact.Origins.Where(origin => origin.SourceId == "franche-comte").Select(origin => (fact, origin))).ToList();
            if (given.Count == 0)
            {
                items.Should().ContainSingle().Which.Should().BeOfType<PatientUnknown>();
                continue;
            }
            var documents = given.Where(one => one.fact.Kind == FactKind.Document).Select(one => one.origin.LocalId);
            var persons = items.OfType<PatientFound>().ToList();
            persons.Select(person => person.DocumentLocalId).Should().BeEquivalentTo(documents, "each document says whom it is about");
            persons.Should().OnlyContain(person => person.Patient == key && person.Traits.BirthName == patient.BirthName
                && person.Traits.GivenNames[0] == patient.GivenNames[0].Split(' ', StringSplitOptions.None)[0]);
            var entries = items.OfType<DossierEntry>().ToDictionary(entry => entry.LocalId);
            entries.Values.Should().OnlyContain(entry => entry.Subject == key && entry.FiledUnder == key);
            foreach (var (fact, origin) in given)
            {
                entries.Should().ContainKey(origin.LocalId);
                Check(entries[origin.LocalId], fact, origin);
                facts++;
            }
            entries.Keys.Should().BeEquivalentTo(given.Select(one => one.origin.LocalId), "nothing but the facts of the world is read");
        }
        output.WriteLine($"{facts} facts");
        facts.Should().BeGreaterThan(500);
        await TraitsAgreeAsync((IIdentityLookup)connector, world);
        Directory.Delete(folder, recursive: true);
    }

    private static void Check(DossierEntry entry, SyntheticFact fact, SyntheticOrigin origin)
    {
        entry.Category.Should().Be(fact.Kind switch
        {
            FactKind.Document => EntryCategory.Document,
            FactKind.LabResult => EntryCategory.LabResult,
            FactKind.Problem => EntryCategory.Condition,
            FactKind.Allergy => EntryCategory.Allergy,
            FactKind.Vaccination => EntryCategory.Immunization,
            FactKind.Dispensation or FactKind.Prescription => EntryCategory.Medication,
            FactKind.VitalSign => EntryCategory.VitalSign,
            FactKind.Act => EntryCategory.Procedure,
            FactKind.Stay => EntryCategory.Encounter,
            FactKind.CarePlan => EntryCategory.CarePlan,
            _ => throw new ArgumentOutOfRangeException(nameof(fact)),
        });
        var codes = origin.Variant is { } variant ? [variant.Code] : fact.Codes;
        entry.Codings.Select(coding => $"{coding.System}|{coding.Code}").Should().Contain(codes.Select(code => $"{code.System}|{code.Code}"));
        entry.Date!.Value.ToString()[..10].Should().Be(fact.Date.ToString("yyyy-MM-dd"));
        origin.Identifiers.Except(entry.Identifiers.Select(identifier => (identifier.System, identifier.Value))).Should().BeEmpty();
        if (fact.Kind is FactKind.LabResult or FactKind.VitalSign)
        {
            entry.Value!.Number.Should().Be(origin.Variant?.Value ?? fact.Value);
            entry.Value.UnitCode.Should().Be(origin.Variant?.Unit ?? fact.Unit);
            entry.Date.Value.StartUtc.Should().Be(fact.Date.UtcDateTime);
        }
        if (fact.Kind == FactKind.LabResult)
            entry.Value!.Interpretation.Should().Be(fact.Flag);
        if (fact.Kind == FactKind.Dispensation)
            (entry.Value!.Number, entry.Value.Unit).Should().Be((fact.Value, "boîte"), "a pharmacist reads no EDQM code");
        if (fact is { Kind: FactKind.Prescription, Text: { } posology })
            entry.Value!.Text.Should().Be(posology);
        if (fact is { Kind: FactKind.Document, Form: DocumentForm.Pdf })
        {
            var attachment = entry.Json().GetProperty("content")[0].GetProperty("attachment");
            attachment.GetProperty("contentType").GetString().Should().Be("application/pdf");
            attachment.GetProperty("data").GetBytesFromBase64().AsSpan(0, 5).SequenceEqual("%PDF-"u8).Should().BeTrue();
        }
    }

    private static async Task TraitsAgreeAsync(IIdentityLookup lookup, List<SyntheticPatient> world)
    {
        var patient = world.First(one => one.Facts.Any(fact => fact.Origins.Any(origin => origin.SourceId == "franche-comte")));
        var found = new List<PatientTraits>();
        await foreach (var traits in lookup.FindTraitsAsync(new PatientKey(PatientKeySystems.InsC, patient.InsC), CancellationToken.None))
            found.Add(traits);
        found.Should().ContainSingle();
        found[0].BirthName.Should().Be(patient.BirthName);
        found[0].GivenNames.Should().Equal(patient.GivenNames.SelectMany(name => name.Split(' ')));
        found[0].BirthDate.ToString().Should().Be(patient.BirthDate.ToString("yyyy-MM-dd"));
        found[0].BirthPlaceCode.Should().Be(patient.BirthPlaceCode);
    }
}
