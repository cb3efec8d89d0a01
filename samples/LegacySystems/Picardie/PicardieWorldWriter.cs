using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.LegacySystems.Picardie;

/// <summary>Writes the patients and facts of a world that Picardie holds, as resources of its database.</summary>
internal sealed class PicardieWorldWriter : IWorldWriter
{
    /// <summary>Opening of the service: nothing in it was recorded before.</summary>
    private static readonly DateTimeOffset Opened = new(2004, 3, 1, 8, 0, 0, TimeSpan.FromHours(1));

    private readonly PicardieStore store;
    private readonly IDisposable bulk;
    private readonly ReferredResources referred;

    public PicardieWorldWriter(string folder)
    {
        store = PicardieStore.Open(folder);
        referred = new ReferredResources(store, new HashSet<string>(StringComparer.Ordinal).Add);
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
        referred.AddProfessional(patient.Attending, Opened);
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
        var resource = FactResources.Of(fact, origin, patient);
        var (type, id) = ReferredResources.NameOf(resource, origin);
        // Recorded the next hours: a source never knows a fact before it happens.
        var recorded = origin.Recorded ?? (fact.End ?? fact.Date).AddMinutes(15 + (id.Length * 7 % 45));
        referred.AddOf(fact, id, patient, recorded, Opened);
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
}
