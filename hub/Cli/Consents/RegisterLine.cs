using System.Text.Json;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Access.Policy.Import;
using DmpFederation.Hub.Connectors.Configuration;
using DmpFederation.Hub.Identity;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Cli.Consents;

/// <summary>
/// Reads one line of a consent register. Strict: what is not understood is refused, since a consent half understood shows what it should not. A
/// refusal names the field and what it should hold, never what it held.
/// </summary>
/// <param name="now">For what the line does not date.</param>
/// <param name="by">For consents that do not say who collected them.</param>
internal sealed class RegisterLine(DateTimeOffset now, string by)
{
    private static readonly string[] Known =
    [
        "keys", "state", "stateSince", "attending", "consents", "careTeam", "blocked", "opposesBreakGlass", "opposesRegulation", "masks",
    ];

    private static readonly JsonDocumentOptions Json = new() { AllowDuplicateProperties = false };

    private readonly List<ConfigurationFault> faults = [];

    /// <summary>The person the line is about, or the first fault of it. Exactly one is not null.</summary>
    public static (RegisteredPerson? Person, RegisterRefusal? Refusal) Read(string line, DateTimeOffset now, string by)
    {
        // What is no UTF-8 was replaced by this sign when the file was read.
        if (line.Contains('\uFFFD', StringComparison.Ordinal))
            return (null, RegisterRefusal.NotUtf8);
        try
        {
            using var document = JsonDocument.Parse(line, Json);
            var reader = new RegisterLine(now, by);
            var person = reader.Person(document.RootElement);
            return reader.faults is [var first, ..] ? (null, RegisterRefusal.Of(first)) : (person, null);
        }
        catch (JsonException)
        {
            return (null, RegisterRefusal.NotJson);
        }
    }

    private RegisteredPerson Person(JsonElement element)
    {
        var line = Reader(element, "", Known);
        var keys = line.Texts("keys", required: true).Select(key => Key(key.Text, key.Place)).ToList();
        if (keys.Count == 0)
            line.Fault("keys", "must name one identifier at least");
        return new RegisteredPerson
        {
            Keys = keys,
            State = RegisterWords.Read<DossierState>(line, "state"),
            StateSince = RegisterWords.Moment(line, "stateSince", required: false) ?? now,
            AttendingPhysician = line.Find("attending") is { ValueKind: not JsonValueKind.Null } ? RegisterWords.Id(line, "attending") : null,
            Consents = [.. line.List("consents").Select(item => Consent(item.Element, item.Place))],
            CareTeam = [.. line.List("careTeam").Select(item => Member(item.Element, item.Place))],
            Blocked = [.. line.Texts("blocked").Select(item => RegisterWords.Id(item.Text, item.Place, faults))],
            OpposesBreakGlass = line.Flag("opposesBreakGlass", false),
            OpposesRegulation = line.Flag("opposesRegulation", false),
            Masks = [.. line.List("masks").Select(item => Mask(item.Element, item.Place))],
        };
    }

    /// <summary>Refuses keys that are not known, without naming them: nobody knows what a broken register writes there.</summary>
    private JsonObjectReader Reader(JsonElement element, string place, string[] known)
    {
        var reader = new JsonObjectReader(element, place, null, faults);
        if (reader.Members.Any(member => !known.Contains(member.Key)))
            reader.Fault(null, $"holds a key that is not known; known are {string.Join(", ", known)}");
        return reader;
    }

    private PatientKey Key(string text, string place)
    {
        var bar = text.LastIndexOf('|');
        var (system, value) = bar < 0 ? ("", text) : (text[..bar], text[(bar + 1)..]);
        if (!Uri.TryCreate(system, UriKind.Absolute, out _) || value.Length is 0 or > RegisterWords.LongestId || text.Any(char.IsWhiteSpace))
            faults.Add(new ConfigurationFault(place, "must be system|value, the system a URI such as urn:oid:…, without spaces"));
        else if (PatientKeySystems.IsIns(system) && Ins.Parse(text, system).Problem is { } problem)
            faults.Add(new ConfigurationFault(place, $"is no INS, by rule {problem.Rule}"));
        return new PatientKey(system, value);
    }

    private Consent Consent(JsonElement element, string place)
    {
        var reader = Reader(element, place, ["action", "choice", "grantee", "id", "sources", "since", "until", "collectedBy", "evidence"]);
        var kind = RegisterWords.Read<GranteeKind>(reader, "grantee");
        var named = kind is GranteeKind.Profession or GranteeKind.Organization or GranteeKind.Professional;
        if (!named && reader.Find("id") is { ValueKind: not JsonValueKind.Null })
            reader.Fault("id", "must be absent: this grantee is not a single one");
        var (since, until) = (RegisterWords.Moment(reader, "since"), RegisterWords.Moment(reader, "until", required: false));
        if (until <= since)
            reader.Fault("until", "must be later than since");
        return new Consent
        {
            Sequence = 0,
            Action = RegisterWords.Read<ConsentAction>(reader, "action"),
            Choice = RegisterWords.Read<ConsentChoice>(reader, "choice"),
            Grantee = new Grantee(kind, named ? RegisterWords.Id(reader, "id") : null),
            Sources = [.. reader.Texts("sources").Select(item => RegisterWords.Id(item.Text, item.Place, faults)).Distinct().Order(StringComparer.Ordinal)],
            Since = since ?? now,
            Until = until,
            CollectedBy = reader.Find("collectedBy") is null ? by : RegisterWords.Id(reader, "collectedBy"),
            Evidence = RegisterWords.FreeText(reader, "evidence"),
        };
    }

    private CareTeamMember Member(JsonElement element, string place)
    {
        var reader = Reader(element, place, ["professional", "organization", "since", "until"]);
        var (professional, organization) = (reader.Find("professional") is not null, reader.Find("organization") is not null);
        if (professional == organization)
            reader.Fault(null, "must name either a professional or an organization");
        return new CareTeamMember(
            professional ? RegisterWords.Id(reader, "professional") : null,
            organization ? RegisterWords.Id(reader, "organization") : null,
            RegisterWords.Moment(reader, "since", required: false) ?? now,
            RegisterWords.Moment(reader, "until", required: false));
    }

    private Mask Mask(JsonElement element, string place)
    {
        var reader = Reader(element, place, ["target", "id", "visibility", "lifts", "since"]);
        return new Mask
        {
            Target = new MaskTarget(RegisterWords.Read<MaskTargetKind>(reader, "target"), RegisterWords.Id(reader, "id")),
            Visibility = RegisterWords.Read<Visibility>(reader, "visibility"),
            Lifts = reader.Flag("lifts", false),
            Since = RegisterWords.Moment(reader, "since", required: false) ?? now,
            SetBy = by,
        };
    }
}
