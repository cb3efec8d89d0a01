using System.Text.Json;

namespace DmpFederation.Sdk.Conformance.Fixtures;

/// <summary>Holds a fixture against itself and its folder: names that are used exist, files are there, persons are invented.</summary>
internal sealed class FixtureCheck(Fixture fixture, string folder)
{
    private const int MostMinutesAgo = 365 * 24 * 60;

    private readonly List<string> problems = [];
    private readonly HashSet<string> names = [.. fixture.Patients.Select(patient => patient.Name)];

    public static IReadOnlyDictionary<string, EntryCategory> Categories { get; } = Enum.GetValues<EntryCategory>()
        .ToDictionary(category => JsonNamingPolicy.SnakeCaseUpper.ConvertName(category.ToString()), StringComparer.Ordinal);

    public IReadOnlyList<string> Problems()
    {
        Patients();
        Legacy();
        Capabilities();
        foreach (var name in fixture.NotApplicable.Keys.Where(name => !LegacyFaults.All.Contains(name)))
            Add($"notApplicable.{name}", $"is no fault; there are {string.Join(", ", LegacyFaults.All)}");
        return problems;
    }

    private void Patients()
    {
        if (fixture.PatientKeySystems.Count == 0)
            Add("patientKeySystems", "needs at least one system");
        if (!fixture.Patients.Exists(patient => patient.Entries.Count > 0))
            Add("patients", "needs a patient with entries");
        if (names.Count != fixture.Patients.Count)
            Add("patients", "two have the same name");
        if (fixture.Persons.Select(person => person.Key.Key).Distinct().Count() != fixture.Patients.Count + 1)
            Add("patients", "two have the same key (the unknown patient counts)");
        for (var at = 0; at < fixture.Patients.Count; at++)
        {
            Person($"patients[{at}]", fixture.Patients[at]);
            Entries($"patients[{at}].entries", fixture.Patients[at].Entries);
        }
        Person("unknownPatient", fixture.UnknownPatient);
    }

    private void Person(string place, PersonFixture person)
    {
        if (string.IsNullOrWhiteSpace(person.Key.System) || string.IsNullOrWhiteSpace(person.Key.Value))
            Add($"{place}.key", "must have a system and a value");
        else if (!fixture.PatientKeySystems.Contains(person.Key.System))
            Add($"{place}.key.system", "is not among patientKeySystems");
        if (person.Key.System is PatientKeySystems.InsNir or PatientKeySystems.InsNia)
            Add($"{place}.key.system", $"is for living people; a fixture uses the test range, {PatientKeySystems.InsNirTest}");
        Traits($"{place}.traits", person.Traits);
    }

    private void Traits(string place, TraitsFixture? traits)
    {
        if (traits?.BirthDate is { } date && !FhirDate.TryParse(date, out _))
            Add($"{place}.birthDate", "must be a date such as 1979-03-28");
    }

    private void Entries(string place, List<EntryFixture> entries)
    {
        for (var at = 0; at < entries.Count; at++)
        {
            if (!Categories.ContainsKey(entries[at].Category))
                Add($"{place}[{at}].category", $"must be one of {string.Join(", ", Categories.Keys)}");
        }
        if (entries.Select(entry => entry.LocalId).Distinct().Count() != entries.Count)
            Add(place, "two have the same localId");
    }

    private void Legacy()
    {
        var legacy = fixture.Legacy;
        var (needed, present) = legacy.Kind switch
        {
            LegacyKind.Http => ("exchanges", legacy.Exchanges.Count > 0),
            LegacyKind.Files => ("folder", legacy.Folder is not null),
            LegacyKind.Sql => ("script", legacy.Script is not null),
            _ => ("kind", false),
        };
        if (!present)
            Add($"legacy.{needed}", "is missing");
        if (legacy.WrittenMinutesAgo is < 0 or > MostMinutesAgo)
            Add("legacy.writtenMinutesAgo", $"must be from 0 to {MostMinutesAgo}");
        Exchanges("legacy.exchanges", legacy.Exchanges);
        Folder("legacy.folder", legacy.Folder);
        File("legacy.script", legacy.Script);
    }

    private void Exchanges(string place, List<ExchangeFixture> exchanges)
    {
        for (var at = 0; at < exchanges.Count; at++)
        {
            var exchange = exchanges[at];
            if (!exchange.Path.StartsWith('/'))
                Add($"{place}[{at}].path", "must start with '/'");
            if (exchange.Status is < 200 or > 599)
                Add($"{place}[{at}].status", "must be from 200 to 599");
            if ((exchange.Body is null ? 0 : 1) + (exchange.Json is null ? 0 : 1) + (exchange.Text is null ? 0 : 1) > 1)
                Add($"{place}[{at}]", "may have one of body, json, text");
            File($"{place}[{at}].body", exchange.Body);
        }
    }

    private void Step(string place, LegacyStepFixture step)
    {
        Exchanges($"{place}.exchanges", step.Exchanges);
        Folder($"{place}.folder", step.Folder);
        File($"{place}.script", step.Script);
    }

    private void Capabilities()
    {
        for (var at = 0; at < fixture.Identities.Count; at++)
        {
            Name($"identities[{at}].patient", fixture.Identities[at].Patient);
            fixture.Identities[at].Persons.ForEach(person => Traits($"identities[{at}].persons", person));
        }
        for (var at = 0; at < fixture.Documents.Count; at++)
            Name($"documents[{at}].patient", fixture.Documents[at].Patient);
        if (fixture.Directory is { } directory && (directory.Partitions.Count == 0 || directory.Partitions.Exists(count => count is < 1 or > 64)))
            Add("directory.partitions", "must be numbers from 1 to 64");
        if (fixture.Changes is { Steps: var steps })
        {
            if (!steps.Exists(step => step.Changed.Count > 0))
                Add("changes.steps", "needs a step with changed entries");
            for (var at = 0; at < steps.Count; at++)
                Step($"changes.steps[{at}]", steps[at]);
        }
        for (var at = 0; at < fixture.Previews.Count; at++)
            Preview($"previews[{at}]", fixture.Previews[at]);
        for (var at = 0; at < fixture.Replays.Count; at++)
        {
            Preview($"replays[{at}]", fixture.Replays[at]);
            if (fixture.Replays[at].Patient is { } patient)
                Name($"replays[{at}].patient", patient);
        }
        for (var at = 0; at < fixture.Writes.Count; at++)
            Write($"writes[{at}]", fixture.Writes[at]);
    }

    private void Preview(string place, PreviewFixture preview)
    {
        File($"{place}.file", preview.File);
        Entries($"{place}.entries", preview.Entries);
    }

    private void Write(string place, WriteFixture write)
    {
        Name($"{place}.patient", write.Patient);
        File($"{place}.resource", write.Resource);
        File($"{place}.otherResource", write.OtherResource);
        if (write.Written is { } written)
            Step($"{place}.written", written);
    }

    private void Name(string place, string name)
    {
        if (!names.Contains(name))
            Add(place, "names no patient of this file");
    }

    private void File(string place, string? file)
    {
        if (file is not null && (!IsInside(file) || !System.IO.File.Exists(Path.Combine(folder, file))))
            Add(place, $"'{file}' is no file below the folder of {FixtureReader.FileName}");
    }

    private void Folder(string place, string? name)
    {
        if (name is not null && (!IsInside(name) || !Directory.Exists(Path.Combine(folder, name))))
            Add(place, $"'{name}' is no folder below the folder of {FixtureReader.FileName}");
    }

    private static bool IsInside(string path) =>
        path.Length > 0 && !Path.IsPathRooted(path) && !path.Split('/', '\\').Contains("..");

    private void Add(string place, string problem) => problems.Add($"{FixtureReader.FileName}, {place}: {problem}");
}
