using System.Globalization;
using System.Text;
using CsCheck;
using DmpFederation.LegacySystems.DossierPharmaceutique;
using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;
using static DmpFederation.Plugins.Tests.DossierPharmaceutique.ADispensation;

namespace DmpFederation.Plugins.Tests.DossierPharmaceutique;

public sealed class DpSecrecyOnSqliteTests() : DpSecrecyTests(new SqliteDpHost(), new SqliteDpHost());

public sealed class DpSecrecyOnPostgreSqlTests() : DpSecrecyTests(new PostgreSqlDpHost(), new PostgreSqlDpHost())
{
    protected override int Iterations => 20;
}

/// <summary>Masquage du masquage: nothing reveals that a line is hidden; and windows hide exactly what the decrees say.</summary>
public abstract class DpSecrecyTests(DpHost host, DpHost other) : DpFixture(host), IDisposable
{
    protected virtual int Iterations => 200;

    public void Dispose() => other.Dispose();

    [SkippableFact]
    public async Task A_world_with_hidden_lines_reads_byte_for_byte_as_one_without_them()
    {
        DpLine[] shown = [Line("L1", 1, "20260110"), Line("L3", 1, "20260312"), Line("L5", 1, "20260520")];
        DpLine[] hidden = [Line("L2", 1, "20260220", refused: true), Line("L4", 1, "20260401"), Line("L6", 1, "20240401"), Line("L7", 2, "20260402")];
        Record([1, 2], [shown[0], hidden[0], shown[1], hidden[1], shown[2], hidden[2], hidden[3] with { NumeroDp = Number(1), Refusee = true }]);
        using (var register = Host.Open())
            register.Cancel("L4");
        using (var register = other.Open())
            register.Record([Dossier(1), Dossier(2)], shown);

        var with = await Read(OpenConnector(), Key(1), Key(2), Key(3));
        var without = await Read(OpenConnectorAt(other.Connection), Key(1), Key(2), Key(3));

        with.Select(Print).Should().Equal(without.Select(Print));
        with.Should().HaveCount(4);
    }

    [SkippableFact]
    public void Windows_hide_exactly_the_lines_whose_months_have_passed()
    {
        var person = 0;
        using (Host.Open())
        {
            // Lays down the tables.
        }
        Gen.Select(
            Gen.Int[0, 3_000], Gen.Int[1, 60], Gen.Int[1, 60], Gen.Int[1, 300],
            Gen.Select(Gen.Int[0, 2], Gen.Int[-40, 7_000]).Array[1, 25]).Sample(
            sample =>
            {
                var (shift, medicines, biologicals, vaccines, lines) = sample;
                var today = new DateOnly(2026, 1, 31).AddDays(shift);
                Clock.AdjustTime(new DateTimeOffset(today.ToDateTime(new TimeOnly(10, 0)), TimeSpan.Zero));
                var patient = Interlocked.Increment(ref person);
                var visible = new List<string>();
                var rows = new List<DpLine>();
                foreach (var (kind, age) in lines)
                {
                    var (nature, months) = kind switch
                    {
                        0 => (ProductNature.Medicine, medicines),
                        1 => (ProductNature.Biological, biologicals),
                        _ => (ProductNature.Vaccine, vaccines),
                    };
                    var day = today.AddDays(-age);
                    if (day.Year < 2007)
                        continue;
                    var id = $"{patient}-{rows.Count:D2}";
                    rows.Add(Line(id, patient, day.ToString("yyyyMMdd", CultureInfo.InvariantCulture), nature));
                    if (IsVisible(day, today, months))
                        visible.Add(id);
                }
                Record([patient], [.. rows]);

                var connector = OpenConnector(
                    ("visibleMonths", $"{medicines}"), ("visibleMonthsBiologicals", $"{biologicals}"), ("visibleMonthsVaccines", $"{vaccines}"));
                ReadIds(connector, Key(patient)).GetAwaiter().GetResult().Should().Equal(visible);
            },
            iter: Iterations, threads: 1);
    }

    /// <summary>Counts calendar months between the two days, without subtracting any from a date.</summary>
    private static bool IsVisible(DateOnly day, DateOnly today, int months)
    {
        var apart = today.Year * 12 + today.Month - (day.Year * 12 + day.Month);
        return apart < months || (apart == months && day.Day >= Math.Min(today.Day, DateTime.DaysInMonth(day.Year, day.Month)));
    }

    private static string Print(ReadItem item) => item switch
    {
        DossierEntry entry => string.Join(
            '|', entry.LocalId, entry.FiledUnder.Value, entry.Title, entry.Date, entry.Version, entry.Recorded, entry.Value?.Number,
            string.Join(',', entry.Identifiers), Encoding.UTF8.GetString(entry.Resource.Span)),
        PatientUnknown unknown => $"unknown {unknown.Patient.Value}",
        _ => item.GetType().Name,
    };
}
