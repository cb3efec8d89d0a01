using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CiSisCda.Extraction;

/// <summary>
/// Gives the facts of a document their place in the dossier: local id, business identifiers, labels of the document, and the resource as bytes.
/// </summary>
internal static class EntryMaker
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = false };

    internal static IEnumerable<DossierEntry> Make(IReadOnlyList<Fact> facts, DocumentContext context)
    {
        var places = facts.Select(PlaceOf).ToList();
        var repeated = places.CountBy(place => place).Where(count => count.Value > 1).Select(count => count.Key).ToHashSet(StringComparer.Ordinal);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var index = 0; index < facts.Count; index++)
        {
            var place = places[index];
            var time = seen[place] = seen.GetValueOrDefault(place) + 1;
            // Writers repeat ids inside a document. The order of a document never changes, so the ordinal of the repetition is stable.
            var localId = $"{context.DocumentLocalId}#{place}{(time > 1 ? $"~{time}" : "")}";
            yield return Make(facts[index], localId, isAmbiguous: repeated.Contains(place), context);
        }
    }

    internal static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> body)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            body(json);
            json.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }

    internal static void WriteMeta(Utf8JsonWriter json, string? version, IReadOnlyList<Coding> labels)
    {
        if (version is null && labels.Count == 0)
            return;
        json.WriteStartObject("meta");
        json.Text("versionId", version);
        if (labels.Count > 0)
        {
            json.WriteStartArray("security");
            foreach (var label in labels)
                json.Coding(label);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    /// <summary>One fact under a local id of the caller's.</summary>
    /// <param name="fact">The fact.</param>
    /// <param name="localId">Its local id.</param>
    /// <param name="isAmbiguous">True when its CDA id names other facts of the document too.</param>
    /// <param name="context">The document it comes from.</param>
    internal static DossierEntry Make(Fact fact, string localId, bool isAmbiguous, DocumentContext context)
    {
        // An id used for several facts identifies none of them: as a business identifier it would merge them into one.
        var identifiers = isAmbiguous || CdaId.FirstOf(fact.Source) is not { } id
            ? (IReadOnlyList<BusinessIdentifier>)[]
            : [id.ToBusinessIdentifier()];
        var subject = context.Subject ?? context.FiledUnder;
        var resource = Write(json =>
        {
            json.WriteString("resourceType", fact.ResourceType);
            WriteMeta(json, context.Version, context.Confidentiality);
            if (identifiers.Count > 0)
            {
                json.WriteStartArray("identifier");
                foreach (var identifier in identifiers)
                    json.Identifier(identifier);
                json.WriteEndArray();
            }
            json.Subject(fact.PatientProperty, subject);
            fact.Body(json);
        });
        return new DossierEntry
        {
            LocalId = localId,
            FiledUnder = context.FiledUnder,
            Category = fact.Category,
            Resource = resource,
            Version = context.Version,
            Code = fact.Code.First,
            Codings = fact.Code.Codings,
            Date = fact.Date,
            Title = fact.Title ?? fact.Code.Label ?? fact.Fallback ?? fact.ResourceType,
            Value = fact.Value,
            Author = fact.Author,
            Status = fact.Status,
            Confidentiality = [.. context.Confidentiality.Select(label => label.Code).OfType<string>()],
            Identifiers = identifiers,
            DocumentLocalId = context.DocumentLocalId,
            Subject = context.Subject,
        };
    }

    private static string PlaceOf(Fact fact) => CdaId.FirstOf(fact.Source)?.Text ?? fact.Position;
}
