using System.Text.Json.Nodes;
using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.LegacySystems.Picardie;

/// <summary>Writes the patients and facts of a world that Picardie holds, as resources of its database.</summary>
internal sealed class PicardieWorldWriter : IWorldWriter
{
    /// <summary>Opening of the service: nothing in it was recorded before.</summary>
    private static readonly DateTimeOffset Opened = new(2004, 3, 1, 8, 0, 0, TimeSpan.FromHours(1));

    private readonly PicardieStore store;
    private readonly IDisposable bulk;
    private readonly HashSet<string> written = new(StringComparer.Ordinal);

    public PicardieWorldWriter(string folder)
    {
        store = PicardieStore.Open(folder);
        bulk = store.BeginBulk();
    }

    public void Add(SyntheticPatient patient)
    {
        var held = patient.Facts
            .SelectMany(fact => fact.Origins, (fact, origin) => (Fact: fact, Origin: origin))
            .Where(each => each.Origin.SourceId == PicardieSystem.Name)
            .ToList();
        if (held.Count == 0)
            return;
        var id = PatientResource.Id(patient);
        AddProfessional(patient.Attending);
        store.Put("Patient", id, PatientResource.Of(patient), Opened.AddDays(patient.Index % 1000));
        foreach (var (fact, origin) in held)
            AddFact(fact, origin, id);
    }

    public void Dispose()
    {
        bulk.Dispose();
        store.Dispose();
    }

    private void AddFact(SyntheticFact fact, SyntheticOrigin origin, string patient)
    {
        AddProfessional(fact.Author);
        var resource = FactResources.Of(fact, origin, patient);
        var type = (string)resource["resourceType"]!;
        if (!origin.LocalId.StartsWith(type + "/", StringComparison.Ordinal))
            throw new InvalidOperationException($"The world files a {fact.Kind} in Picardie under {origin.LocalId}; it is a {type}.");
        var id = origin.LocalId[(type.Length + 1)..];
        // Recorded the next hours: a source never knows a fact before it happens.
        var recorded = origin.Recorded ?? (fact.End ?? fact.Date).AddMinutes(15 + (id.Length * 7 % 45));
        if (fact.Kind is FactKind.Prescription)
            AddOnce("Medication", FactResources.MedicationId(fact), FactResources.Medication(fact), Opened);
        if (fact.Kind is FactKind.Document)
            store.Put("Binary", FactResources.BinaryId(id), DocumentResources.Binary(fact, patient), recorded);
        if (origin.Erratum is { } wrong)
            store.Put(type, id, FactResources.Of(fact with { Flag = "H" }, origin, patient, wrong), recorded);
        var standing = origin.Erratum is null && !origin.Withdrawn;
        if (origin.Withdrawn)
        {
            store.Put(type, id, resource, recorded);
            resource = FactResources.Withdrawn(FactResources.Of(fact, origin, patient));
        }
        // A mistake is seen within hours.
        store.Put(type, id, resource, standing ? recorded : recorded.AddHours(5));
    }

    private void AddProfessional(SyntheticAuthor author)
    {
        AddOnce("Practitioner", "rpps-" + author.Rpps, PatientResource.Practitioner(author), Opened);
        AddOnce("Organization", "finess-" + author.Finess, PatientResource.Organization(author), Opened);
    }

    private void AddOnce(string type, string id, JsonObject resource, DateTimeOffset recorded)
    {
        if (written.Add(type + "/" + id))
            store.Put(type, id, resource, recorded);
    }
}
