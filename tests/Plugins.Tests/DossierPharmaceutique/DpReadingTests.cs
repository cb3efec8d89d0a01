using System.Text;
using System.Text.Json;
using DmpFederation.LegacySystems.DossierPharmaceutique;
using DmpFederation.Plugins.DossierPharmaceutique;
using DmpFederation.Sdk;
using FluentAssertions;
using Hl7.Fhir.Serialization;
using Xunit;
using static DmpFederation.Plugins.Tests.DossierPharmaceutique.ADispensation;

namespace DmpFederation.Plugins.Tests.DossierPharmaceutique;

public sealed class DpReadingOnSqliteTests() : DpReadingTests(new SqliteDpHost());

public sealed class DpReadingOnPostgreSqlTests() : DpReadingTests(new PostgreSqlDpHost());

/// <summary>What a reader is shown; the same on both databases.</summary>
public abstract class DpReadingTests(DpHost host) : DpFixture(host)
{
    [SkippableFact]
    public async Task A_line_becomes_a_dispensation_with_product_boxes_and_day_and_nothing_else()
    {
        Record([1], Line("L1", 1, "20260312"));

        var entry = (await Read(OpenConnector(), Key(1))).Should().ContainSingle().Which.Should().BeOfType<DossierEntry>().Subject;

        entry.LocalId.Should().Be("L1");
        entry.FiledUnder.Should().Be(Key(1));
        entry.Category.Should().Be(EntryCategory.Medication);
        entry.Date!.Value.ToString().Should().Be("2026-03-12");
        entry.Code.Should().Be(new Coding("urn:oid:1.2.250.1.213.2.3.2", "3400935673220", "METFORMINE 850 mg, comprimé pelliculé"));
        entry.Codings.Should().Contain(coding => coding.System == "http://www.whocc.no/atc" && coding.Code == "A10BA02");
        entry.Title.Should().Be("METFORMINE 850 mg, comprimé pelliculé");
        entry.Value!.Number.Should().Be(2);
        entry.Recorded.Should().Be(new DateTimeOffset(2026, 6, 1, 10, 15, 0, TimeSpan.Zero));
        entry.Author!.Role.Should().Be("DISPOSITIF");
        var text = Encoding.UTF8.GetString(entry.Resource.Span);
        text.Should().NotContain("690781810", "the pharmacy is known to the host and not shown");
        text.Should().NotContain(Ins(1), "the resource does not repeat the patient");
        using var resource = JsonDocument.Parse(entry.Resource);
        resource.RootElement.EnumerateObject().Select(property => property.Name).Should().Equal(
            "resourceType", "meta", "identifier", "status", "medicationCodeableConcept", "quantity", "whenHandedOver");
        var quantity = resource.RootElement.GetProperty("quantity");
        quantity.GetProperty("value").GetInt32().Should().Be(2);
        quantity.GetProperty("code").GetString().Should().Be("30009000");
    }

    [SkippableFact]
    public async Task The_resource_is_read_by_the_FHIR_library()
    {
        Record([1], Line("L1", 1, "20260312"));

        var entry = (DossierEntry)(await Read(OpenConnector(), Key(1))).Single();
        var dispense = (Hl7.Fhir.Model.MedicationDispense)new FhirJsonDeserializer()
            .DeserializeResource(Encoding.UTF8.GetString(entry.Resource.Span));

        dispense.WhenHandedOver.Should().Be("2026-03-12");
        ((Hl7.Fhir.Model.CodeableConcept)dispense.Medication).Coding.Should().HaveCount(2);
        dispense.Performer.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task A_vaccine_line_proves_that_a_box_was_handed_over_not_that_it_was_injected()
    {
        Record([1], Line("V1", 1, "20100601", ProductNature.Vaccine));

        var entry = (DossierEntry)(await Read(OpenConnector(), Key(1))).Single();

        entry.Category.Should().Be(EntryCategory.Medication);
        Encoding.UTF8.GetString(entry.Resource.Span).Should().Contain("MedicationDispense");
    }

    [SkippableFact]
    public async Task Twelve_months_three_years_and_twenty_one_years_are_visible_their_first_day_included()
    {
        Record(
            [1],
            Line("M-in", 1, "20250615"), Line("M-out", 1, "20250614"),
            Line("B-in", 1, "20230615", ProductNature.Biological), Line("B-out", 1, "20230614", ProductNature.Biological),
            Line("V-in", 1, "20050615", ProductNature.Vaccine) with { DateDelivrance = "20070601" },
            Line("X-out", 1, "20250101", "inconnue"));

        (await ReadIds(OpenConnector(), Key(1))).Should().Equal("B-in", "M-in", "V-in");
        (await ReadIds(OpenConnector(("visibleMonths", "4")), Key(1))).Should().Equal("B-in", "V-in");
    }

    [SkippableFact]
    public async Task The_day_that_closes_a_window_is_the_day_in_Paris()
    {
        Record([1], Line("L1", 1, "20250615"));
        var connector = OpenConnector();

        Clock.SetUtcNow(new DateTimeOffset(2026, 6, 15, 21, 59, 0, TimeSpan.Zero));
        (await ReadIds(connector, Key(1))).Should().Equal("L1");
        Clock.SetUtcNow(new DateTimeOffset(2026, 6, 15, 22, 1, 0, TimeSpan.Zero));
        (await ReadIds(connector, Key(1))).Should().BeEmpty("it is the 16th in Paris");
    }

    [SkippableFact]
    public async Task A_patient_unknown_to_the_source_is_not_an_error()
    {
        Record([1], Line("L1", 1, "20260312"));

        var items = await Read(OpenConnector(), Key(1), Key(2));

        items.OfType<DossierEntry>().Should().ContainSingle();
        items.OfType<PatientUnknown>().Should().ContainSingle().Which.Patient.Should().Be(Key(2));
    }

    [SkippableFact]
    public async Task A_known_patient_without_a_line_is_not_an_unknown_patient()
    {
        Record([1, 2, 3], Line("L2", 2, "20260312", refused: true), Line("L3", 3, "20100312"));

        (await Read(OpenConnector(), Key(1), Key(2), Key(3))).Should().BeEmpty();
    }

    [SkippableFact]
    public async Task A_closed_dossier_is_as_if_there_were_none()
    {
        Record([1], Line("L1", 1, "20260312"));
        using (var register = Host.Open())
            register.Close(Number(1));

        (await Read(OpenConnector(), Key(1))).Should().ContainSingle().Which.Should().BeOfType<PatientUnknown>();
    }

    [SkippableFact]
    public async Task A_key_the_host_cannot_know_is_an_unknown_patient()
    {
        Record([1], Line("L1", 1, "20260312"));
        var insC = new PatientKey(PatientKeySystems.InsC, "1541187387477485562488");

        (await Read(OpenConnector(), insC)).Should().ContainSingle().Which.Should().BeOfType<PatientUnknown>();
    }

    [SkippableFact]
    public async Task A_wrong_CIP13_key_is_kept_as_recorded_and_said()
    {
        Record(
            [1],
            Line("L1", 1, "20260312") with { Cip13 = "3400935673221" },
            Line("L2", 1, "20260312") with { Cip13 = "ABC" },
            Line("L3", 1, "20260312") with { Cip13 = null, CodeAtc = null, Quantite = null });

        var entries = (await Read(OpenConnector(), Key(1))).OfType<DossierEntry>().OrderBy(entry => entry.LocalId, StringComparer.Ordinal).ToList();

        entries.Select(entry => entry.Code?.Code).Should().Equal("3400935673221", "ABC", null);
        entries.Select(entry => Encoding.UTF8.GetString(entry.Resource.Span).Contains("clé fausse", StringComparison.Ordinal))
            .Should().Equal(true, true, false);
        entries[2].Value.Should().BeNull();
        entries[2].Title.Should().Be("METFORMINE 850 mg, comprimé pelliculé");
    }

    [SkippableFact]
    public async Task A_day_no_calendar_has_is_reported_with_its_bytes_and_the_rest_goes_on()
    {
        Record([1], Line("L1", 1, "20260231"), Line("L2", 1, "00000000"), Line("L3", 1, "20260301"), Line("L4", 1, "2026"));

        var items = await Read(OpenConnector(), Key(1));

        items.OfType<DossierEntry>().Should().ContainSingle().Which.LocalId.Should().Be("L3");
        var unreadable = items.OfType<Unreadable>().ToList();
        unreadable.Select(item => item.LocalId).Should().BeEquivalentTo("L1", "L2", "L4");
        unreadable.Should().OnlyContain(item => item.Code == "DP_DATE" && item.Patient == Key(1) && item.Raw.Length > 0);
        unreadable.Select(item => Encoding.UTF8.GetString(item.Raw.Span)).Should().NotContain(raw => raw.Contains("690781810"));
    }

    [SkippableFact]
    public async Task A_kept_line_reads_again_as_it_was_and_is_an_entry_once_its_day_can_be_read()
    {
        Record([1], Line("L1", 1, "20260231"));
        var item = (await Read(OpenConnector(), Key(1))).OfType<Unreadable>().Single();

        var still = (Unreadable)await Replay(item.Raw.ToArray());
        var mended = (DossierEntry)await Replay(Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(item.Raw.Span).Replace("20260231", "20260301", StringComparison.Ordinal)));

        still.Code.Should().Be("DP_DATE");
        still.Raw.ToArray().Should().Equal(item.Raw.ToArray(), "nothing of the line is lost on the way");
        (mended.LocalId, mended.FiledUnder, mended.Date.ToString()).Should().Be(("L1", Key(1), "2026-03-01"));
        ((Unreadable)await Replay("[]"u8.ToArray())).Code.Should().Be("DP_LINE");
        ((Unreadable)await Replay("{"u8.ToArray())).Code.Should().Be("DP_LINE");

        ValueTask<ReadItem> Replay(byte[] bytes) => new DossierPharmaceutiquePlugin().ReplayAsync(
            new Unreadable { Code = item.Code, Reason = item.Reason, Patient = item.Patient, LocalId = item.LocalId, Raw = bytes },
            default).SingleAsync();
    }

    [SkippableFact]
    public async Task A_request_for_other_categories_still_tells_known_from_unknown()
    {
        Record([1], Line("L1", 1, "20260312"));
        var request = new ReadRequest([new PatientQuery(Key(1)), new PatientQuery(Key(2))]) { Categories = [EntryCategory.LabResult] };

        var items = await OpenConnector().ReadAsync(request, CancellationToken.None).ToListAsync();

        items.Should().ContainSingle().Which.Should().BeOfType<PatientUnknown>().Which.Patient.Should().Be(Key(2));
    }

    [SkippableFact]
    public async Task One_number_asked_under_two_systems_is_answered_for_each()
    {
        Record([1], Line("L1", 1, "20260312"));

        var items = await Read(OpenConnector(), Key(1), Key(1) with { System = PatientKeySystems.InsNir });

        items.OfType<DossierEntry>().Select(entry => entry.FiledUnder.System)
            .Should().BeEquivalentTo(PatientKeySystems.InsNirTest, PatientKeySystems.InsNir);
    }

    [SkippableFact]
    public async Task An_identifier_under_which_others_know_the_line_comes_with_it()
    {
        Record([1], Line("L1", 1, "20260312") with { RefSysteme = "urn:oid:1.2.250.1.999", RefValeur = "disp-7" });

        var entry = (DossierEntry)(await Read(OpenConnector(), Key(1))).Single();

        entry.Identifiers.Should().Contain(new BusinessIdentifier("urn:oid:1.2.250.1.999", "disp-7"));
        entry.Identifiers.Should().Contain(identifier => identifier.Value == "L1");
    }

    [SkippableFact]
    public async Task Many_patients_are_read_in_one_go()
    {
        var persons = Enumerable.Range(1, 1_200).ToList();
        Record(persons, [.. persons.Where(person => person % 3 != 0).Select(person => Line($"L{person}", person, "20260312"))]);

        var items = await Read(OpenConnector(), [.. Enumerable.Range(1, 1_250).Select(Key)]);

        items.OfType<DossierEntry>().Should().HaveCount(800);
        items.OfType<DossierEntry>().Should().OnlyContain(entry => entry.FiledUnder == Key(int.Parse(entry.LocalId.Substring(1))));
        items.OfType<PatientUnknown>().Should().HaveCount(50);
    }

    [SkippableFact]
    public async Task Sixteen_readers_at_once_each_get_their_own_patient()
    {
        var persons = Enumerable.Range(1, 16).ToList();
        Record(persons, [.. persons.SelectMany(person => Enumerable.Range(1, 20).Select(line => Line($"{person}-{line}", person, "20260312")))]);
        var connector = OpenConnector();

        await Parallel.ForEachAsync(persons, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (person, _) =>
        {
            for (var round = 0; round < 10; round++)
            {
                var items = await Read(connector, Key(person));
                items.Should().HaveCount(20).And.AllBeOfType<DossierEntry>();
                items.Cast<DossierEntry>().Should().OnlyContain(entry => entry.FiledUnder == Key(person));
            }
        });
    }
}
