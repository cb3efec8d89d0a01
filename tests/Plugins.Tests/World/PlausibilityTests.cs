using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Terminology;
using DmpFederation.SyntheticFrance.Truth;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.Tests.World;

public sealed class PlausibilityTests(WorldFixture world) : IClassFixture<WorldFixture>
{
    [Fact]
    public void Facts_lie_between_birth_and_the_reference_day_oldest_first()
    {
        foreach (var patient in world.Lives)
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
        foreach (var patient in world.Lives)
        {
            patient.Facts.All(fact => fact.Origins.Count > 0).Should().BeTrue();
            patient.Facts.Where(fact => fact.Kind != FactKind.Document).Select(fact => (fact.Kind, fact.Date.Date, fact.Codes[0].Code))
                .Should().OnlyHaveUniqueItems();
        }
    }

    [Fact]
    public void A_diabetic_has_an_HbA1c_about_each_quarter_but_for_those_that_are_told_as_repeated()
    {
        var known = world.Lives.Where(patient => patient.Conditions.Contains("E11") && patient.Facts.Any(
            fact => fact.Kind == FactKind.LabResult && fact.Origins.Any(origin => origin.SourceId is "franche-comte" or "picardie"))).ToList();
        known.Count.Should().BeGreaterThan(50);
        foreach (var patient in known)
        {
            var repeated = RedundantExams.Among(patient.Facts).Select(pair => pair.Exam.Id).ToHashSet();
            var days = patient.Facts.Where(fact => fact.Codes[0].Code == "4548-4").Select(fact => fact.Date).ToList();
            (days.Count - repeated.Count(id => patient.Facts.Any(fact => fact.Id == id && fact.Codes[0].Code == "4548-4"))).Should().BeInRange(7, 8);
            days.Zip(days.Skip(1), (earlier, later) => (later - earlier).TotalDays).Should().OnlyContain(gap => gap > 10 && gap < 120);
        }
    }

    [Fact]
    public void Chronic_illness_comes_with_the_medicine_for_it()
    {
        var treated = world.Lives.Where(patient => patient.Conditions.Contains("E11")).ToList();
        treated.Count(patient => patient.Facts.Any(fact => fact.Codes.Any(code => code.Code == "A10BA02")))
            .Should().BeGreaterThan(treated.Count * 9 / 10);
        world.Lives.Where(patient => patient.Facts.Any(fact => fact.Codes.Any(code => code.Code == "A10BA02")))
            .Should().OnlyContain(patient => patient.Conditions.Contains("E11"));
    }

    [Fact]
    public void Nobody_known_to_be_allergic_to_penicillin_is_given_amoxicillin()
    {
        var allergic = world.Lives.Where(patient => patient.Facts.Any(fact => fact.Kind == FactKind.Allergy && fact.Codes[0].Code == "91936005")).ToList();
        allergic.Should().NotBeEmpty();
        allergic.SelectMany(patient => patient.Facts).Should().NotContain(fact => fact.Codes.Any(code => code.Code == "J01CA04"));
    }

    [Fact]
    public void No_known_allergy_is_a_statement_and_excludes_any_other()
    {
        var stated = world.Lives.Where(patient => patient.Facts.Any(fact => fact.Codes[0].Code == "716186003")).ToList();
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
        var followed = world.Lives.Where(patient => patient.Conditions.Any(code => code[0] == 'C') && patient.Facts.Any(fact => fact.Kind == FactKind.Document)).ToList();
        followed.Should().NotBeEmpty();
        foreach (var patient in followed)
        {
            patient.Facts.Where(fact => fact.Kind == FactKind.Document).Select(fact => fact.Codes[0].Code)
                .Should().Contain(["34794-8", "18776-5", "11490-0", "34874-8", "60568-3"]);
            var documents = patient.Facts.Where(fact => fact.Kind == FactKind.Document).ToList();
            var meeting = documents.First(fact => fact.Codes[0].Code == "34794-8").Date;
            var plan = documents.First(fact => fact.Codes[0].Code == "18776-5").Date;
            var operation = documents.First(fact => fact.Codes[0].Code == "34874-8").Date;
            var specimen = documents.Last(fact => fact.Codes[0].Code == "60568-3").Date;
            new[] { meeting, plan, operation, specimen }.Should().BeInAscendingOrder();
        }
    }

    [Fact]
    public void A_diabetic_gets_the_next_medicine_after_an_HbA1c_above_target_and_is_better_for_it()
    {
        var added = 0;
        var (before, after) = (0m, 0m);
        foreach (var patient in world.Lives.Where(patient => patient.Conditions.Contains("E11")))
        {
            var repeated = RedundantExams.Among(patient.Facts).Select(pair => pair.Exam.Id).ToHashSet();
            var values = patient.Facts.Where(fact => fact.Codes[0].Code == "4548-4" && !repeated.Contains(fact.Id)).ToList();
            foreach (var atc in (string[])["A10BB09", "A10BH01", "A10AE04"])
            {
                var first = patient.Facts.FirstOrDefault(fact => fact.Kind == FactKind.Dispensation && fact.Codes[1].Code == atc);
                // Dispensations reach back seventeen months: who took it then began before.
                if (first is null || values.Count < 6 || first.Date < WorldFixture.Today.AddMonths(-17).AddDays(12).ToDateTime(default))
                    continue;
                if (values.LastOrDefault(value => value.Date <= first.Date) is not { } asked
                    || values.FirstOrDefault(value => value.Date > first.Date) is not { } next
                    || (first.Date - asked.Date).TotalDays > 20)
                    continue;
                asked.Value.Should().BeGreaterThanOrEqualTo(7.5m);
                added++;
                before += asked.Value!.Value;
                after += next.Value!.Value;
            }
        }

        added.Should().BeGreaterThan(20);
        ((before - after) / added).Should().BeInRange(0.5m, 1.5m);
    }

    [Fact]
    public void A_lipid_panel_adds_up_and_filtration_fits_creatinine()
    {
        foreach (var patient in world.Lives)
        {
            foreach (var sampling in patient.Facts.Where(fact => fact.Kind == FactKind.LabResult).GroupBy(fact => fact.Date))
            {
                var values = sampling.ToDictionary(fact => fact.Codes[0].Code, fact => fact.Value!.Value);
                if (values.TryGetValue("13457-7", out var ldl))
                    ldl.Should().BeApproximately(values["2093-3"] - values["2085-9"] - (values["2571-8"] / 5m), 0.01m);
                if (values.TryGetValue("62238-1", out var filtration) && values.TryGetValue("2160-0", out var creatinine))
                    (filtration < 60).Should().Be(filtration < 60 && creatinine > 7.5m, "a low filtration goes with a high creatinine");
            }
        }
    }

    [Theory]
    [InlineData("J01", new[] { 11, 12, 1, 2, 3 }, 0.7)]
    [InlineData("R06", new[] { 4, 5, 6 }, 0.8)]
    [InlineData("J07BB", new[] { 10, 11, 12 }, 0.99)]
    public void Medicines_have_their_season(string atc, int[] months, double share)
    {
        var boxes = world.Lives.SelectMany(patient => patient.Facts)
            .Where(fact => fact.Kind == FactKind.Dispensation && fact.Codes[1].Code.StartsWith(atc, StringComparison.Ordinal)).ToList();
        boxes.Count.Should().BeGreaterThan(80);
        boxes.Count(fact => months.Contains(fact.Date.Month)).Should().BeGreaterThan((int)(boxes.Count * share));
    }

    [Fact]
    public void Bodies_grow_and_then_stay_what_they_are()
    {
        foreach (var patient in world.Lives)
        {
            var grown = patient.Facts
                .Where(fact => fact.Kind == FactKind.VitalSign && fact.Date.Date > patient.BirthDate.AddYears(18).ToDateTime(default)).ToList();
            grown.Where(fact => fact.Codes[0].Code == "8302-2").Select(fact => fact.Value).Distinct().Count().Should().BeLessThan(2);
            var weights = grown.Where(fact => fact.Codes[0].Code == "29463-7").Select(fact => fact.Value!.Value).ToList();
            if (weights.Count > 1)
                (weights.Max() - weights.Min()).Should().BeLessThan(weights.Max() / 8);
            if (weights.Count > 0 && grown.FirstOrDefault(fact => fact.Codes[0].Code == "8302-2") is { } height)
                (weights[0] / (height.Value!.Value / 100m) / (height.Value.Value / 100m)).Should().BeInRange(16m, 42m);
        }
    }

    [Fact]
    public void Infants_get_their_three_doses_before_their_first_birthday()
    {
        var infants = world.Lives
            .Where(patient => patient.BirthDate > WorldFixture.Today.AddYears(-13) && patient.Facts.Any(fact => fact.Kind == FactKind.Vaccination))
            .ToList();
        infants.Count.Should().BeGreaterThan(20);
        foreach (var infant in infants)
        {
            var doses = infant.Facts.Where(fact => fact.Kind == FactKind.Vaccination && fact.Codes[0].Code == "J07CA09").ToList();
            doses.Count.Should().BeLessThanOrEqualTo(3);
            doses.All(dose => dose.Date < infant.BirthDate.AddYears(1).ToDateTime(default)).Should().BeTrue();
        }
    }
}
