using System.Text.Json;
using DmpFederation.SyntheticFrance.Care;
using DmpFederation.SyntheticFrance.Identity;
using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Terminology;
using DmpFederation.SyntheticFrance.Truth;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.Tests.World;

/// <summary>What is planted in the world, as the truth tells it, for several seeds.</summary>
public sealed class HazardTests
{
    private const int Patients = 500;

    public static TheoryData<int> Seeds => [2009, 1, 77];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_kind_of_trap_is_there_several_times_and_the_first_patient_has_none(int seed)
    {
        var lines = Truth(seed);
        var kinds = lines.SelectMany(line => line.GetProperty("identityTraps").EnumerateArray())
            .GroupBy(trap => trap.GetProperty("kind").GetString()).ToList();
        kinds.Should().OnlyContain(kind => kind.Count() >= 3);
        kinds.Select(kind => kind.Key).Should().BeEquivalentTo("TRAITS_MISMATCH", "HOMONYM", "TWIN", "WRONG_KEY", "SHARED_INSURED_NIR");
        lines[0].GetProperty("identityTraps").GetArrayLength().Should().Be(0);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Nothing_is_told_of_a_source_that_must_be_kept_out_or_cannot_be_reached(int seed)
    {
        var patients = SyntheticFrance.World.Generate(seed, Patients, WorldFixture.Today).ToList();
        var lines = Truth(seed);
        for (var i = 0; i < Patients; i++)
        {
            var told = lines[i].GetProperty("facts").EnumerateArray()
                .SelectMany(fact => fact.GetProperty("origins").EnumerateArray().Select(origin => origin.GetProperty("sourceId").GetString()))
                .ToHashSet();
            foreach (var trap in patients[i].Traps.Where(trap => trap.Reach != TrapReach.Own))
                told.Should().NotContain(trap.SourceId);
            foreach (var trap in patients[i].Traps.Where(trap => trap.Kind == IdentityTrapKind.TraitsMismatch))
            {
                patients[i].Facts.Where(fact => fact.Origins.Any(origin => origin.SourceId == trap.SourceId))
                    .Should().NotBeEmpty("the source holds them").And.OnlyContain(fact => fact.OfAnother);
                var stated = patients[i].RecordedIdentity(trap.SourceId);
                (stated.InsNir, stated.InsC).Should().Be((patients[i].InsNir, patients[i].InsC));
                stated.BirthDate.Should().NotBe(patients[i].BirthDate);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Namesakes_twins_and_children_are_what_their_traps_say(int seed)
    {
        var patients = SyntheticFrance.World.Generate(seed, Patients, WorldFixture.Today).ToList();
        patients.Select(patient => patient.InsNir).Should().OnlyHaveUniqueItems();
        patients.Select(patient => patient.InsC).Should().OnlyHaveUniqueItems();
        foreach (var patient in patients.Where(patient => patient.Index % 2 == 1))
        {
            var other = patients[patient.Index - 1];
            if (patient.Traps.Any(trap => trap.Kind == IdentityTrapKind.Homonym))
                (patient.BirthName, string.Join(' ', patient.GivenNames), patient.BirthDate, patient.Sex)
                    .Should().Be((other.BirthName, string.Join(' ', other.GivenNames), other.BirthDate, other.Sex));
            if (patient.Traps.Any(trap => trap.Kind == IdentityTrapKind.Twin))
            {
                (patient.BirthName, patient.BirthDate, patient.BirthPlaceCode).Should().Be((other.BirthName, other.BirthDate, other.BirthPlaceCode));
                patient.GivenNames.Should().NotIntersectWith(other.GivenNames);
            }

            if (patient.Traps.Any(trap => trap.Kind == IdentityTrapKind.SharedInsuredNir))
            {
                patient.RecordedIdentity("picardie").InsNir.Should().Be(other.InsNir);
                (patient.BirthDate.Year - other.BirthDate.Year).Should().BeInRange(10, 50);
                other.Facts.SelectMany(fact => fact.Origins).Should().NotContain(origin => origin.SourceId == "picardie");
            }
        }

        foreach (var patient in patients.Where(patient => patient.Traps.Any(trap => trap.Kind == IdentityTrapKind.WrongKey)))
        {
            var recorded = patient.RecordedIdentity(patient.Traps[0].SourceId);
            recorded.InsNir[..13].Should().Be(patient.InsNir[..13]);
            recorded.InsNir[13..].Should().NotBe(Nir.Key(patient.InsNir[..13]));
            recorded.InsC[..20].Should().Be(patient.InsC[..20]);
            recorded.InsC[20..].Should().NotBe(patient.InsC[20..]);
        }
    }

    [Fact]
    public void Some_twins_have_the_same_ten_letters_and_still_another_calculated_INS()
    {
        var twins = SyntheticFrance.World.Generate(2009, 3_000, WorldFixture.Today)
            .Where(patient => patient.Traps.Any(trap => trap.Kind == IdentityTrapKind.Twin)).ToList();
        var pairs = twins.Where(one => one.Index % 2 == 1)
            .Select(one => (One: twins.SingleOrDefault(other => other.Index == one.Index - 1), Other: one))
            .Where(pair => pair.One is not null).ToList();
        static string Letters(string name) => new([.. name.Where(char.IsAsciiLetter).Take(7)]);
        pairs.Where(pair => Letters(pair.One!.GivenNames[0]) == Letters(pair.Other.GivenNames[0])).Should().NotBeEmpty()
            .And.OnlyContain(pair => pair.One!.InsC != pair.Other.InsC);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_repeated_exam_follows_the_same_one_too_soon(int seed)
    {
        var lines = Truth(seed);
        var limits = new Dictionary<string, int>
        {
            ["4548-4"] = 60,
            ["3016-3"] = 42,
            ["2093-3"] = 300,
            ["2085-9"] = 300,
            ["13457-7"] = 300,
            ["2571-8"] = 300,
        };
        var kinds = new HashSet<string>();
        var apart = 0;
        foreach (var line in lines)
        {
            var facts = line.GetProperty("facts").EnumerateArray().ToDictionary(fact => fact.GetProperty("factId").GetString()!);
            foreach (var pair in line.GetProperty("redundant").EnumerateArray())
            {
                var exam = facts[pair.GetProperty("factId").GetString()!];
                var of = facts[pair.GetProperty("of").GetString()!];
                exam.GetProperty("code").GetString().Should().Be(of.GetProperty("code").GetString());
                var code = exam.GetProperty("code").GetString()!.Split('|')[1];
                var days = (Day(exam).DayNumber - Day(of).DayNumber);
                days.Should().BeInRange(1, limits.GetValueOrDefault(code, 90) - 1);
                kinds.Add(limits.ContainsKey(code) ? code : "imaging");
                apart += Sources(exam).Overlaps(Sources(of)) ? 0 : 1;
            }
        }

        kinds.Should().Contain(["4548-4", "3016-3", "13457-7", "imaging"]);
        apart.Should().BeGreaterThan(lines.Sum(line => line.GetProperty("redundant").GetArrayLength()) / 2, "who repeats it could not see the first");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Interacting_and_doubled_medicines_overlap_and_carry_a_level_of_the_thesaurus(int seed)
    {
        var levels = new Dictionary<string, int>();
        var duplicates = 0;
        var apart = 0;
        foreach (var patient in SyntheticFrance.World.Generate(seed, Patients, WorldFixture.Today))
        {
            foreach (var (one, other, level) in DangerousMedicines.Interactions(patient))
            {
                Overlap(one, other).Should().BeTrue();
                level.Should().Be(AnsmThesaurus.LevelOf(one.Codes[1].Code, other.Codes[1].Code));
                levels[level] = levels.GetValueOrDefault(level) + 1;
                // The payer sees every box it paid for, whoever else does not.
                apart += Holders(patient, one).Intersect(Holders(patient, other)).Any() ? 0 : 1;
            }

            foreach (var (one, other, substance) in DangerousMedicines.Duplicates(patient))
            {
                Overlap(one, other).Should().BeTrue();
                (one.Codes[1].Code, other.Codes[1].Code).Should().Be((substance.Code, substance.Code));
                one.Codes[0].Code.Should().NotBe(other.Codes[0].Code);
                duplicates++;
            }
        }

        levels.Keys.Should().BeEquivalentTo("CONTRE-INDICATION", "ASSOCIATION DECONSEILLEE", "PRECAUTION D'EMPLOI", "A PRENDRE EN COMPTE");
        duplicates.Should().BeGreaterThan(3);
        apart.Should().BeGreaterThan(10);
    }

    private static IEnumerable<string> Holders(SyntheticPatient patient, SyntheticFact fact) =>
        fact.Origins.Where(patient.Shows).Select(static origin => origin.SourceId).Where(static source => source != SourceIds.WebMedecin);

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_demo_s_patient_shows_every_level_a_doubled_treatment_and_every_kind_of_repeated_exam(int seed)
    {
        var patient = Truth(seed, 1)[0];
        patient.GetProperty("interactions").EnumerateArray().Select(each => each.GetProperty("level").GetString())
            .Should().Contain(InteractionLevels.All);
        patient.GetProperty("duplicates").GetArrayLength().Should().BeGreaterThan(0);
        var facts = patient.GetProperty("facts").EnumerateArray().ToDictionary(fact => fact.GetProperty("factId").GetString()!);
        patient.GetProperty("redundant").EnumerateArray()
            .Select(each => facts[each.GetProperty("factId").GetString()!].GetProperty("code").GetString()!.Split('|')[1])
            .Should().Contain(["4548-4", "3016-3", "13457-7"]);
    }

    [Fact]
    public void What_was_withdrawn_is_never_told_and_what_was_corrected_is()
    {
        var patients = SyntheticFrance.World.Generate(2009, Patients, WorldFixture.Today).ToList();
        var origins = patients.SelectMany(patient => patient.Facts).SelectMany(fact => fact.Origins, (fact, origin) => (fact, origin)).ToList();
        foreach (var source in (string[])["dp", "franche-comte", "picardie"])
        {
            origins.Where(each => each.origin.Withdrawn && each.origin.SourceId == source)
                .Should().NotBeEmpty().And.OnlyContain(each => !each.origin.Visible);
            origins.Where(each => each.origin.Erratum is not null && each.origin.SourceId == source).Should().NotBeEmpty()
                .And.OnlyContain(each => each.origin.Erratum != (each.origin.Variant == null ? each.fact.Value : each.origin.Variant.Value));
        }

        origins.Where(each => each.origin.Recorded is not null).Should().NotBeEmpty()
            .And.OnlyContain(each => each.origin.Recorded > each.fact.Date.AddDays(19));
    }

    [Fact]
    public void Old_spellings_lose_letters_and_no_other_trait()
    {
        var patients = SyntheticFrance.World.Generate(2009, Patients, WorldFixture.Today)
            .Where(patient => patient.Traps.Count == 0 && patient.RecordedOtherwise.Count > 0).ToList();
        patients.Select(patient => patient.RecordedIdentity("franche-comte").BirthName)
            .Should().OnlyContain(name => name.All(letter => letter <= 'ÿ')).And.Contain(name => name.Contains('?'));
        foreach (var patient in patients)
        {
            foreach (var (_, recorded) in patient.RecordedOtherwise)
                (recorded with { BirthName = patient.BirthName, UsedName = patient.UsedName, GivenNames = patient.GivenNames })
                    .Should().Be(patient.OwnIdentity with { GivenNames = patient.GivenNames });
        }
    }

    private static bool Overlap(SyntheticFact one, SyntheticFact other) =>
        DateOnly.FromDateTime(one.Date.DateTime) <= DangerousMedicines.LastDay(other)
        && DateOnly.FromDateTime(other.Date.DateTime) <= DangerousMedicines.LastDay(one);

    private static DateOnly Day(JsonElement fact) => DateOnly.ParseExact(fact.GetProperty("date").GetString()!, "yyyy-MM-dd");

    private static HashSet<string?> Sources(JsonElement fact) =>
        [.. fact.GetProperty("origins").EnumerateArray().Select(origin => origin.GetProperty("sourceId").GetString())];

    private static List<JsonElement> Truth(int seed, int patients = Patients)
    {
        var stream = new MemoryStream();
        using (var writer = new TruthWriter(stream))
        {
            foreach (var patient in SyntheticFrance.World.Generate(seed, patients, WorldFixture.Today))
                writer.Add(patient);
        }

        return [.. System.Text.Encoding.UTF8.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)];
    }
}
