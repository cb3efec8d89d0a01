using DmpFederation.Sdk;
using DmpFederation.SyntheticFrance.Model;
using FluentAssertions;
using Xunit;
using static DmpFederation.Plugins.Tests.DossierPharmaceutique.ADispensation;

namespace DmpFederation.Plugins.Tests.DossierPharmaceutique;

public sealed class DpWorldWriterOnSqliteTests() : DpWorldWriterTests(new SqliteDpHost());

public sealed class DpWorldWriterOnPostgreSqlTests() : DpWorldWriterTests(new PostgreSqlDpHost());

/// <summary>The invented world, written into the host and read back.</summary>
public abstract class DpWorldWriterTests(DpHost host) : DpFixture(host)
{
    private static readonly SyntheticAuthor Author = new("10000023084", "MARTIN", "Claire", "G15_10/SM26", "690781810", "Cabinet du Pont");

    [SkippableFact]
    public async Task The_facts_the_world_shows_are_the_entries_the_connector_yields()
    {
        var facts = new[]
        {
            Fact("a", "2026-03-01", "A10BA02", 2, visible: true),
            Fact("b", "2026-03-02", "C10AA05", 1, visible: false),
            Fact("c", "2024-03-02", "C10AA05", 1, visible: false),
            Fact("d", "2024-03-03", "A10AE04", 3, visible: true),
            Fact("e", "2012-03-03", "J07BB02", 1, visible: true),
            Fact("f", "2012-03-04", "A10AE04", 1, visible: false),
        };
        using (var writer = Host.OpenWriter(Clock))
        {
            writer.Add(Person(1, facts));
            writer.Add(Person(2, [Fact("z", "2026-03-01", "A10BA02", 1, visible: true) with { Origins = [] }]));
        }

        var items = await Read(OpenConnector(), Key(1), Key(2));

        items.OfType<DossierEntry>().Select(entry => entry.LocalId).Should().BeEquivalentTo("line-a", "line-d", "line-e");
        items.OfType<DossierEntry>().Single(entry => entry.LocalId == "line-d").Value!.Number.Should().Be(3);
        items.OfType<DossierEntry>().Single(entry => entry.LocalId == "line-d").Identifiers
            .Should().Contain(new BusinessIdentifier("urn:oid:1.2.250.1.999", "d"));
        items.OfType<PatientUnknown>().Should().ContainSingle().Which.Patient.Should().Be(Key(2));
    }

    private static SyntheticFact Fact(string id, string day, string atc, int boxes, bool visible) => new()
    {
        Id = id,
        Kind = FactKind.Dispensation,
        Date = DateTimeOffset.Parse($"{day}T10:00:00+01:00"),
        Codes =
        [
            new SyntheticCode("urn:oid:1.2.250.1.213.2.3.2", "3400935673220", $"Produit {atc}"),
            new SyntheticCode("http://www.whocc.no/atc", atc, atc),
        ],
        Value = boxes,
        Author = Author,
        Origins = [new SyntheticOrigin { SourceId = "dp", LocalId = $"line-{id}", Visible = visible, Identifiers = [("urn:oid:1.2.250.1.999", id)] }],
    };

    private static SyntheticPatient Person(int person, IReadOnlyList<SyntheticFact> facts) => new()
    {
        Index = person,
        InsNir = Ins(person),
        InsC = new string('0', 22),
        BirthName = "DURAND",
        GivenNames = ["Paul"],
        BirthDate = new DateOnly(1980, 1, 1),
        Sex = "M",
        BirthPlaceCode = "75056",
        BirthPlaceName = "Paris",
        Region = "picardie",
        AddressLine = "1 rue du Port",
        PostalCode = "80000",
        City = "Amiens",
        Conditions = [],
        Attending = Author,
        Facts = facts,
    };
}
