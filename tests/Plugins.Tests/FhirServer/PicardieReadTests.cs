using System.Text;
using DmpFederation.LegacySystems.Picardie;
using DmpFederation.Sdk;
using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Truth;
using FluentAssertions;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Xunit;

namespace DmpFederation.Plugins.Tests.FhirServer;

/// <summary>The world, as Picardie holds it and as the connector reads it.</summary>
public sealed class PicardieReadTests : IAsyncLifetime
{
    private static readonly List<SyntheticPatient> World =
        [.. SyntheticFrance.World.Generate(2009, 25, new DateOnly(2026, 11, 1))];

    private RunningPicardie picardie = null!;

    public async System.Threading.Tasks.Task InitializeAsync() => picardie = await RunningPicardie.StartAsync(World);

    public async System.Threading.Tasks.Task DisposeAsync() => await picardie.DisposeAsync();

    [Theory]
    [InlineData("search", "post")]
    [InlineData("search", "get")]
    [InlineData("everything", "post")]
    public async System.Threading.Tasks.Task Every_fact_of_a_patient_is_read_with_its_code_date_author_and_identifiers(string readWith, string method)
    {
        await using var source = new OpenSource(picardie.BaseUrl, ("readWith", readWith), ("searchMethod", method), ("pageSize", "7"));
        foreach (var patient in World.Where(patient => Held(patient).Any()).Take(8))
        {
            var items = await source.ReadAsync(KeyOf(patient));
            var entries = items.Should().AllBeOfType<DossierEntry>().Which.ToDictionary(entry => entry.LocalId);
            entries.Keys.Should().BeEquivalentTo(Held(patient).Select(each => each.Origin.LocalId));
            foreach (var (fact, origin) in Held(patient))
                ShouldBe(entries[origin.LocalId], fact, origin, patient);
        }
    }

    [Fact]
    public async System.Threading.Tasks.Task Many_patients_are_read_in_one_call_and_none_gets_the_facts_of_another()
    {
        await using var source = new OpenSource(picardie.BaseUrl);
        var stranger = new PatientKey(PatientKeySystems.InsNirTest, "162126587913677");
        var items = await source.ReadAsync([.. World.Select(KeyOf), stranger]);
        var held = World.Where(patient => Held(patient).Any()).ToList();
        items.OfType<PatientUnknown>().Select(unknown => unknown.Patient)
            .Should().BeEquivalentTo([.. World.Except(held).Select(KeyOf), stranger]);
        items.OfType<ReadGap>().Should().BeEmpty();
        items.OfType<DossierEntry>().Select(entry => (entry.FiledUnder, entry.LocalId))
            .Should().BeEquivalentTo(held.SelectMany(Held, (patient, each) => (KeyOf(patient), each.Origin.LocalId)));
    }

    [Fact]
    public async System.Threading.Tasks.Task Only_the_types_that_may_yield_the_categories_asked_for_are_searched()
    {
        await using var source = new OpenSource(picardie.BaseUrl);
        var patient = World.First(each => Held(each).Any(held => held.Fact.Kind == FactKind.Problem));
        var entries = new List<ReadItem>();
        await foreach (var item in source.Connector.ReadAsync(
            new ReadRequest([new PatientQuery(KeyOf(patient))]) { Categories = [EntryCategory.Condition] }, CancellationToken.None))
            entries.Add(item);
        entries.RemoveAll(static item => item is PatientFound);
        entries.Should().AllSatisfy(item => ((DossierEntry)item).Category.Should().Be(EntryCategory.Condition));
        entries.Should().HaveCount(Held(patient).Count(held => held.Fact.Kind == FactKind.Problem));
    }

    [Fact]
    public async System.Threading.Tasks.Task The_identity_of_a_patient_is_read_with_its_traits_and_status()
    {
        await using var source = new OpenSource(picardie.BaseUrl);
        var patient = World.First(each => Held(each).Any() && each.GivenNames.Count > 1);
        var recorded = patient.RecordedIdentity(PicardieSystem.Name);
        var traits = new List<PatientTraits>();
        await foreach (var found in ((IIdentityLookup)source.Connector).FindTraitsAsync(KeyOf(patient), CancellationToken.None))
            traits.Add(found);
        traits.Should().ContainSingle().Which.Should().BeEquivalentTo(new PatientTraits
        {
            BirthName = recorded.BirthName,
            UsedName = recorded.UsedName,
            GivenNames = recorded.GivenNames,
            BirthDate = FhirDate.FromDay(recorded.BirthDate),
            Sex = recorded.Sex == "F" ? TraitSex.Female : TraitSex.Male,
            BirthPlaceCode = recorded.BirthPlaceCode,
            Keys = [KeyOf(patient), new PatientKey(PatientResource.LocalNumbers, "DSP" + (patient.Index + 1).ToString("D7"))],
            Status = IdentityStatus.Qualified,
        });
    }

    [Fact]
    public async System.Threading.Tasks.Task The_content_of_a_document_opens_for_its_patient_and_for_nobody_else()
    {
        await using var source = new OpenSource(picardie.BaseUrl);
        var (patient, held) = World.SelectMany(Held, (patient, each) => (patient, each)).First(each => each.each.Fact.Kind == FactKind.Document);
        var other = World.First(each => Held(each).Any() && each != patient);
        var documents = (IDocumentContent)source.Connector;
        await using (var content = await documents.OpenContentAsync(KeyOf(patient), held.Origin.LocalId, CancellationToken.None))
        {
            content!.ContentType.Should().Be("application/pdf");
            using var bytes = new MemoryStream();
            await content.Content.CopyToAsync(bytes);
            bytes.Length.Should().Be(content.Length);
            Encoding.Latin1.GetString(bytes.ToArray()).Should().StartWith("%PDF-1.4").And.EndWith("%%EOF\n").And.Contain(held.Fact.Author.OrganizationName);
        }
        (await documents.OpenContentAsync(KeyOf(other), held.Origin.LocalId, CancellationToken.None)).Should().BeNull();
        (await documents.OpenContentAsync(KeyOf(patient), "DocumentReference/none", CancellationToken.None)).Should().BeNull();
        (await documents.OpenContentAsync(KeyOf(patient), "DocumentReference/../Patient/1", CancellationToken.None)).Should().BeNull();
    }

    [Fact]
    public async System.Threading.Tasks.Task The_directory_lists_each_patient_once_in_parts_and_goes_on_after_an_interruption()
    {
        await using var source = new OpenSource(picardie.BaseUrl, ("pageSize", "4"));
        var directory = (IPatientDirectory)source.Connector;
        var all = await ListAsync(directory, PatientPartition.All, null);
        all.Should().BeEquivalentTo(World.Where(patient => Held(patient).Any()).Select(KeyOf)).And.OnlyHaveUniqueItems();
        (await ListAsync(directory, PatientPartition.All, all[2])).Should().Equal(all.Skip(3));
        var parts = new List<PatientKey>();
        for (var part = 0; part < 3; part++)
            parts.AddRange(await ListAsync(directory, new PatientPartition(part, 3), null));
        parts.Should().BeEquivalentTo(all);
    }

    [Fact]
    public async System.Threading.Tasks.Task A_strict_FHIR_parser_accepts_every_resource_Picardie_serves()
    {
        using var http = new HttpClient();
        var strict = FhirJsonDeserializer.STRICT;
        var link = picardie.BaseUrl + "_history?_count=500";
        var types = new HashSet<string>();
        while (link is not null)
        {
            var bundle = (Bundle)strict.DeserializeResource(await http.GetStringAsync(link));
            types.UnionWith(bundle.Entry.Select(entry => entry.Resource!.TypeName));
            link = bundle.NextLink?.ToString();
        }
        types.Should().Contain(["Patient", "Observation", "MedicationRequest", "MedicationDispense", "Condition", "DocumentReference", "Binary"]);
        strict.DeserializeResource(await http.GetStringAsync(picardie.BaseUrl + "metadata")).Should().BeOfType<CapabilityStatement>();
    }

    [Fact]
    public async System.Threading.Tasks.Task The_server_filters_by_date_code_category_and_last_update_and_refuses_what_it_does_not_know()
    {
        using var http = new HttpClient();
        async System.Threading.Tasks.Task<int> CountAsync(string search) =>
            ((Bundle)new FhirJsonDeserializer().DeserializeResource(await http.GetStringAsync(picardie.BaseUrl + search + "&_count=1000"))).Entry.Count;
        var observations = World.SelectMany(Filed).Where(held => held.Fact.Kind is FactKind.LabResult or FactKind.VitalSign).ToList();
        (await CountAsync("Observation?category=laboratory")).Should().Be(observations.Count(held => held.Fact.Kind == FactKind.LabResult));
        (await CountAsync("Observation?code=http://loinc.org|8480-6")).Should().Be(observations.Count(held => held.Fact.Codes[0].Code == "8480-6"));
        (await CountAsync("Observation?date=ge2026&category=vital-signs")).Should()
            .Be(observations.Count(held => held.Fact.Kind == FactKind.VitalSign && held.Fact.Date.UtcDateTime.Year >= 2026));
        (await CountAsync("Observation?_lastUpdated=lt2000-01-01")).Should().Be(0);
        (await CountAsync($"Observation?patient.identifier={PatientKeySystems.InsNirTest}|{World[0].InsNir}")).Should()
            .Be(Filed(World[0]).Count(held => held.Origin.LocalId.StartsWith("Observation/", StringComparison.Ordinal)));
        var refused = await http.GetAsync(picardie.BaseUrl + "Observation?colour=red");
        ((int)refused.StatusCode).Should().Be(400);
        new FhirJsonDeserializer().DeserializeResource(await refused.Content.ReadAsStringAsync()).Should().BeOfType<OperationOutcome>();
    }

    private static async System.Threading.Tasks.Task<List<PatientKey>> ListAsync(IPatientDirectory directory, PatientPartition partition, PatientKey? after)
    {
        var keys = new List<PatientKey>();
        await foreach (var key in directory.ListPatientsAsync(partition, after, CancellationToken.None))
            keys.Add(key);
        return keys;
    }

    private static IEnumerable<(SyntheticFact Fact, SyntheticOrigin Origin)> Held(SyntheticPatient patient) =>
        Filed(patient).Where(each => !each.Origin.Withdrawn);

    /// <summary>What the server holds, entered in error or not.</summary>
    private static IEnumerable<(SyntheticFact Fact, SyntheticOrigin Origin)> Filed(SyntheticPatient patient) => patient.Facts
        .SelectMany(fact => fact.Origins, (fact, origin) => (Fact: fact, Origin: origin))
        .Where(each => each.Origin.SourceId == PicardieSystem.Name);

    private static PatientKey KeyOf(SyntheticPatient patient) =>
        new(PatientKeySystems.InsNirTest, patient.RecordedIdentity(PicardieSystem.Name).InsNir);

    private static void ShouldBe(DossierEntry entry, SyntheticFact fact, SyntheticOrigin origin, SyntheticPatient patient)
    {
        entry.FiledUnder.Should().Be(KeyOf(patient));
        entry.Category.Should().Be(fact.Kind switch
        {
            FactKind.Dispensation or FactKind.Prescription => EntryCategory.Medication,
            FactKind.LabResult => EntryCategory.LabResult,
            FactKind.Problem => EntryCategory.Condition,
            FactKind.Allergy => EntryCategory.Allergy,
            FactKind.Vaccination => EntryCategory.Immunization,
            FactKind.VitalSign => EntryCategory.VitalSign,
            FactKind.Stay => EntryCategory.Encounter,
            FactKind.CarePlan => EntryCategory.CarePlan,
            FactKind.Act => EntryCategory.Procedure,
            FactKind.Document => EntryCategory.Document,
            _ => throw new InvalidOperationException(),
        });
        // A stay is coded by its class; its diagnosis is why it took place.
        var expected = origin.Variant is { } variant ? [variant.Code] : fact.Kind == FactKind.Stay ? [TruthWriter.CodeOf(fact)] : fact.Codes;
        entry.Codings.Select(coding => (coding.System, coding.Code)).Should().BeEquivalentTo(expected.Select(code => (code.System, code.Code)));
        entry.Title.Should().NotBeNullOrEmpty();
        entry.Date!.Value.Day.Should().Be(DateOnly.FromDateTime(fact.Date.DateTime));
        entry.Author!.Id.Should().Be("8" + fact.Author.Rpps);
        entry.Identifiers.Select(each => (each.System, each.Value)).Should().BeEquivalentTo(origin.Identifiers);
        entry.Version.Should().Be(origin.Erratum is null ? "1" : "2");
        entry.Recorded.Should().BeAfter(fact.Date);
        if (fact.Kind is FactKind.LabResult or FactKind.VitalSign)
            (entry.Value!.Number, entry.Value.UnitCode).Should().Be((origin.Variant?.Value ?? fact.Value, origin.Variant?.Unit ?? fact.Unit));
    }
}
