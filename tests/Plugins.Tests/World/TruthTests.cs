using System.Text;
using System.Text.Json;
using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Truth;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.Tests.World;

public sealed class TruthTests(WorldFixture world) : IClassFixture<WorldFixture>
{
    [Fact]
    public void The_truth_lists_each_visible_fact_once_with_its_visible_origins()
    {
        var lines = Write(stream => new TruthWriter(stream)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Should().HaveCount(world.Patients.Count);
        for (var i = 0; i < lines.Length; i++)
        {
            using var line = JsonDocument.Parse(lines[i]);
            var patient = world.Patients[i];
            line.RootElement.GetProperty("ins").GetString().Should().Be("urn:oid:1.2.250.1.213.1.4.10|" + patient.InsNir);
            var told = line.RootElement.GetProperty("facts").EnumerateArray()
                .SelectMany(fact => fact.GetProperty("origins").EnumerateArray().Select(origin =>
                    (fact.GetProperty("factId").GetString(), origin.GetProperty("sourceId").GetString(), origin.GetProperty("localId").GetString())));
            var visible = patient.Facts.SelectMany(fact => fact.Origins.Where(patient.Shows)
                .Select(origin => ((string?)fact.Id, (string?)origin.SourceId, (string?)origin.LocalId)));
            told.Should().Equal(visible);
            line.RootElement.GetProperty("facts").EnumerateArray().All(fact => fact.GetProperty("origins").GetArrayLength() > 0).Should().BeTrue();
            line.RootElement.GetProperty("birthYear").GetInt32().Should().Be(patient.BirthDate.Year);
            line.RootElement.GetProperty("identityTraps").GetArrayLength().Should().Be(patient.Traps.Count);
        }
    }

    [Fact]
    public void Every_kind_of_fact_has_a_category() =>
        Enum.GetValues<FactKind>().Select(TruthWriter.CategoryOf).Should().OnlyContain(category => category.Length > 0);

    [Fact]
    public void The_patient_list_has_a_header_and_six_fields_a_line()
    {
        var lines = Write(stream => new PatientListWriter(new StreamWriter(stream, new UTF8Encoding(false)))).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[0].Should().Be("ins,system,birthName,givenName,birthDate,sex");
        lines.Should().HaveCount(world.Patients.Count + 1).And.OnlyContain(line => line.Split(',').Length == 6);
        lines[1].Should().StartWith(world.Patients[0].InsNir + ",urn:oid:1.2.250.1.213.1.4.10,");
    }

    private string Write(Func<Stream, IWorldWriter> open)
    {
        var stream = new MemoryStream();
        using (var writer = open(stream))
        {
            foreach (var patient in world.Patients)
                writer.Add(patient);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
