using DmpFederation.LegacySystems.Drip;
using DmpFederation.SyntheticFrance.Living;
using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.LegacySystems.Picardie;

/// <summary>The region goes on: resources are stored, stored again with another value, and marked as entered in error or deleted.</summary>
internal sealed class PicardieDoor(string folder) : ILegacyDoor
{
    public string SourceId => PicardieSystem.Name;

    public Task WriteAsync(SyntheticPatient after, WorldEvent happened, CancellationToken cancellationToken)
    {
        if (!PicardieStore.Exists(folder))
            throw new LegacyAwayException("its database is not there");
        using var store = PicardieStore.Open(folder);
        var queries = new PicardieQueries(store);
        var referred = new ReferredResources(store, name => name.Split('/') is var parts && queries.Read(parts[0], parts[1]) is null);
        var patient = PatientResource.Id(after);
        foreach (var (fact, origin) in happened.Held())
        {
            var resource = FactResources.Of(fact, origin, patient);
            var (type, id) = ReferredResources.NameOf(resource, origin);
            if (happened.Kind is WorldEventKind.Withdrawal && happened.Number % 3 == 0)
            {
                store.Delete(type, id, happened.At);
                continue;
            }

            referred.AddOf(fact, id, patient, happened.At, happened.At);
            store.Put(type, id, happened.Kind is WorldEventKind.Withdrawal ? FactResources.Withdrawn(resource) : resource, happened.At);
        }

        return Task.CompletedTask;
    }
}
