using DmpFederation.Sdk;

namespace DmpFederation.Hub.Migration.Verifying;

/// <summary>Compares two versions of one fact: each property of the envelope, and the resource. Pure.</summary>
internal static class EntryDiff
{
    /// <summary>Names of what differs; empty when nothing does.</summary>
    public static IReadOnlyList<string> Between(DossierEntry legacy, DossierEntry national)
    {
        List<string>? fields = null;
        Note(legacy.FiledUnder == national.FiledUnder, DiffFields.FiledUnder);
        Note(legacy.Category == national.Category, DiffFields.Category);
        Note(legacy.Version == national.Version, DiffFields.Version);
        Note(legacy.Code == national.Code, DiffFields.Code);
        Note(legacy.Codings.SequenceEqual(national.Codings), DiffFields.Codings);
        Note(legacy.Date == national.Date, DiffFields.Date);
        Note(legacy.Title == national.Title, DiffFields.Title);
        Note(legacy.Value == national.Value, DiffFields.Value);
        Note(legacy.Author == national.Author, DiffFields.Author);
        Note(legacy.Status == national.Status, DiffFields.Status);
        Note(legacy.Confidentiality.SequenceEqual(national.Confidentiality, StringComparer.Ordinal), DiffFields.Confidentiality);
        Note(legacy.Identifiers.SequenceEqual(national.Identifiers), DiffFields.Identifiers);
        Note(legacy.Recorded == national.Recorded, DiffFields.Recorded);
        Note(legacy.DocumentLocalId == national.DocumentLocalId, DiffFields.Document);
        Note(legacy.EncounterLocalId == national.EncounterLocalId, DiffFields.Encounter);
        Note(legacy.Subject == national.Subject, DiffFields.Subject);
        if (!legacy.Resource.Span.SequenceEqual(national.Resource.Span))
            (fields ??= []).AddRange(ResourceDiff.Between(legacy.Resource, national.Resource));
        return fields ?? (IReadOnlyList<string>)[];

        void Note(bool same, string field)
        {
            if (!same)
                (fields ??= []).Add(field);
        }
    }
}
