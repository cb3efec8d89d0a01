using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Plugins.CiSisCda.Extraction;
using DmpFederation.Plugins.CiSisCda.Extraction.Reimbursement;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.HistoriqueRemboursements.Lines;

/// <summary>
/// Documents of an historique des remboursements to entries, one per line. The history is a query and not a deposited document: no
/// DocumentReference is made of it, and a document without lines ("sans information") makes nothing.
/// </summary>
internal static class HistoryReader
{
    /// <summary>A file by itself, filed under the patient written in it.</summary>
    internal static IEnumerable<ReadItem> Preview(ReadOnlyMemory<byte> file) =>
        Open(file, out var fault) is { } document ? Lines(document, document.FiledUnder, null, []) : [fault!];

    /// <summary>A document the service gave and nobody could read: filed under the patient it was asked for.</summary>
    internal static IEnumerable<ReadItem> Replay(Unreadable item) => Open(item.Raw, out var fault) is { } document
        ? Lines(document, item.Patient ?? document.FiledUnder, null, [])
        : [item.Still(fault!.Code, fault.Reason)];

    /// <summary>
    /// The documents of one patient. They may overlap: what two of them say is said once, by the newest.
    /// </summary>
    /// <param name="patient">The patient asked for.</param>
    /// <param name="file">Number of the patient's file.</param>
    /// <param name="files">Documents with what to call each where it cannot be read.</param>
    internal static IEnumerable<ReadItem> Read(PatientKey patient, string file, IReadOnlyList<(string Name, ReadOnlyMemory<byte> File)> files)
    {
        var documents = new List<CdaDocument>(files.Count);
        foreach (var (name, bytes) in files)
        {
            if (Open(bytes, out var fault) is { } document)
                documents.Add(document);
            else
                yield return Filed(fault!, patient, name);
        }
        var seen = new HashSet<string>(StringComparer.Ordinal);
        // A stable sort: among documents of one moment the service's order stands.
        foreach (var document in documents.OrderByDescending(one => one.Created?.StartUtc ?? DateTime.MinValue))
        {
            // Each document says whom it is about; they need not agree, and the hub must see it when they do not.
            if (CdaTraits.Of(document) is { } traits)
                yield return new PatientFound(patient, traits);
            foreach (var entry in Lines(document, patient, file, seen))
                yield return entry;
        }
    }

    /// <summary>The only line of an extract of the journal; null when it holds another number of lines.</summary>
    internal static DossierEntry? Only(CdaDocument document, PatientKey patient, string file, int rank)
    {
        if (!ReimbursementReader.Is(document) || FactExtractor.Read(document) is not [var line])
            return null;
        return EntryMaker.Make(line, LineIds.Of(line, file, rank), isAmbiguous: false, ContextOf(document, patient));
    }

    private static IEnumerable<DossierEntry> Lines(CdaDocument document, PatientKey patient, string? file, HashSet<string> seen)
    {
        var lines = FactExtractor.Read(document);
        var ids = LineIds.Of(lines, file);
        var context = ContextOf(document, patient);
        for (var index = 0; index < lines.Count; index++)
        {
            // A derived id holds a slash, a CDA id never does: where an id was not usable it is no business identifier either.
            if (seen.Add(ids[index]))
                yield return EntryMaker.Make(lines[index], ids[index], isAmbiguous: CdaId.FirstOf(lines[index].Source)?.Text != ids[index], context);
        }
    }

    // Neither version nor creation of the document: they change with every new line, and would make one line differ between two readings.
    private static DocumentContext ContextOf(CdaDocument document, PatientKey patient) =>
        new(patient, null, document.SubjectUnder(patient), document.Confidentiality.Codings, null);

    private static CdaDocument? Open(ReadOnlyMemory<byte> file, out Unreadable? fault)
    {
        fault = null;
        if (!CdaReader.TryRead(file, out var root, out var problem))
        {
            fault = new Unreadable { Code = problem.Code, Reason = problem.Reason, Position = problem.Position, Raw = file };
            return null;
        }
        var document = new CdaDocument(root);
        if (ReimbursementReader.Is(document))
            return document;
        fault = new Unreadable
        {
            Code = "HR_NOT_A_HISTORY",
            Reason = "The document is no historique des remboursements (type REMB or model 1.2.250.1.213.1.1.1.36).",
            Raw = file,
        };
        return null;
    }

    private static Unreadable Filed(Unreadable fault, PatientKey patient, string name) => new()
    {
        Code = fault.Code,
        Reason = fault.Reason,
        Position = fault.Position is null ? $"document {name}" : $"document {name}, {fault.Position}",
        Raw = fault.Raw,
        Patient = patient,
        LocalId = name,
    };
}
