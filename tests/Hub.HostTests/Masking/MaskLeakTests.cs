using System.Text.Json;
using System.Text.Json.Nodes;
using DmpFederation.Hub.Access;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Federation;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.HostTests.Masking;

/// <summary>
/// The leak suite over the whole hub: real HTTP sources, real plug-in, real store, GraphQL. The second world is made at the servers, which then hold
/// nothing of what was masked, and nobody masks anything. Elapsed times alone may differ.
/// </summary>
public sealed class MaskLeakTests : IAsyncLifetime
{
    private const string Ins = "279035121518989";

    /// <summary>Letter, result out of it, copies of both, and the stay.</summary>
    private static readonly string[] Letter = ["d1", "x1", "f1", "g1"];

    private static readonly string[] Stay = ["s1", .. Letter];

    private static readonly string[] Result = ["f1", "g1"];

    private static readonly Actor Doctor = AnActor.Doctor();
    private static readonly Actor Pharmacist = AnActor.Doctor() with { Id = "899700218897", Profession = "21", Specialty = null };
    private static readonly Actor Owner = AnActor.Patient(FhirPair.Patient);

    private static readonly string[] Queries =
    [
        .. Enumerable.Range(1, 8).Select(static size => Pages($"first: {size}")),
        Pages("filter: {categories: [LAB_RESULT]}, first: 2"),
        Pages("filter: {codes: [\"4548-4\", \"34112-3\"]}, first: 2"),
        Pages("filter: {sources: [\"south\"]}, first: 2"),
        Pages("filter: {sources: [\"north\"]}, first: 2"),
        Pages("filter: {from: \"2009-03-12\", to: \"2009-03-31\"}, first: 2"),
        $$"""{ dossier(ins: "{{Ins}}") { complete sources { sourceId status reason entryCount asOf servedBy } } }""",
        $$"""{ dossier(ins: "{{Ins}}") { complete } }""",
        $$"""{ dossier(ins: "{{Ins}}") { patient { birthName disagreements { sourceId documentLocalId } } } }""",
        $$"""
        { dossiers(ins: ["{{Ins}}", "{{FhirPair.Other.Value}}"]) {
            complete entries { nodes { id fhir } hasNext endCursor } sources { entryCount } } }
        """,
        $$"""
        { dossier(ins: "{{Ins}}") {
            a: entries(first: 1) { nodes { id } endCursor } b: entries(filter: {sources: ["south"]}) { nodes { id origins { localId } } } } }
        """,
    ];

    private FhirPair world = null!;

    public async Task InitializeAsync()
    {
        world = await FhirPair.StartAsync();
        foreach (var patient in new[] { FhirPair.Patient, FhirPair.Other })
        {
            await world.ChangeAsync(
                patient,
                new PolicyChange.Open(FhirPair.Consent(ConsentAction.Opening)),
                new PolicyChange.Record(FhirPair.Consent(ConsentAction.Reading)));
        }
    }

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task No_answer_tells_a_masked_world_from_one_without()
    {
        foreach (var (name, target, hidden) in new (string, MaskTarget, string[])[]
        {
            ("entry", new(MaskTargetKind.Entry, EntryId.Of("south", "Observation/g1")), Result),
            ("letter", new(MaskTargetKind.Entry, EntryId.Of("south", "DocumentReference/x1")), ["d1", "x1"]),
            ("type", new(MaskTargetKind.DocumentType, "34112-3"), ["d1", "x1"]),
            ("author", new(MaskTargetKind.Author, "801234567897"), Letter),
            ("stay", new(MaskTargetKind.Episode, EntryId.Of("north", "Encounter/s1")), Stay),
            ("source", new(MaskTargetKind.Source, "south"), ["x1", "g1", "d1", "f1", "v2"]),
        })
        {
            world.Held = Resources([], null, null);
            await world.ChangeAsync(FhirPair.Patient, new PolicyChange.SetMask(Mask(target)));
            var masked = await AnswersAsync(Doctor, Pharmacist);
            await ForgetAsync();
            world.Held = Resources(hidden, null, null);
            Compare(masked, await AnswersAsync(Doctor, Pharmacist), name);
        }
    }

    [Theory]
    [InlineData("d1", "MASQUE_PS")]
    [InlineData("g1", "MASQUE_PS")]
    [InlineData("f1", "INVISIBLE_PATIENT")]
    public async Task No_answer_tells_a_labelled_world_from_one_without(string labelled, string label)
    {
        var reader = label == "MASQUE_PS" ? Doctor : Owner;
        world.Held = Resources([], labelled, label);
        var masked = await AnswersAsync(reader);
        await ForgetAsync();
        world.Held = Resources(labelled == "d1" ? ["d1", "x1"] : Result, null, null);
        Compare(masked, await AnswersAsync(reader), label);
    }

    [Fact]
    public async Task The_answers_of_the_suite_show_what_it_hides()
    {
        world.Held = Resources([], null, null);

        var answers = string.Join('\n', (await AnswersAsync(Doctor)).Values);

        foreach (var id in Stay.Append("v2"))
            answers.Should().Contain($"/{id}\"");
        answers.Should().Contain("\"conflicts\":[{").And.NotContain("\"errors\"");
    }

    [Fact]
    public async Task The_log_of_accesses_tells_the_patient_nothing_of_what_waits_for_its_announcement()
    {
        world.Held = Resources([], "f1", "INVISIBLE_PATIENT");
        const string Ids = $$"""{ dossier(ins: "{{Ins}}") { entries(first: 500) { nodes { id } } } }""";
        var read = Texts(await world.AskAsync(Doctor, Ids), "dossier", "entries", "nodes", "id");
        var late = EntryId.Of("north", "Observation/v1");
        await world.AskAsync(
            Doctor, $$"""mutation { mask(ins: "{{Ins}}", target: { entryId: "{{late}}" }, visibility: INVISIBLE_PATIENT) { masks { target } } }""");
        await world.AskAsync(Doctor, Ids);
        var seen = Texts(await world.AskAsync(Owner, Ids), "dossier", "entries", "nodes", "id");
        seen.Should().NotContain(late).And.HaveCount(read.Count - 2, "the labelled fact and the masked one wait");

        const string Log = $$"""{ accessLog(ins: "{{Ins}}") { nodes { action personId entryCount entries } } }""";
        var own = await LogOfDoctorAsync(Owner, Log);
        own.Select(static line => line.Action).Should().NotContain("MASKED");
        own[0].Count.Should().Be(seen.Count);
        own[0].Entries.Should().BeEquivalentTo(seen);
        own[1].Entries.Should().Contain(late, "it was not hidden when it was read").And.HaveCount(read.Count - 1);

        var officer = await LogOfDoctorAsync(AnActor.Of(ActorRole.Dpo), Log);
        officer.Select(static line => line.Action).Should().Contain("MASKED");
        officer[0].Entries.Should().BeEquivalentTo(read);
    }

    private async Task<List<(string Action, int Count, IReadOnlyList<string> Entries)>> LogOfDoctorAsync(Actor reader, string query) =>
    [
        .. (await world.AskAsync(reader, query)).GetProperty("data").GetProperty("accessLog").GetProperty("nodes").EnumerateArray()
            .Where(static line => line.GetProperty("personId").GetString() == Doctor.Id)
            .Select(static line => (
                line.GetProperty("action").GetString()!,
                line.GetProperty("entryCount").GetInt32(),
                (IReadOnlyList<string>)[.. line.GetProperty("entries").EnumerateArray().Select(static id => id.GetString()!)])),
    ];

    private static List<string> Texts(JsonElement answer, string field, string list, string nodes, string text) =>
    [
        .. answer.GetProperty("data").GetProperty(field).GetProperty(list).GetProperty(nodes).EnumerateArray()
            .Select(node => node.GetProperty(text).GetString()!),
    ];

    private static string Pages(string arguments) => $$"""
        { dossier(ins: "{{Ins}}") { complete sources { sourceId status reason entryCount }
          entries({{arguments}}, after: AFTER) { hasNext endCursor nodes {
          id category date title status confidentiality code { code } value { number } author { id }
          origins { sourceId localId version } conflicts { field values { sourceId value } } fhir } } } }
        """;

    /// <summary>Every query of every reader with its whole answer, page after page.</summary>
    private async Task<Dictionary<string, string>> AnswersAsync(params Actor[] readers)
    {
        var answers = new Dictionary<string, string>();
        foreach (var reader in readers)
        {
            foreach (var query in Queries)
            {
                var (text, after) = ("", "null");
                for (var page = 0; after is not null; page++)
                {
                    page.Should().BeLessThan(50);
                    var answer = await world.AskAsync(reader, query.Replace("AFTER", after, StringComparison.Ordinal));
                    text += answer.GetRawText() + "\n";
                    var entries = JsonNode.Parse(answer.GetRawText())!["data"]?["dossier"]?["entries"];
                    after = entries?["hasNext"]?.GetValue<bool>() == true && query.Contains("AFTER", StringComparison.Ordinal)
                        ? $"\"{entries["endCursor"]}\""
                        : null;
                }
                answers.Add($"{reader.Role} {reader.Profession} {query}", text);
            }
        }
        return answers;
    }

    private static void Compare(Dictionary<string, string> masked, Dictionary<string, string> absent, string name)
    {
        foreach (var (query, answer) in masked)
            answer.Should().Be(absent[query], "{0}: {1}", name, query);
    }

    private static Mask Mask(MaskTarget target) => new()
    {
        Target = target,
        Visibility = Visibility.MasquePs,
        Since = DateTimeOffset.UnixEpoch,
        SetBy = "patient-1",
    };

    /// <summary>Takes every mask away, those the hub remembers included; what is still being written is waited for.</summary>
    private async Task ForgetAsync()
    {
        for (var quiet = 0; quiet < 3;)
        {
            var masks = (await world.Policies.FindAsync(FhirPair.Patient.Key, CancellationToken.None)).Masks;
            quiet = masks.Count == 0 ? quiet + 1 : 0;
            foreach (var mask in masks)
                await world.ChangeAsync(FhirPair.Patient, new PolicyChange.RemoveMask(mask.Target, null));
            await Task.Delay(100);
        }
    }

    /// <summary>What the servers hold. References to what is left out are left out as well.</summary>
    private static (string, string, string, string)[] Resources(string[] without, string? labelled, string? label)
    {
        string Security(string id) => id == labelled
            ? $$$""","meta":{"security":[{"system":"urn:oid:1.2.250.1.213.1.1.4.13","code":"{{{label}}}"}]}"""
            : "";
        string Results(params string[] ids) => ids.Except(without).ToArray() is { Length: > 0 } left
            ? $$""","result":[{{string.Join(',', left.Select(static id => $$"""{"reference":"Observation/{{id}}"}"""))}}]"""
            : "";
        const string Subject = $$$""","subject":{"reference":"Patient/p{{{Ins}}}"}""";
        const string Author = """{"identifier":{"system":"urn:oid:1.2.250.1.71.4.2.1","value":"801234567897"},"display":"Dr Auteur"}""";
        var stay = without.Contains("s1") ? "" : ""","encounter":{"reference":"Encounter/s1"}""";
        var context = without.Contains("s1") ? "" : ""","context":{"encounter":[{"reference":"Encounter/s1"}]}""";
        string Hba1c(string id, string value, string author, string more) => $$$"""
            {"resourceType":"Observation","id":"{{{id}}}"{{{Security(id)}}},"status":"final","category":[{"coding":[{"system":
            "http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],"code":{"coding":[{"system":"http://loinc.org",
            "code":"4548-4"}],"text":"HbA1c {{{id}}}"}{{{Subject}}},"effectiveDateTime":"2009-03-12T08:15:00+01:00"{{{author}}},
            "valueQuantity":{"value":{{{value}}},"unit":"%","system":"http://unitsofmeasure.org","code":"%"}{{{more}}}}
            """;
        string Paper(string id, string more) => $$$"""
            {"resourceType":"DocumentReference","id":"{{{id}}}"{{{Security(id)}}},"masterIdentifier":{"system":"urn:ietf:rfc:3986",
            "value":"urn:oid:2.999.1"},"status":"{{{(id == "d1" ? "current" : "superseded")}}}","type":{"coding":[{"system":"http://loinc.org",
            "code":"34112-3"}]}{{{Subject}}},"date":"2009-03-12T10:00:00+01:00","author":[{{{Author}}}],
            "content":[{"attachment":{"title":"Lettre"}}]{{{more}}}}
            """;
        var performer = $$$""","performer":[{{{Author}}}]""";
        (string, string, string, string)[] all =
        [
            ("north", "Encounter", "s1", $$$"""
                {"resourceType":"Encounter","id":"s1","status":"finished","class":{"code":"IMP"}{{{Subject}}},"period":{"start":"2009-03-10"}}
                """),
            ("north", "DocumentReference", "d1", Paper("d1", context)),
            ("north", "Observation", "f1", Hba1c("f1", "7.2", performer, stay)),
            ("north", "Observation", "v1", Hba1c("v1", "9.1", "", "").Replace("2009-03-12", "2009-06-02", StringComparison.Ordinal)),
            ("north", "DiagnosticReport", "r1", $$$"""
                {"resourceType":"DiagnosticReport","id":"r1","status":"final","category":[{"coding":[{"system":
                "http://terminology.hl7.org/CodeSystem/v2-0074","code":"LAB"}]}],"code":{"coding":[{"system":"http://loinc.org",
                "code":"11502-2"}]}{{{Subject}}},"effectiveDateTime":"2009-03-12"{{{Results("f1", "v1")}}}}
                """),
            ("south", "DocumentReference", "x1", Paper("x1", "")),
            ("south", "Observation", "g1", Hba1c("g1", "7.25", "", "")),
            ("south", "Condition", "v2", $$$"""
                {"resourceType":"Condition","id":"v2","clinicalStatus":{"coding":[{"code":"active"}]},"code":{"coding":[{"system":
                "http://hl7.org/fhir/sid/icd-10","code":"E11"}]}{{{Subject}}},"onsetDateTime":"2008"}
                """),
        ];
        return [.. all.Where(one => !without.Contains(one.Item3))];
    }
}
