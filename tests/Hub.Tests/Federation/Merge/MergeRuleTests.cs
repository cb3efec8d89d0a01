using DmpFederation.Hub.Federation;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;
using static DmpFederation.Hub.Tests.Federation.Merge.MergeBench;

namespace DmpFederation.Hub.Tests.Federation.Merge;

public sealed class MergeRuleTests
{
    private const string Moment = "2009-03-12T08:15:00+01:00";

    [Fact]
    public void A_box_seen_by_two_sources_is_one_dispensation()
    {
        Sizes(("dp", AnEntry.Dispensation("3400935955838")), ("region", AnEntry.Dispensation("3595583"))).Should().Equal(2);
        Sizes(("dp", AnEntry.Dispensation("3400935955838")), ("region", AnEntry.Dispensation("3400930000001"))).Should().Equal(1, 1);
        Sizes(("dp", AnEntry.Dispensation(day: "2009-03-12")), ("region", AnEntry.Dispensation(day: "2009-03-13"))).Should().Equal(1, 1);
        Sizes(("dp", AnEntry.Dispensation(day: "2009-03-12")), ("region", AnEntry.Dispensation(day: "2009-03-11T23:30:00Z"))).Should().Equal(2);
    }

    [Fact]
    public void Two_boxes_of_one_medicine_on_one_day_stay_two_and_pair_off_with_two()
    {
        Sizes(("dp", AnEntry.Dispensation()), ("dp", AnEntry.Dispensation())).Should().Equal(1, 1);
        Sizes(("dp", AnEntry.Dispensation()), ("dp", AnEntry.Dispensation()), ("region", AnEntry.Dispensation()), ("region", AnEntry.Dispensation()))
            .Should().Equal(2, 2);
        Sizes(("dp", AnEntry.Dispensation()), ("dp", AnEntry.Dispensation()), ("region", AnEntry.Dispensation())).Should().Equal(2, 1);
    }

    [Fact]
    public void A_shared_identifier_makes_two_lines_of_one_source_one_fact() =>
        Sizes(("dp", AnEntry.Dispensation().Identified("urn:oid:1.2", "7")), ("dp", AnEntry.Dispensation().Identified("urn:oid:1.2", "7")))
            .Should().Equal(2);

    [Fact]
    public void Another_quantity_is_another_dispensation_but_boxes_and_tablets_are_not_compared()
    {
        var box = new EntryValue { Number = 1, Unit = "boîte" };
        Sizes(("dp", AnEntry.Dispensation() with { Value = box }), ("region", AnEntry.Dispensation() with { Value = box with { Number = 2 } }))
            .Should().Equal(1, 1);
        var facts = Merged(
            ("dp", AnEntry.Dispensation() with { Value = box }),
            ("region", AnEntry.Dispensation() with { Value = new EntryValue { Number = 30, Unit = "comprimé" } }));
        facts.Should().ContainSingle().Which.Conflicts.Should().BeEmpty();
    }

    [Fact]
    public void A_treatment_listed_in_a_summary_restates_the_prescription_of_that_day_in_another_source()
    {
        var listed = AnEntry.Of(EntryCategory.Medication, "MedicationStatement") with { Codings = [new Coding("http://www.whocc.no/atc", "A10BA02")], Date = "2009-03-12" };
        var prescribed = AnEntry.Of(EntryCategory.Medication, "MedicationRequest") with { Codings = listed.Codings, Date = "2009-03-12" };
        Sizes(("region", listed), ("hospital", prescribed)).Should().Equal(2);
        Sizes(("region", listed), ("hospital", prescribed with { Date = "2009-03-13" })).Should().Equal([1, 1], "another day is another prescription");
        Sizes(("region", listed with { Date = null }), ("hospital", prescribed)).Should().Equal([1, 1], "a treatment without a start restates no prescription in particular");
        Sizes(("region", listed), ("hospital", prescribed with { Codings = [new Coding("http://www.whocc.no/atc", "A10BB09")] })).Should().Equal(1, 1);
    }

    [Fact]
    public void A_dispensation_known_by_substance_only_joins_the_box_of_that_substance()
    {
        var atc = new Coding("http://www.whocc.no/atc", "N02BE01");
        AnEntry Box(string cip13) => AnEntry.Dispensation() with { Codings = [new Coding("urn:oid:1.2.250.1.213.2.3.2", cip13), atc] };
        var full = Box("3400935955838");
        var substance = AnEntry.Dispensation() with { Codings = [atc] };

        Sizes(("dp", full), ("picardie", substance)).Should().Equal(2);
        Sizes(("dp", full), ("region", Box("3400930000001"))).Should().Equal(1, 1);
    }

    [Fact]
    public void A_therapeutic_group_neither_joins_two_boxes_nor_tells_a_box_from_itself()
    {
        AnEntry Box(string? cip13, string atc) => AnEntry.Dispensation() with
        {
            Codings = [.. cip13 is null ? [] : (Coding[])[new Coding("urn:oid:1.2.250.1.213.2.3.2", cip13)], new Coding("http://www.whocc.no/atc", atc)],
        };
        Sizes(("dp", Box("3400935955838", "A10BA02")), ("web-medecin", Box("3400935955838", "A10"))).Should().Equal(2);
        Sizes(("region", Box(null, "A10")), ("web-medecin", Box(null, "A10"))).Should().Equal(1, 1);
        AnEntry Allergy(string atc) => AnEntry.Of(EntryCategory.Allergy, "AllergyIntolerance") with { Codings = [new Coding("http://www.whocc.no/atc", atc)] };
        Sizes(("region", Allergy("J01C")), ("picardie", Allergy("J01C"))).Should().Equal([2], "one may be allergic to a group");
    }

    [Fact]
    public void A_prescription_is_never_its_dispensation_and_two_prescribers_prescribe_twice()
    {
        var atc = new Coding("http://www.whocc.no/atc", "A10BA02");
        Sizes(("region", AnEntry.Prescription()), ("dp", AnEntry.Dispensation() with { Codings = [atc] })).Should().Equal(1, 1);

        AnEntry By(string? id) => AnEntry.Prescription() with { Author = new EntryAuthor(id, null) };
        Sizes(("a", By("801234567897")), ("b", By("01234567897"))).Should().Equal(2);
        Sizes(("a", By("801234567897")), ("b", By("810000023084"))).Should().Equal(1, 1);
        Sizes(("a", By("801234567897")), ("b", By("local-7"))).Should().Equal(2);
    }

    [Theory]
    [InlineData("53049-3", 0.91, "g/L", "40193-5", 5.05, "mmol/L")]
    [InlineData("2160-0", 8.3, "mg/L", "14682-9", 73.5, "µmol/L")]
    [InlineData("2093-3", 2.19, "g/l", "14647-2", 5.67, "mmol/l")]
    [InlineData("2571-8", 0.73, "g/L", "14927-8", 0.83, "mmol/L")]
    [InlineData("4548-4", 7.0, "%", "59261-8", 53, "mmol/mol")]
    [InlineData("4548-4", 5.3, "%", "59261-8", 34, "mmol/mol")]
    public void One_measurement_in_mass_and_in_mole_is_one_fact_without_conflict(
        string massCode, double mass, string massUnit, string moleCode, double mole, string moleUnit)
    {
        var facts = Merged(("a", AnEntry.Result(massCode, (decimal)mass, massUnit)), ("b", AnEntry.Result(moleCode, (decimal)mole, moleUnit)));
        facts.Should().ContainSingle().Which.Conflicts.Should().BeEmpty();
        Sizes(("a", AnEntry.Result(massCode, (decimal)mass, massUnit)), ("a", AnEntry.Result(moleCode, (decimal)mole, moleUnit))).Should().Equal(2);
    }

    [Fact]
    public void Results_differ_by_value_moment_analyte_and_comparator()
    {
        Sizes(("a", AnEntry.HbA1c(7.2m)), ("b", AnEntry.HbA1c(7.25m))).Should().Equal(2);
        Sizes(("a", AnEntry.HbA1c(7.2m)), ("b", AnEntry.HbA1c(7.4m))).Should().Equal(1, 1);
        Sizes(("a", AnEntry.HbA1c()), ("b", AnEntry.HbA1c() with { Date = "2009-03-12T16:00:00+01:00" })).Should().Equal(1, 1);
        Sizes(("a", AnEntry.HbA1c()), ("b", AnEntry.HbA1c() with { Date = "2009-03-12" })).Should().Equal(2);
        Sizes(("a", AnEntry.Result("2345-7", 0.9m, "g/L")), ("b", AnEntry.Result("53049-3", 0.9m, "g/L"))).Should().Equal(1, 1);
        var below = AnEntry.HbA1c();
        Sizes(("a", AnEntry.HbA1c()), ("b", below with { Value = below.Value! with { Comparator = "<" } })).Should().Equal(1, 1);
        Sizes(("a", AnEntry.HbA1c()), ("b", AnEntry.HbA1c() with { Date = null })).Should().Equal(1, 1);
    }

    [Fact]
    public void A_value_of_the_day_joins_the_moment_it_fits_and_never_ties_two_moments_together()
    {
        var noon = AnEntry.HbA1c() with { Date = "2009-03-12T12:00:00+01:00" };
        var day = AnEntry.HbA1c() with { Date = "2009-03-12" };

        Sizes(("a", AnEntry.HbA1c()), ("b", day), ("c", noon)).Should().Equal(2, 1);
        Sizes(("a", AnEntry.HbA1c(7.00m)), ("b", AnEntry.HbA1c(7.06m)), ("c", AnEntry.HbA1c(7.12m))).Should().Equal(2, 1);
    }

    [Fact]
    public void Two_documents_of_one_repository_may_state_one_result_but_two_lines_of_one_may_not()
    {
        Sizes(("r", AnEntry.HbA1c() with { Document = "report" }), ("r", AnEntry.HbA1c() with { Document = "summary" })).Should().Equal(2);
        Sizes(("r", AnEntry.HbA1c() with { Document = "report" }), ("r", AnEntry.HbA1c() with { Document = "report" })).Should().Equal(1, 1);
        Sizes(("r", AnEntry.Dispensation() with { Document = "d1" }), ("r", AnEntry.Dispensation() with { Document = "d2" })).Should().Equal(1, 1);
    }

    [Fact]
    public void One_accession_number_does_not_make_two_analytes_one()
    {
        Sizes(
            ("a", AnEntry.HbA1c().Identified("urn:oid:1.2", "A1")), ("a", AnEntry.Result("2823-3", 4.1m, "mmol/L").Identified("urn:oid:1.2", "A1")),
            ("b", AnEntry.HbA1c().Identified("urn:oid:1.2", "A1")), ("b", AnEntry.Result("2823-3", 4.1m, "mmol/L").Identified("urn:oid:1.2", "A1")))
            .Should().Equal(2, 2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("urn:oid:1.2.250.1.213.1.4.8")]
    [InlineData("urn:oid:1.2.250.1.71.4.2.1")]
    [InlineData("urn:dmpfederation:accession")]
    public void An_identifier_of_no_single_fact_joins_nothing(string system) =>
        Sizes(("a", AnEntry.Problem("A01", "2001").Identified(system, "1")), ("b", AnEntry.Problem("B01", "2001").Identified(system, "1")))
            .Should().Equal(1, 1);

    [Fact]
    public void A_shared_identifier_joins_what_disagrees_and_every_value_is_kept()
    {
        var fact = Merged(
            ("b", AnEntry.HbA1c(7.9m).Identified("urn:oid:1.2", "1") with { Status = "amended" }),
            ("a", AnEntry.HbA1c(7.2m).Identified("urn:oid:1.2", "1") with { Date = "2009-03-13" })).Should().ContainSingle().Subject;

        fact.Conflicts.Should().BeEquivalentTo(
            [
                new FieldConflict("date", [new("a", "2009-03-13"), new("b", Moment)]),
                new FieldConflict("value", [new("a", "7.2 %"), new("b", "7.9 %")]),
                new FieldConflict("status", [new("a", "final"), new("b", "amended")]),
            ],
            options => options.WithStrictOrdering());
    }

    [Fact]
    public void A_withdrawn_record_joins_by_identifier_alone_and_does_not_lead()
    {
        var withdrawn = AnEntry.HbA1c() with { Status = "entered-in-error", Recorded = new DateTimeOffset(2010, 1, 1, 0, 0, 0, TimeSpan.Zero) };
        Sizes(("a", AnEntry.HbA1c()), ("b", withdrawn)).Should().Equal(1, 1);

        var fact = Merged(("a", AnEntry.HbA1c().Identified("urn:oid:1.2", "1")), ("b", withdrawn.Identified("urn:oid:1.2", "1"))).Single();
        fact.Lead.Status.Should().Be("final");
        fact.Conflicts.Should().ContainSingle(conflict => conflict.Field == "status");
    }

    [Fact]
    public void Problems_join_by_code_and_fitting_onset_long_lasting_ones_whatever_the_onset()
    {
        Sizes(("a", AnEntry.Problem("E11.9", "2001")), ("b", AnEntry.Problem("E11", "2004-05-01"))).Should().Equal(2);
        Sizes(("a", AnEntry.Problem("J18.9", "2009")), ("b", AnEntry.Problem("J18", "2009-02-03")), ("c", AnEntry.Problem("J18"))).Should().Equal(3);
        Sizes(("a", AnEntry.Problem("J18.9", "2008-01-05")), ("b", AnEntry.Problem("J18.9", "2009-02-03"))).Should().Equal(1, 1);
        Sizes(("a", AnEntry.Problem("E11.2")), ("b", AnEntry.Problem("E11"))).Should().Equal(1, 1);
        Merged(("a", AnEntry.Problem("E11.9", "2001")), ("b", AnEntry.Problem("E11", "2004-05-01"))).Single()
            .Conflicts.Should().ContainSingle().Which.Field.Should().Be("date");
    }

    [Fact]
    public void Allergies_written_in_words_are_compared_without_accents_and_capitals()
    {
        Sizes(("a", AnEntry.AllergyText("Pénicilline")), ("b", AnEntry.AllergyText("PENICILLINE "))).Should().Equal(2);
        Sizes(("a", AnEntry.AllergyText("Pénicilline")), ("b", AnEntry.AllergyText("Iode"))).Should().Equal(1, 1);
    }

    [Fact]
    public void A_stay_is_one_by_structure_and_its_days()
    {
        AnEntry Stay(string structure, string? end) => AnEntry.Of(EntryCategory.Encounter, "Encounter") with
        {
            Author = new EntryAuthor(null, null, null, structure),
            PeriodEnd = end,
        };
        Sizes(("a", Stay("690781810", "2009-03-15")), ("b", Stay("1690781810", "2009-03-15T10:00:00+01:00"))).Should().Equal(2);
        Sizes(("a", Stay("690781810", "2009-03-15")), ("b", Stay("690781810", "2009-03-16"))).Should().Equal(1, 1);
        Sizes(("a", Stay("690781810", "2009-03-15")), ("b", Stay("690781810", null))).Should().Equal(2);
        Sizes(("a", Stay("690781810", null)), ("b", Stay("750712184", null))).Should().Equal(1, 1);
    }

    [Fact]
    public void A_document_is_one_by_uniqueId_or_by_its_very_content()
    {
        Sizes(("a", AnEntry.Paper("urn:oid:1.1")), ("b", AnEntry.Paper("urn:oid:1.1") with { Date = "2010-01-01" })).Should().Equal(2);
        Sizes(("a", AnEntry.Paper("urn:oid:1.1")), ("b", AnEntry.Paper("urn:oid:1.2"))).Should().Equal(1, 1);
        Sizes(("a", AnEntry.Paper("x") with { ContentHash = "AAAA" }), ("b", AnEntry.Paper("y") with { ContentHash = "AAAA" })).Should().Equal(2);
        Sizes(("a", AnEntry.Paper("x") with { ContentHash = "AAAA" }), ("b", AnEntry.Paper("y") with { ContentHash = "BBBB" })).Should().Equal(1, 1);
    }

    [Fact]
    public void Blood_pressures_are_one_by_both_components()
    {
        AnEntry Pressure(decimal upper) => AnEntry.Of(EntryCategory.VitalSign, "Observation") with
        {
            Codings = [new Coding("http://loinc.org", "85354-9")],
            Components = [("8480-6", upper), ("8462-4", 80)],
            Date = Moment,
        };
        Sizes(("a", Pressure(130)), ("b", Pressure(130.0m))).Should().Equal(2);
        Sizes(("a", Pressure(130)), ("b", Pressure(140))).Should().Equal(1, 1);
    }

    [Fact]
    public void A_vaccine_not_given_is_not_the_vaccine_given()
    {
        AnEntry Vaccine(string status) => AnEntry.Of(EntryCategory.Immunization, "Immunization") with
        {
            Codings = [new Coding("http://www.whocc.no/atc", "J07BB02")],
            Status = status,
        };
        Sizes(("a", Vaccine("completed")), ("b", Vaccine("completed"))).Should().Equal(2);
        Sizes(("a", Vaccine("completed")), ("b", Vaccine("not-done"))).Should().Equal(1, 1);
    }

    [Fact]
    public void Reports_are_joined_by_identifier_alone()
    {
        AnEntry Report() => AnEntry.Of(EntryCategory.LabResult, "DiagnosticReport") with { Codings = [new Coding("http://loinc.org", "11502-2")] };
        Sizes(("a", Report()), ("b", Report())).Should().Equal(1, 1);
        Sizes(("a", Report().Identified("urn:oid:1.2", "1")), ("b", Report().Identified("urn:oid:1.2", "1"))).Should().Equal(2);
    }
}
