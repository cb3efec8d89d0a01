using System.Text;
using DmpFederation.LegacySystems.LabosRhoneAlpes;
using DmpFederation.Sdk;
using FluentAssertions;
using Microsoft.Data.Sqlite;
using Xunit;

namespace DmpFederation.Plugins.Tests.HprimBiologie;

/// <summary>What cannot be used costs the answers of those alone whom it may be about; and of whom it may be about nobody is unknown.</summary>
public sealed class UnassignedReportsTests : IAsyncLifetime
{
    private const string Unassigned = "UNASSIGNED_REPORTS";

    private static readonly PatientKey LucsKey = new(PatientKeySystems.InsNirTest, "180017500000153");
    private static readonly LaboratoryReport LucsReport =
        AReport.Numbered("L1") with { PatientCode = "4", Name = "SANDRE", GivenName = "LUC", BirthDate = new DateOnly(1980, 1, 7), Nir = null };

    private static readonly PatientTraits Luc = new()
    {
        BirthName = "Sandré",
        GivenNames = ["Luc"],
        BirthDate = FhirDate.Parse("1980-01-07"),
        Sex = TraitSex.Male,
        Keys = [LucsKey],
        Status = IdentityStatus.Retrieved,
    };

    private readonly DropFolder drop = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await drop.DisposeAsync();

    [Theory]
    [InlineData(9, "")]
    [InlineData(10, "hier")]
    [InlineData(11, "")]
    public async Task A_report_that_names_its_patient_and_cannot_be_used_costs_that_patients_answer_alone(int line, string broken)
    {
        drop.Drop("broken.hpr", WithLine(AReport.Print(LucsReport), line, broken));
        drop.Drop("a.hpr", AReport.File(AReport.Numbered("B1")));

        var others = await drop.ReadAsync();
        others.OfType<DossierEntry>().Should().HaveCount(3);
        others.Should().NotContain(item => item is ReadGap || item is Unreadable);
        AssertLacks(await drop.ReadAsync(Luc, LucsKey), LucsKey);
    }

    [Fact]
    public async Task Many_unusable_reports_of_a_twin_hide_none_of_the_patients()
    {
        for (var number = 0; number < 25; number++)
            drop.Drop($"twin-{number:00}.hpr", WithLine(AReport.Print(LucsReport with { GivenName = "LEA" }), 11, ""));
        drop.Drop("zz.hpr", WithLine(AReport.Print(LucsReport), 11, ""));

        AssertLacks(await drop.ReadAsync(Luc, LucsKey), LucsKey);
        (await drop.ReadAsync(Luc with { GivenNames = ["Léa"] }, LucsKey)).OfType<Unreadable>().Should().HaveCount(20, "few are told, one is enough");
        (await drop.ReadAsync(Luc with { GivenNames = ["Max"] }, LucsKey)).OfType<PatientUnknown>().Should().ContainSingle();
    }

    [Fact]
    public async Task A_person_whom_no_unusable_report_names_is_unknown()
    {
        drop.Drop("broken.hpr", WithLine(AReport.Print(LucsReport), 11, ""));

        (await drop.ReadAsync()).Where(item => item is not SourceAsOf).Should().ContainSingle().Which.Should().BeOfType<PatientUnknown>();
    }

    [Fact]
    public async Task A_header_cut_after_the_day_of_birth_names_its_patient_and_one_cut_in_it_names_nobody()
    {
        var lines = AReport.Print(LucsReport).Split("\r\n");
        drop.Drop("broken.hpr", Encoding.Latin1.GetBytes(string.Join("\r\n", lines[..7]) + "\r\n"));
        (await drop.ReadAsync()).OfType<PatientUnknown>().Should().ContainSingle();
        AssertLacks(await drop.ReadAsync(Luc, LucsKey), LucsKey);

        // 07/01/19 of 07/01/1980 would be another day.
        drop.Drop("broken.hpr", Encoding.Latin1.GetBytes(string.Join("\r\n", lines[..7])[..^2]), minutesAgo: 9);

        await drop.EventuallyAsync(items => items.OfType<ReadGap>().Any(gap => gap.Code == Unassigned && gap.Patient is null));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_header_that_lacks_lines_names_nobody(int missing)
    {
        var lines = AReport.Print(LucsReport).Split("\r\n");
        drop.Drop("broken.hpr", Encoding.Latin1.GetBytes(string.Join("\r\n", lines[missing..])));

        var items = await drop.ReadAsync();
        items.OfType<ReadGap>().Should().ContainSingle().Which.Should().BeEquivalentTo(new { Code = Unassigned, Patient = (PatientKey?)null });
        items.Should().NotContain(item => item is PatientUnknown);
    }

    [Fact]
    public async Task A_number_used_again_costs_the_answer_of_whom_the_second_report_names()
    {
        drop.Drop("a.hpr", AReport.File(AReport.Numbered("L1")), minutesAgo: 30);
        drop.Drop("b.hpr", AReport.File(LucsReport with { Date = new DateOnly(2009, 5, 2) }));

        (await drop.ReadAsync()).Should().NotContain(item => item is ReadGap || item is Unreadable);
        AssertLacks(await drop.ReadAsync(Luc, LucsKey), LucsKey);
    }

    [Fact]
    public async Task What_may_be_anybodys_makes_every_answer_partial_and_is_told_under_nobodys_name_until_it_is_gone()
    {
        drop.Drop("broken.hpr", "not hprim"u8.ToArray());
        drop.Drop("a.hpr", AReport.File(AReport.Numbered("B1")));

        var items = await drop.ReadAsync();
        items.OfType<ReadGap>().Should().ContainSingle().Which.Should().BeEquivalentTo(new { Code = Unassigned, Patient = (PatientKey?)null });
        var told = items.OfType<Unreadable>().Should().ContainSingle().Subject;
        (told.Patient, told.Position, Encoding.ASCII.GetString(told.Raw.Span)).Should().Be((null, "broken.hpr:1", "not hprim"));
        (await drop.ReadAsync(Luc, LucsKey)).Where(item => item is not SourceAsOf)
            .Should().ContainSingle("it was told just before, and Luc may be in it").Which.Should().BeOfType<ReadGap>();
        drop.Clock.Advance(TimeSpan.FromSeconds(11));
        (await drop.ReadAsync(Luc, LucsKey)).OfType<Unreadable>().Should().ContainSingle("the hub may have been unable to keep it");
        var changes = await ((IChangeFeed)drop.Connector).ReadChangesAsync(null, CancellationToken.None).ToListAsync();
        Encoding.ASCII.GetString(changes.OfType<ItemUnreadable>().Single().Item.Raw.Span).Should().Be("not hprim");

        File.Delete(drop.PathOf("broken.hpr"));
        await drop.EventuallyAsync(later => !later.OfType<ReadGap>().Any());
        (await drop.ReadAsync(Luc, LucsKey)).OfType<PatientUnknown>().Should().ContainSingle();
    }

    [Fact]
    public async Task A_file_too_large_to_be_read_may_be_anybodys()
    {
        using (var file = File.Create(drop.PathOf("large.hpr")))
            file.SetLength((64 << 20) + 1);

        var items = await drop.ReadAsync();

        items.OfType<ReadGap>().Should().ContainSingle().Which.Patient.Should().BeNull();
        var told = items.OfType<Unreadable>().Should().ContainSingle().Subject;
        (told.Code, told.Position, told.Raw.Length).Should().Be(("HPRIM_FILE_TOO_LARGE", "large.hpr:1", 0));
    }

    [Fact]
    public async Task Of_many_and_large_parts_a_few_are_told_at_a_time_and_all_in_the_end()
    {
        for (var number = 0; number < 45; number++)
            drop.Drop($"broken-{number:00}.hpr", Encoding.ASCII.GetBytes("not hprim" + new string(' ', number == 0 ? 1 << 20 : 0)));
        var told = new HashSet<string?>();
        for (var answer = 0; answer < 3; answer++, drop.Clock.Advance(TimeSpan.FromSeconds(11)))
        {
            var parts = (await drop.ReadAsync()).OfType<Unreadable>().ToList();
            parts.Should().HaveCountLessThanOrEqualTo(20);
            parts.Should().OnlyContain(part => part.Raw.IsEmpty == (part.Position == "broken-00.hpr:1"), "half of a part would be read again as the whole");
            told.UnionWith(parts.Select(part => part.Position));
        }

        told.Should().HaveCount(45);
    }

    [Fact]
    public async Task A_key_of_a_laboratory_may_be_of_whomever_an_unusable_report_names()
    {
        drop.Drop("a.hpr", AReport.File(AReport.Numbered("B1")));
        drop.Drop("broken.hpr", WithLine(AReport.Print(LucsReport), 11, ""));
        await drop.ReadyAsync();

        var key = new PatientKey("urn:dmpfederation:labo-patient", "LABCHARMES/4");
        var items = await drop.Connector.ReadAsync(new ReadRequest([new PatientQuery(key)]), CancellationToken.None).ToListAsync();

        items.OfType<ReadGap>().Should().ContainSingle().Which.Patient.Should().Be(key);
        items.Should().NotContain(item => item is PatientUnknown);
    }

    [Fact]
    public async Task An_index_of_before_goes_on_and_what_it_could_not_use_may_be_anybodys()
    {
        drop.Drop("gone.hpr", AReport.File(AReport.Numbered("B1")));
        drop.Drop("broken.hpr", WithLine(AReport.Print(LucsReport), 11, ""));
        await drop.ReadyAsync();
        await drop.ReopenAsync();
        File.Delete(drop.PathOf("gone.hpr"));
        using (var index = new SqliteConnection($"Data Source={Path.Combine(drop.State, "hprim-index.sqlite")};Pooling=False"))
        {
            index.Open();
            using var before = index.CreateCommand();
            before.CommandText = "DROP TABLE problem_persons";
            before.ExecuteNonQuery();
        }

        var items = await drop.ReadAsync();

        items.OfType<DossierEntry>().Should().HaveCount(3, "the index was not made anew");
        items.OfType<ReadGap>().Should().ContainSingle().Which.Patient.Should().BeNull();
    }

    private static void AssertLacks(List<ReadItem> items, PatientKey key)
    {
        items.OfType<ReadGap>().Should().ContainSingle().Which.Should().BeEquivalentTo(new { Code = Unassigned, Patient = key });
        items.OfType<Unreadable>().Should().ContainSingle().Which.Patient.Should().Be(key);
        items.Should().NotContain(item => item is PatientUnknown || item is DossierEntry);
    }

    private static byte[] WithLine(string text, int line, string content)
    {
        var lines = text.Split("\r\n");
        lines[line - 1] = content;
        return Encoding.Latin1.GetBytes(string.Join("\r\n", lines));
    }
}
