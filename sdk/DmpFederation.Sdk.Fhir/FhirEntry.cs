using System.Runtime.Loader;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;

namespace DmpFederation.Sdk.Fhir;

/// <summary>Makes entries from resources of Hl7.Fhir.R4, for connectors that build or parse them anyway. Thread-safe.</summary>
public static class FhirEntry
{
    /// <summary>
    /// Serialises the resource and fills the envelope from its object model, by the rules of
    /// <see cref="DossierEntry.FromJson(ReadOnlyMemory{byte}, EntryContext)"/> but without that reader: the two are checked against each other.
    /// Costs about ten times as much as <c>FromJson</c>; who has JSON already uses that. The entry keeps neither the resource nor a part of it.
    /// </summary>
    /// <param name="resource">The resource. Not kept; must not change during the call.</param>
    /// <param name="context">What the resource does not say.</param>
    /// <exception cref="EntryFormatException">Code <c>NO_ID</c>: the resource has no id and the context no local id.</exception>
    public static DossierEntry FromResource(Resource resource, EntryContext context)
    {
        ArgumentNullException.ThrowIfNull(resource);
        var facts = Facts.Of(resource);
        return new DossierEntry
        {
            LocalId = LocalId(resource, context),
            FiledUnder = context.FiledUnder,
            DocumentLocalId = context.DocumentLocalId,
            Category = facts.Category,
            Resource = Serialize(resource),
            Version = Texts.Stated(resource.Meta?.VersionId),
            Code = facts.Main.Chosen(),
            Codings = facts.Main.Codings,
            Date = facts.Date,
            Title = facts.Title ?? resource.TypeName,
            Value = facts.Value,
            Author = facts.Author,
            Status = facts.Status,
            Confidentiality = Labels.Of(resource, context.Confidentiality),
            Identifiers = Identities.Of(resource),
            Recorded = resource.Meta?.LastUpdated?.ToUniversalTime(),
            Subject = Identities.Subject(resource),
            EncounterLocalId = Encounters.LocalIdOf(resource),
        };
    }

    private static string LocalId(Resource resource, EntryContext context)
    {
        if (!string.IsNullOrEmpty(context.LocalId))
            return context.LocalId;
        return string.IsNullOrEmpty(resource.Id)
            ? throw new EntryFormatException("NO_ID", "The resource has no id, and the connector gave the entry no local id.")
            : $"{resource.TypeName}/{resource.Id}";
    }

    private static byte[] Serialize(Resource resource)
    {
        // Inside a plug-in Hl7's ModelInspector looks for its own assemblies in the default load context and does not find them there.
        using var scope = AssemblyLoadContext.GetLoadContext(typeof(FhirEntry).Assembly)?.EnterContextualReflection();
        return Lazy.Serializer.SerializeToBytes(resource);
    }

    // Apart, so that the serializer is made inside the scope above.
    private static class Lazy
    {
        internal static readonly FhirJsonSerializer Serializer = new();
    }
}
