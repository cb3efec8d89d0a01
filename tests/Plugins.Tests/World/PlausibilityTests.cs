using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Terminology;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.Tests.World;

public sealed class PlausibilityTests(WorldFixture world) : IClassFixture<WorldFixture>
{
    [Fact]
    public void Facts_lie_between_birth_and_the_reference_day_oldest_first()
    {
        foreach (var patient in world.Patients)
        {
            patient.Facts.Select(fact => fact.Date).Should().BeInAscendingOrder();
            foreach (var fact in patient.Facts)
            {
                var day = DateOnly.FromDateTime(fact.Date.DateTime);
                day.Should().BeAfter(patient.BirthDate).And.BeBefore(WorldFixture.Today);
                (fact.End is null || fact.End > fact.Date).Should().BeTrue();
            }
        }
    }

    [Fact]
    public void Every_fact_has_a_holder_and_one_fact_alone_has_its_code_on_its_day()
    {
        foreach (var patient in world.Patients)
        {
            patient.Facts.Should().OnlyContain(fact => fact.Origins.Count > 0);
            patient.Facts.Where(fact => fact.Kind != FactKind.Document).Select(fact => (fact.Kind, fact.Date.Date, fact.Codes[0].Code))
                .Should().OnlyHaveUniqueItems();
        }
    }

    [Fact]
    public void A_diabetic_has_an_HbA1c_about_each_quarter_and_never_two_within_sixty_days()
    {
        var known = world.Patients.Where(patient => patient.Conditions.Contains("E11") && patient.Facts.Any(
            fact => fact.Kind == FactKind.LabResult && fact.Origins.Any(origin => origin.SourceId is "franche-comte" or "picardie"))).ToList();
        known.Count.Should().BeGreaterThan(50);
        foreach (var patient in known)
        {
            var days = patient.Facts.Where(fact => fact.Codes[0].Code == "4548-4").Select(fact => fact.Date).ToList();
            days.Should().HaveCount(8);
            days.Zip(days.Skip(1), (earlier, later) => (later - earlier).TotalDays).Should().OnlyContain(gap => gap > 60 && gap < 120);
        }
    }

    [Fact]
    public void Chronic_illness_comes_with_the_medicine_for_it()
    {
        var treated = world.Patients.Where(patient => patient.Conditions.Contains("E11")).ToList();
        treated.Count(patient => patient.Facts.Any(fact => fact.Codes.Any(code => code.Code == "A10BA02")))
            .Should().BeGreaterThan(treated.Count * 9 / 10);
        world.Patients.Where(patient => patient.Facts.Any(fact => fact.Codes.Any(code => code.Code == "A10BA02")))
            .Should().OnlyContain(patient => patient.Conditions.Contains("E11"));
    }

    [Fact]
    public void Nobody_known_to_be_allergic_to_penicillin_is_given_amoxicillin()
    {
        var allergic = world.Patients.Where(patient => patient.Facts.Any(fact => fact.Kind == FactKind.Allergy && fact.Codes[0].Code == "91936005")).ToList();
        allergic.Should().NotBeEmpty();
        allergic.SelectMany(patient => patient.Facts).Should().NotContain(fact => fact.Codes.Any(code => code.Code == "J01CA04"));
    }

    [Fact]
    public void No_known_allergy_is_a_statement_and_excludes_any_other()
    {
        var stated = world.Patients.Where(patient => patient.Facts.Any(fact => fact.Codes[0].Code == "716186003")).ToList();
        stated.Should().NotBeEmpty();
        stated.Should().OnlyContain(patient => patient.Facts.Count(fact => fact.Kind == FactKind.Allergy) == 1);
    }

    [Fact]
    public void A_result_in_the_other_unit_is_the_same_measurement_within_one_percent()
    {
        var pairs = world.Facts.SelectMany(fact => fact.Origins.Where(origin => origin.Variant is not null).Select(origin => (fact, origin.Variant!))).ToList();
        pairs.Count.Should().BeGreaterThan(500);
        var factors = new Dictionary<string, decimal>
        {
            ["40193-5"] = 5.551m,
            ["14682-9"] = 8.84m,
            ["14647-2"] = 2.586m,
            ["14646-4"] = 2.586m,
            ["39469-2"] = 2.586m,
            ["14927-8"] = 1.14m,
            ["777-3"] = 1000m,
            ["6690-2"] = 1000m,
        };
        foreach (var (fact, variant) in pairs)
        {
            var expected = variant.Code.Code == "59261-8" ? (fact.Value!.Value - 2.152m) / 0.09148m : fact.Value!.Value * factors[variant.Code.Code];
            Math.Abs((variant.Value / expected) - 1).Should().BeLessThan(0.01m);
        }
    }

    [Fact]
    public void The_dossier_pharmaceutique_hides_what_is_out_of_its_window_or_was_refused()
    {
        var lines = world.Facts.SelectMany(fact => fact.Origins.Where(origin => origin.SourceId == "dp").Select(origin => (fact, origin))).ToList();
        lines.Should().OnlyContain(line => line.fact.Kind == FactKind.Dispensation);
        foreach (var (fact, origin) in lines)
        {
            var shown = DispensationWindow.Shows(fact.Codes[1].Code, DateOnly.FromDateTime(fact.Date.DateTime), WorldFixture.Today);
            (origin.Visible && !shown).Should().BeFalse();
        }

        var inWindow = lines.Where(line => DispensationWindow.Shows(line.fact.Codes[1].Code, DateOnly.FromDateTime(line.fact.Date.DateTime), WorldFixture.Today)).ToList();
        inWindow.Count(line => !line.origin.Visible).Should().BeInRange(inWindow.Count / 100, inWindow.Count / 20);
        lines.Count.Should().BeGreaterThan(inWindow.Count);
    }

    [Fact]
    public void Cancer_brings_a_meeting_a_care_plan_and_a_discharge_letter()
    {
        var followed = world.Patients.Where(patient => patient.Conditions.Any(code => code[0] == 'C') && patient.Facts.Any(fact => fact.Kind == FactKind.Document)).ToList();
        followed.Should().NotBeEmpty();
        foreach (var patient in followed)
        {
            patient.Facts.Where(fact => fact.Kind == FactKind.Document).Select(fact => fact.Codes[0].Code)
                .Should().Contain(["34794-8", "18776-5", "11490-0"]);
        }
    }
}
