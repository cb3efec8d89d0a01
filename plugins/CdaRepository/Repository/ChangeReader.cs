using System.Xml.Linq;
using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Plugins.CiSisCda.Http;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CdaRepository.Repository;

/// <summary>What happened to a document, as the registry's journal tells it.</summary>
/// <param name="Patient">Whose it is filed as.</param>
/// <param name="UniqueId">The document.</param>
/// <param name="Event">See <see cref="DocumentEvents"/>.</param>
/// <param name="Line">Its index line as it stands now; null when it is deleted now.</param>
internal sealed record DocumentChange(PatientKey Patient, string UniqueId, string Event, IndexedDocument? Line);

/// <summary>Words of the journal.</summary>
internal static class DocumentEvents
{
    /// <summary>A document was registered.</summary>
    internal const string Registered = "registered";

    /// <summary>A new version took its place (RPLC): what it said is said, corrected, by that version.</summary>
    internal const string Replaced = "replaced";

    /// <summary>Its metadata changed: confidentiality, archiving.</summary>
    internal const string Updated = "updated";

    /// <summary>Its author deleted it.</summary>
    internal const string Deleted = "deleted";
}

/// <summary>Reads the journal. Its format is described in the README of this plug-in.</summary>
internal static class ChangeReader
{
    private static readonly JournalWords Words = new(IndexReader.Ns + "change", "number", "first", "last", "until");

    /// <exception cref="SourceFaultException">The answer is no journal.</exception>
    internal static JournalPage Page(ReadOnlyMemory<byte> answer)
    {
        if (!HardenedXml.TryRead(answer, IndexReader.MaxBytes, out var root, out _) || root.Name != IndexReader.Ns + "changes")
            throw new SourceFaultException(SourceFaultCodes.BadAnswer);
        return JournalPage.Of(root, Words);
    }

    /// <summary>Null when the change names no patient, no document, or no event known here.</summary>
    internal static DocumentChange? Read(XElement change)
    {
        if (PatientOf(change.Attr("patientId")) is not { } patient || change.Attr("uniqueId") is not { } uniqueId
            || change.Attr("event") is not (DocumentEvents.Registered or DocumentEvents.Replaced or DocumentEvents.Updated or DocumentEvents.Deleted))
            return null;
        var line = change.Element(IndexReader.Ns + "document") is { } document ? IndexReader.Line(document) : null;
        return line is null || line.UniqueId == uniqueId
            ? new DocumentChange(patient, uniqueId, change.Attr("event")!, line is { Availability: Availability.Deleted } ? null : line)
            : null;
    }

    // value^^^&oid&ISO^type
    private static PatientKey? PatientOf(string? patientId) =>
        patientId?.Split("^^^", 2) is [{ Length: > 0 } value, var authority] && authority.Split('&') is [_, { Length: > 0 } oid, ..]
            ? new PatientKey($"urn:oid:{oid}", value)
            : null;
}
