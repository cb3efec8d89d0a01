using DmpFederation.Sdk;

namespace DmpFederation.TestKit.Migration;

/// <summary>Facts with one thing changed, the rest as it was.</summary>
internal static class Altered
{
    public static DossierEntry With(
        this DossierEntry fact,
        FhirDate? date = null,
        IReadOnlyList<string>? labels = null,
        string? title = null,
        string? version = null,
        string? status = null,
        EntryAuthor? author = null,
        string? document = null,
        ReadOnlyMemory<byte>? resource = null) => new()
        {
            LocalId = fact.LocalId,
            FiledUnder = fact.FiledUnder,
            Category = fact.Category,
            Resource = resource ?? fact.Resource.ToArray(),
            Version = version ?? fact.Version,
            Code = fact.Code,
            Codings = fact.Codings,
            Date = date ?? fact.Date,
            Title = title ?? fact.Title,
            Value = fact.Value,
            Author = author ?? fact.Author,
            Status = status ?? fact.Status,
            Confidentiality = labels ?? fact.Confidentiality,
            Identifiers = fact.Identifiers,
            Recorded = fact.Recorded,
            DocumentLocalId = document ?? fact.DocumentLocalId,
            EncounterLocalId = fact.EncounterLocalId,
            Subject = fact.Subject,
        };

    /// <summary>The same bytes but for one.</summary>
    public static ReadOnlyMemory<byte> OneByte(ReadOnlyMemory<byte> bytes)
    {
        var changed = bytes.ToArray();
        changed[changed.Length / 2] ^= 1;
        return changed;
    }
}
