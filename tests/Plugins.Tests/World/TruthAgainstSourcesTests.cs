using DmpFederation.LegacySystems;
using DmpFederation.LegacySystems.DossierPharmaceutique;
using DmpFederation.LegacySystems.LabosRhoneAlpes;
using DmpFederation.LegacySystems.Picardie;
using DmpFederation.LegacySystems.ReseauDiabete;
using DmpFederation.LegacySystems.WebMedecin;
using DmpFederation.Plugins.DossierPharmaceutique;
using DmpFederation.Plugins.FhirServer;
using DmpFederation.Plugins.HistoriqueRemboursements;
using DmpFederation.Plugins.HprimBiologie;
using DmpFederation.Plugins.ReseauDiabete;
using DmpFederation.Sdk;
using DmpFederation.SyntheticFrance.Care;
using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Truth;
using FluentAssertions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace DmpFederation.Plugins.Tests.World;

/// <summary>The world is written into the real legacy systems and read back by the real connectors: what they yield is what the truth says.</summary>
public sealed class TruthAgainstSourcesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("world-tests-").FullName;
    private readonly HttpClient http = new();
    private readonly List<SyntheticPatient> patients = [.. SyntheticFrance.World.Generate(2009, 60, WorldFixture.Today)];
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(WorldFixture.Today, new TimeOnly(10, 0), TimeSpan.Zero));

    public void Dispose()
    {
        http.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_dossier_pharmaceutique_yields_what_the_truth_says()
    {
        Fill(DossierPharmaceutiqueSystem.OpenWriter(folder, new ReferenceDay(WorldFixture.Today)));
        await using var connector = new DossierPharmaceutiquePlugin().Open(Context(
            "dp", [PatientKeySystems.InsNirTest], ("connection", $"Data Source={Path.Combine(folder, DossierPharmaceutiqueSystem.FileName)}")));
        await AgreeAsync("dp", connector, patient => new PatientKey(PatientKeySystems.InsNirTest, patient.InsNir));
    }

    [Fact]
    public async Task Picardie_yields_what_the_truth_says()
    {
        Fill(PicardieSystem.OpenWriter(folder));
        await using var server = PicardieSystem.Build(["--urls", "http://127.0.0.1:0"], folder);
        await server.StartAsync();
        await using var connector = new FhirServerPlugin().Open(Context(
            "picardie", [PatientKeySystems.InsNirTest], ("baseUrl", server.Urls.First() + PicardieSystem.BasePath + "/")));
        await AgreeAsync("picardie", connector, patient => new PatientKey(PatientKeySystems.InsNirTest, patient.InsNir));
    }

    [Fact]
    public async Task The_web_medecin_yields_what_the_truth_says()
    {
        Fill(WebMedecinSystem.OpenWriter(folder));
        await using var server = WebMedecinSystem.Build(["--urls", "http://127.0.0.1:0"], folder, clock);
        await server.StartAsync();
        await using var connector = new HistoriqueRemboursementsPlugin().Open(Context(
            "web-medecin", [PatientKeySystems.InsNirTest], ("baseUrl", server.Urls.First())));
        await AgreeAsync("web-medecin", connector, patient => new PatientKey(PatientKeySystems.InsNirTest, patient.InsNir));
    }

    [Fact]
    public async Task The_laboratories_of_Rhone_Alpes_yield_what_the_truth_says()
    {
        var drop = Path.Combine(folder, "drop");
        Fill(LabosRhoneAlpesSystem.OpenWriter(drop));
        await using var connector = new HprimBiologiePlugin().Open(Context(
            SourceIds.LabosRhoneAlpes, [PatientKeySystems.InsNirTest], ("folder", drop)));
        (await ((IPatientDirectory)connector).ListPatientsAsync(PatientPartition.All, null, CancellationToken.None).ToListAsync()).Should().NotBeEmpty();
        await AgreeAsync(SourceIds.LabosRhoneAlpes, connector, patient => new PatientKey(PatientKeySystems.InsNirTest, patient.InsNir));
    }

    [Fact]
    public async Task The_diabetes_network_yields_what_the_truth_says_corrected_and_without_what_was_withdrawn()
    {
        var exports = Path.Combine(folder, ReseauDiabeteSystem.Name);
        Fill(ReseauDiabeteSystem.OpenWriter(exports, WorldFixture.Today));
        await using var connector = new ReseauDiabetePlugin().Open(Context("reseau-diabete", [PatientKeySystems.InsC], ("folder", exports)));
        await AgreeAsync("reseau-diabete", connector, patient => new PatientKey(PatientKeySystems.InsC, patient.InsC));

        var versions = new List<string?>();
        foreach (var patient in patients)
        {
            var request = new ReadRequest([new PatientQuery(new PatientKey(PatientKeySystems.InsC, patient.InsC))]);
            var items = await connector.ReadAsync(request, CancellationToken.None).ToListAsync();
            items.OfType<SourceAsOf>().Single().Moment.Should().Be(new DateTimeOffset(WorldFixture.Today, new TimeOnly(5, 0), TimeSpan.FromHours(1)));
            foreach (var entry in items.OfType<DossierEntry>())
            {
                versions.Add(entry.Version);
                var fact = patient.Facts.Single(one => one.Origins.Any(origin => origin.LocalId == entry.LocalId));
                var told = fact.Origins.Single(origin => origin.LocalId == entry.LocalId).Variant?.Value ?? fact.Value;
                if (entry.Value?.Number is { } shown)
                    shown.Should().Be(told, "a correction shows the corrected value");
            }
        }
        versions.Should().Contain("1").And.Contain("2");
    }

    private void Fill(IWorldWriter writer)
    {
        using (writer)
            patients.ForEach(writer.Add);
    }

    private SourceContext Context(string source, IReadOnlyList<string> keys, params (string Name, string Value)[] settings) => new()
    {
        SourceId = source,
        Settings = new SourceSettings(settings.ToDictionary(setting => setting.Name, setting => setting.Value)),
        Http = http,
        Clock = clock,
        PatientKeySystems = keys,
        StateFolder = folder,
    };

    private async Task AgreeAsync(string source, ISourceConnector connector, Func<SyntheticPatient, PatientKey> keyOf)
    {
        foreach (var patient in patients)
        {
            // Whose record is another person's is for the hub to see: the source cannot know.
            var reach = patient.Reach(source);
            var told = reach == TrapReach.Unreachable ? [] : patient.Facts
                .SelectMany(fact => fact.Origins.Where(origin => origin.SourceId == source && origin.Visible).Select(origin => Told(fact, origin)))
                .Order().ToList();
            var request = new ReadRequest([new PatientQuery(keyOf(patient), CertifiedTraits.Of(patient))]);
            var items = await connector.ReadAsync(request, CancellationToken.None).ToListAsync();
            items.OfType<Unreadable>().Should().BeEmpty();
            items.OfType<ReadGap>().Should().BeEmpty();
            var read = items.OfType<DossierEntry>().Select(Read).Order().ToList();
            if (reach == TrapReach.Unreachable)
                items.Should().ContainSingle().Which.Should().BeOfType<PatientUnknown>("a number that is not the patient's opens nothing");
            if (patient.Traps.Any(trap => trap is { Kind: IdentityTrapKind.SharedInsuredNir, Reach: TrapReach.KeptOut } && trap.SourceId == source))
            {
                read.Should().NotBeEmpty("the child's record lies under the parent's number");
                continue;
            }

            read.Except(told).Should().BeEmpty("{0} must show no more of patient {1} than the truth", source, patient.Index);
            told.Except(read).Should().BeEmpty("{0} must show all the truth of patient {1}", source, patient.Index);
            read.Should().OnlyHaveUniqueItems();
        }
    }

    private static string Told(SyntheticFact fact, SyntheticOrigin origin)
    {
        var code = TruthWriter.CodeOf(fact, origin.Variant);
        return $"{origin.LocalId} {TruthWriter.CategoryOf(fact.Kind)} {fact.Date:yyyy-MM-dd} {code.System}|{code.Code}";
    }

    private static string Read(DossierEntry entry)
    {
        var category = string.Concat(entry.Category.ToString().Select((letter, i) => i > 0 && char.IsUpper(letter) ? "_" + letter : letter.ToString()));
        return $"{entry.LocalId} {category.ToUpperInvariant()} {entry.Date?.ToString()[..10]} {entry.Code?.System}|{entry.Code?.Code}";
    }
}
