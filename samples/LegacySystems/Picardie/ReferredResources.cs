using System.Text.Json.Nodes;
using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.LegacySystems.Picardie;

/// <summary>What a fact of the world refers to, stored before the fact: who did it and where, the medicine, the pages of a document.</summary>
/// <param name="store">The database.</param>
/// <param name="isNew">True for a resource, by <c>Type/id</c>, that is not stored yet; asked once for each.</param>
internal sealed class ReferredResources(PicardieStore store, Func<string, bool> isNew)
{
    /// <summary>Type and logical id of a fact's resource.</summary>
    /// <exception cref="InvalidOperationException">The world names another type than the fact's.</exception>
    internal static (string Type, string Id) NameOf(JsonObject resource, SyntheticOrigin origin)
    {
        var type = (string)resource["resourceType"]!;
        return origin.LocalId.StartsWith(type + "/", StringComparison.Ordinal)
            ? (type, origin.LocalId[(type.Length + 1)..])
            : throw new InvalidOperationException($"The world files a {type} in Picardie under {origin.LocalId}.");
    }

    /// <param name="fact">The fact.</param>
    /// <param name="id">Logical id of its resource.</param>
    /// <param name="patient">Logical id of the patient.</param>
    /// <param name="recorded">When the fact is recorded.</param>
    /// <param name="known">Since when the region knows its professionals and medicines.</param>
    internal void AddOf(SyntheticFact fact, string id, string patient, DateTimeOffset recorded, DateTimeOffset known)
    {
        AddProfessional(fact.Author, known);
        if (fact.Kind is FactKind.Prescription)
            AddOnce("Medication", FactResources.MedicationId(fact), FactResources.Medication(fact), known);
        if (fact.Kind is FactKind.Document)
            store.Put("Binary", FactResources.BinaryId(id), DocumentResources.Binary(fact, patient), recorded);
    }

    internal void AddProfessional(SyntheticAuthor author, DateTimeOffset known)
    {
        AddOnce("Practitioner", "rpps-" + author.Rpps, PatientResource.Practitioner(author), known);
        AddOnce("Organization", "finess-" + author.Finess, PatientResource.Organization(author), known);
    }

    private void AddOnce(string type, string id, JsonObject resource, DateTimeOffset recorded)
    {
        if (isNew(type + "/" + id))
            store.Put(type, id, resource, recorded);
    }
}
