using DmpFederation.Sdk;

namespace DmpFederation.Plugins.FhirServer;

/// <summary>Envelopes that say more than their own resource does. The bytes stay as the server sent them.</summary>
internal static class EntryCopy
{
    /// <summary>The fact with the code of the medicine it refers to.</summary>
    public static DossierEntry WithMedicine(DossierEntry entry, DossierEntry medicine) => medicine.Code is null
        ? entry
        : Copy(entry, entry.Category, medicine.Code, medicine.Codings, medicine.Title);

    /// <summary>
    /// A Composition as a document: it is the head of a FHIR document (IPS, FR Core), what a DocumentReference is for one in another format.
    /// </summary>
    public static DossierEntry AsDocument(DossierEntry entry) => Copy(entry, EntryCategory.Document, entry.Code, entry.Codings, entry.Title);

    private static DossierEntry Copy(DossierEntry entry, EntryCategory category, Coding? code, IReadOnlyList<Coding> codings, string title) => new()
    {
        LocalId = entry.LocalId,
        FiledUnder = entry.FiledUnder,
        Category = category,
        Resource = entry.Resource,
        Version = entry.Version,
        Code = code,
        Codings = codings,
        Date = entry.Date,
        Title = title,
        Value = entry.Value,
        Author = entry.Author,
        Status = entry.Status,
        Confidentiality = entry.Confidentiality,
        Identifiers = entry.Identifiers,
        Recorded = entry.Recorded,
        DocumentLocalId = entry.DocumentLocalId,
        Subject = entry.Subject,
        EncounterLocalId = entry.EncounterLocalId,
    };
}
