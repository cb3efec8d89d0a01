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
        var world = World.Generate(seed: 2009, patients: 60, new DateOnly(2026, 6, 1)).ToList();
        FrancheComteSystem.Write(world, folder);
        await using var app = FrancheComteSystem.Build(["--urls", "http://127.0.0.1:0"], folder);
        await app.StartAsync();
        using var http = new HttpClient();
        await using var connector = Open(app.Urls.First(), http, folder);
        await connector.ProbeAsync(CancellationToken.None);
        var facts = 0;
        foreach (var patient in world)
        {
            var key = KeyOf(patient);
            var items = new List<ReadItem>();
            await foreach (var item in connector.ReadAsync(new ReadRequest([new PatientQuery(key)]), CancellationToken.None))
                items.Add(item);
            var given = patient.Facts.SelectMany(fact => fact.Origins
                .Where(origin => origin.SourceId == "franche-comte" && !origin.Withdrawn).Select(origin => (fact, origin))).ToList();
            if (given.Count == 0 && !patient.Facts.Any(fact => fact.Origins.Any(origin => origin.SourceId == "franche-comte")))
            {
                items.Should().ContainSingle().Which.Should().BeOfType<PatientUnknown>();
                continue;
            }
            var documents = given.Where(one => one.fact.Kind == FactKind.Document).Select(one => one.origin.LocalId);
            var persons = items.OfType<PatientFound>().ToList();
            persons.Select(person => person.DocumentLocalId).Should().BeEquivalentTo(documents, "each document says whom it is about");
            // As this store wrote them: old encodings lose letters, and another person may be filed under the number.
            var recorded = patient.RecordedIdentity("franche-comte");
            persons.Should().OnlyContain(person => person.Patient == key && person.Traits.BirthName == recorded.BirthName
                && person.Traits.GivenNames[0] == recorded.GivenNames[0].Split(' ', StringSplitOptions.None)[0]);
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

    [Fact]
    public async Task A_replaced_report_is_shown_as_superseded_and_only_the_right_value_is_a_result()
    {
        var folder = Directory.CreateTempSubdirectory("franche-comte").FullName;
        var patient = World.Generate(seed: 2009, patients: 400, new DateOnly(2026, 6, 1))
            .First(each => each.Facts.Any(fact => fact.Replaces is not null));
        FrancheComteSystem.Write([patient], folder);
        await using var app = FrancheComteSystem.Build(["--urls", "http://127.0.0.1:0"], folder);
        await app.StartAsync();
        using var http = new HttpClient();
        await using var connector = Open(app.Urls.First(), http, folder);
        var entries = new Dictionary<string, DossierEntry>();
        await foreach (var item in connector.ReadAsync(new ReadRequest([new PatientQuery(KeyOf(patient))]), CancellationToken.None))
        {
            if (item is DossierEntry entry)
                entries.Add(entry.LocalId, entry);
        }

        var report = patient.Facts.First(fact => fact.Replaces is not null);
        var first = patient.Facts.Single(fact => fact.Id == report.Replaces);
        entries[IdOf(report)].Status.Should().Be("current");
        entries[IdOf(report)].Version.Should().Be("2");
        entries[IdOf(first)].Status.Should().Be("superseded");
        entries.Keys.Should().NotContain(key => key.StartsWith(IdOf(first) + "#", StringComparison.Ordinal));
        var (result, origin) = patient.Facts.SelectMany(fact => fact.Origins, (fact, origin) => (fact, origin))
            .Single(each => each.origin.DocumentFactId == report.Id && each.origin.Erratum is not null);
        entries[origin.LocalId].Value!.Number.Should().Be(result.Value).And.NotBe(origin.Erratum);
        var earlier = await http.GetStringAsync(new Uri(app.Urls.First() + "/documents/" + Uri.EscapeDataString(IdOf(first))));
        var mistaken = origin.Erratum!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
        earlier.Should().Contain($"value=\"{mistaken}\"", "the store keeps what it first said");
        Directory.Delete(folder, recursive: true);
    }

    private static string IdOf(SyntheticFact document) => document.Origins.Single(origin => origin.SourceId == "franche-comte").LocalId;

    private static ISourceConnector Open(string address, HttpClient http, string folder) => new CdaRepositoryPlugin().Open(new SourceContext
    {
        SourceId = "franche-comte",
        Settings = new SourceSettings(new Dictionary<string, string> { ["baseUrl"] = address }),
        Http = http,
        Clock = TimeProvider.System,
        PatientKeySystems = [PatientKeySystems.InsC],
        StateFolder = folder,
    });

    private static PatientKey KeyOf(SyntheticPatient patient) => new(PatientKeySystems.InsC, patient.RecordedIdentity("franche-comte").InsC);

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
        await foreach (var traits in lookup.FindTraitsAsync(KeyOf(patient), CancellationToken.None))
            found.Add(traits);
        found.Should().ContainSingle();
        var recorded = patient.RecordedIdentity("franche-comte");
        found[0].BirthName.Should().Be(recorded.BirthName);
        found[0].GivenNames.Should().Equal(recorded.GivenNames.SelectMany(name => name.Split(' ')));
        found[0].BirthDate.ToString().Should().Be(recorded.BirthDate.ToString("yyyy-MM-dd"));
        found[0].BirthPlaceCode.Should().Be(recorded.BirthPlaceCode);
    }
}
