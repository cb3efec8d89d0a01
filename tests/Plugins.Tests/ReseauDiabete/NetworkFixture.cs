using System.Globalization;
using System.Text;
using DmpFederation.LegacySystems.ReseauDiabete;
using DmpFederation.Plugins.ReseauDiabete;
using DmpFederation.Sdk;
using Microsoft.Extensions.Time.Testing;

namespace DmpFederation.Plugins.Tests.ReseauDiabete;

/// <summary>A folder of exports, written by the network's own program, and connectors over it.</summary>
public abstract class NetworkFixture : IAsyncDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("reseau-tests-").FullName;
    private readonly List<ISourceConnector> opened = [];

    protected NetworkFixture()
    {
        Folder = Path.Combine(root, "exports");
        State = Path.Combine(root, "state");
        Directory.CreateDirectory(Folder);
        Directory.CreateDirectory(State);
    }

    protected string Folder { get; }

    protected string State { get; }

    /// <summary>Stands still: a read waits for a new export as long as that takes.</summary>
    protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 17, 10, 0, 0, TimeSpan.Zero));

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var connector in opened)
            await connector.DisposeAsync();
        Directory.Delete(root, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected static string InsC(int person)
    {
        var number = 12_345_678_901_234_500UL + (ulong)person;
        return string.Create(CultureInfo.InvariantCulture, $"{number:00000000000000000000}{97 - (number % 97):00}");
    }

    protected static PatientKey Key(int person) => new(PatientKeySystems.InsC, InsC(person));

    internal static NetworkRow HbA1c(int number, decimal value = 7.2m, int person = 1, int version = 1) => new()
    {
        Number = number.ToString(CultureInfo.InvariantCulture),
        Version = version,
        Action = version == 1 ? NetworkAction.Creation : NetworkAction.Correction,
        InsC = InsC(person),
        Date = new DateOnly(2026, 2, 3),
        Rubric = "HBA1C",
        Value = value,
        Unit = "%",
        Rpps = "99700000016",
        Professional = "Noémie Leclercq",
        Finess = "250999031",
        Structure = "Centre hospitalier du Haut-Doubs",
        Recorded = new DateTime(2026, 2, 4, 18, 30, 0),
    };

    internal static NetworkRow Withdrawn(NetworkRow row, int version) => row with { Version = version, Action = NetworkAction.Withdrawal };

    internal static NetworkPatient Person(int person = 1) => new()
    {
        Number = person.ToString(CultureInfo.InvariantCulture),
        InsC = InsC(person),
        BirthName = "ÉTIENNE",
        UsedName = "DURAND",
        GivenNames = ["Aurélie", "Zoé"],
        BirthDate = new DateOnly(1961, 5, 30),
        Sex = "F",
        BirthPlaceCode = "25056",
    };

    /// <summary>Writes the export of a week of 2026; the week before is named as its predecessor, unless it is the first.</summary>
    internal void Export(int week, Action<ExportWriter> rows, string? name = null, int? previous = null, Encoding? encoding = null)
    {
        var moment = new DateTime(2026, 1, 5, 5, 0, 0).AddDays(7 * (week - 2));
        var before = (previous ?? week - 1) is var number && number >= 10 ? $"2026-S{number:00}" : null;
        var export = new ExportDay(name ?? $"2026-S{week:00}", moment, before);
        using (var writer = new ExportWriter(Folder, export, encoding ?? CsvFile.EncodingOf(week)))
            rows(writer);
        foreach (var kind in (string[])["patients", "suivi"])
            File.SetLastWriteTimeUtc(Path.Combine(Folder, export.FileOf(kind)), Clock.GetUtcNow().UtcDateTime);
    }

    internal void Export(int week, params IReadOnlyList<NetworkRow> rows) => Export(week, writer =>
    {
        foreach (var row in rows)
            writer.Add(row);
    });

    protected string PathOf(int week, string kind = "suivi") => Path.Combine(Folder, $"reseau-diabete_2026-S{week:00}_{kind}.csv");

    /// <summary>Edits a written file as text, keeping its encoding.</summary>
    protected void Edit(int week, string kind, Func<string, string> edit)
    {
        var encoding = CsvFile.EncodingOf(week);
        File.WriteAllText(PathOf(week, kind), edit(File.ReadAllText(PathOf(week, kind), encoding)), encoding);
    }

    protected ISourceConnector Open(string? state = null)
    {
        var connector = new ReseauDiabetePlugin().Open(new SourceContext
        {
            SourceId = "reseau-diabete",
            Settings = new SourceSettings(new Dictionary<string, string> { ["folder"] = Folder }),
            Http = new HttpClient(),
            Clock = Clock,
            PatientKeySystems = [PatientKeySystems.InsC],
            StateFolder = state ?? State,
        });
        opened.Add(connector);
        return connector;
    }

    protected static async Task<List<ReadItem>> Read(ISourceConnector connector, params IReadOnlyList<int> people)
    {
        var request = new ReadRequest([.. (people.Count > 0 ? people : [1]).Select(person => new PatientQuery(Key(person)))]);
        return await connector.ReadAsync(request, CancellationToken.None).ToListAsync();
    }

    /// <summary>Local id, value and version of each entry shown.</summary>
    protected static async Task<IEnumerable<string>> Shown(ISourceConnector connector, params IReadOnlyList<int> people) =>
        (await Read(connector, people)).OfType<DossierEntry>()
            .Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.LocalId} {entry.Value?.Number} v{entry.Version}")).Order(StringComparer.Ordinal);
}
