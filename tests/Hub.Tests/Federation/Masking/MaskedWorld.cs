using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Federation;
using DmpFederation.Sdk;
using DmpFederation.TestKit;

namespace DmpFederation.Hub.Tests.Federation.Masking;

/// <summary>
/// A minor's dossier in three sources: a stay with a letter and a result out of it, copies of all three elsewhere, one fact out of the copied letter
/// that only its source extracts, one problem of the same stay, and facts that have nothing to do with it. Local ids are unique in the world.
/// </summary>
internal sealed class MaskedWorld
{
    public const string Author = "801234567897";

    /// <summary>The stay, in both sources.</summary>
    public static readonly string[] Stay = ["Encounter/s1", "Encounter/s2", "Condition/k1"];

    /// <summary>The letter, in both sources, with every fact out of it and its copies.</summary>
    public static readonly string[] Letter =
        ["DocumentReference/d1", "DocumentReference/x1", "Observation/f1", "Observation/g1", "Observation/h1", "Observation/g2"];

    /// <summary>One result, in three sources.</summary>
    public static readonly string[] Result = ["Observation/f1", "Observation/g1", "Observation/h1"];

    private static readonly string[] Ours = ["a-region", "b-fhir", "c-labo"];

    /// <summary>Born in 1999: a minor in 2009, the clock of the tests.</summary>
    public static readonly TestPatient Patient = APatient.Number(59);

    private static readonly BusinessIdentifier LetterId = new("urn:ietf:rfc:3986", "urn:oid:2.999.1");
    private static readonly BusinessIdentifier StayId = new("urn:oid:2.999.2", "stay-1");

    /// <summary>Left out of the world, everywhere.</summary>
    public IReadOnlySet<string> Without { get; init; } = new HashSet<string>();

    /// <summary>Labels by local id.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<Mask> Masks { get; init; } = [];

    public IReadOnlyList<BreakGlassTicket> Tickets { get; init; } = [];

    public string? Attending { get; init; }

    /// <summary>False when every page of the letter could be read.</summary>
    public bool Unreadable { get; init; } = true;

    /// <summary>Sources that do not answer.</summary>
    public IReadOnlyList<string> Down { get; init; } = [];

    public static string IdOf(string localId) => EntryId.Of(All.First(held => held.Entry.LocalId == localId).Source, localId);

    public static IReadOnlyList<(string Source, AnEntry Entry)> All { get; } =
    [
        ("a-region", Fact(AnEntry.Of(EntryCategory.Encounter, "Encounter"), "Encounter/s1") with
            { Identifiers = [StayId], Date = "2009-03-10", Status = "finished" }),
        ("a-region", Document("DocumentReference/d1", "34112-3", LetterId) with
            { Stay = "Encounter/s1", Author = new EntryAuthor(Author, "Dr Auteur") }),
        ("a-region", Fact(AnEntry.HbA1c(), "Observation/f1") with { Document = "DocumentReference/d1", Title = "Hémoglobine" }),
        ("a-region", Document("DocumentReference/d2", "11502-2", new("urn:ietf:rfc:3986", "urn:oid:2.999.9")) with { Date = "2009-02-01" }),
        ("a-region", Fact(AnEntry.Problem("J18.9", "2009-02-01"), "Condition/v2") with { Document = "DocumentReference/d2" }),
        ("b-fhir", Fact(AnEntry.Of(EntryCategory.Encounter, "Encounter"), "Encounter/s2") with
            { Identifiers = [StayId], Date = "2009-03", Status = "finished" }),
        ("b-fhir", Document("DocumentReference/x1", "34112-3", LetterId) with
            { Date = "2008-11-30", Author = new EntryAuthor(Author[1..], "Auteur") }),
        ("b-fhir", Fact(AnEntry.HbA1c(7.25m), "Observation/g1") with { Date = "2009-03-12" }),
        ("b-fhir", Fact(AnEntry.Result("2345-7", 1.1m, "g/L"), "Observation/g2") with { Document = "DocumentReference/x1" }),
        ("b-fhir", Fact(AnEntry.Problem("E11", "2009-03-10"), "Condition/k1") with { Stay = "Encounter/s2" }),
        ("b-fhir", Fact(AnEntry.AllergyText("Pénicilline"), "AllergyIntolerance/v4")),
        ("b-fhir", Fact(AnEntry.HbA1c(7.9m), "Observation/v1") with { Date = "2009-06-02" }),
        ("b-fhir", Fact(AnEntry.Of(EntryCategory.LabResult, "DiagnosticReport"), "DiagnosticReport/r1") with
            { Results = ["Observation/g1", "http://server/fhir/Observation/v1", "Observation/g2/_history/2"] }),
        ("c-labo", Fact(AnEntry.HbA1c(), "Observation/h1") with
            { Status = "amended", Author = new EntryAuthor("810000000001", "Biologiste"), Identifiers = [new("urn:oid:2.999.3", "r-1")] }),
        ("c-labo", Fact(AnEntry.Result("2345-7", 0.9m, "g/L"), "Observation/v3") with { Date = "2009-07-01T08:00:00+02:00" }),
    ];

    /// <summary>The federation over this world.</summary>
    public FederationBuilder Build(IPolicyStore? policies = null)
    {
        var hub = new FederationBuilder
        {
            Identities = new FakeCertifiedIdentities(Patient, APatient.Number(2)),
            Policies = policies ?? new FixedPolicies(Policy),
        };
        foreach (var source in Ours)
            hub.With(source, Down.Contains(source) ? Behaviour.Ends(call => call.Outcome(SourceStatus.Failed, "DOWN")) : Answer(source));
        return hub;
    }

    public PatientPolicy Policy => APolicy.Open(APolicy.Permits(Grantee.Everyone) with { Since = DateTimeOffset.UnixEpoch }) with
    {
        Masks = Masks,
        Tickets = Tickets,
        AttendingPhysician = Attending,
    };

    private Func<ReadCall, Task<SourceOutcome>> Answer(string source) => Behaviour.Ends(call =>
    {
        var patients = call.Request.Patients.Select(static patient => patient.Key).ToHashSet();
        var outcome = call.Outcome(SourceStatus.Answered, null,
        [
            .. All.Where(held => held.Source == source && !Without.Contains(held.Entry.LocalId) && patients.Contains(held.Entry.Patient))
                .Select(static held => held.Entry).Select(Dressed).Where(entry => IsWanted(entry, call)).Select(static entry => entry.Build()),
        ]);
        if (source != "a-region" || !patients.Contains(Patient.Ins.Key))
            return outcome;
        // The letter bears the name of marriage, and one page of it could not be read.
        var isThere = !Without.Contains("DocumentReference/d1");
        return outcome with
        {
            Found =
            [
                new PatientFound(Patient.Ins.Key, Patient.Traits),
                .. isThere
                    ? [new PatientFound(Patient.Ins.Key, Patient.Traits with { BirthName = "ESSAI-DUPONT" }, "DocumentReference/d1")]
                    : (PatientFound[])[],
            ],
            Unreadable = isThere && Unreadable
                ? [new Unreadable { Code = "PAGE", Reason = "Not a page.", Patient = Patient.Ins.Key, LocalId = "DocumentReference/d1" }]
                : [],
        };
    });

    private AnEntry Dressed(AnEntry entry) => entry with
    {
        Confidentiality = Labels.TryGetValue(entry.LocalId, out var label) ? ["N", label] : entry.Confidentiality,
        Results = [.. entry.Results.Where(result => !Without.Any(local => $"{result}/".Contains($"{local}/", StringComparison.Ordinal)))],
    };

    /// <summary>Sources narrow by category as they are asked, so that a filter is a real one.</summary>
    private static bool IsWanted(AnEntry entry, ReadCall call) =>
        call.Request.Categories.Count == 0 || call.Request.Categories.Contains(entry.Category);

    private static AnEntry Document(string localId, string type, BusinessIdentifier identifier) =>
        Fact(AnEntry.Of(EntryCategory.Document, "DocumentReference"), localId) with
        {
            Codings = [new Coding("http://loinc.org", type)],
            Identifiers = [identifier],
            Status = "current",
        };

    private static AnEntry Fact(AnEntry entry, string localId) => entry.Named(localId).For(Patient.Ins.Key);
}
