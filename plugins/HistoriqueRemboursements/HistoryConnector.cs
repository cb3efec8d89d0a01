using System.Globalization;
using System.Runtime.CompilerServices;
using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Plugins.CiSisCda.Http;
using DmpFederation.Plugins.HistoriqueRemboursements.Lines;
using DmpFederation.Plugins.HistoriqueRemboursements.Service;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.HistoriqueRemboursements;

/// <summary>One service of reimbursement histories.</summary>
internal sealed class HistoryConnector(HistoryService service, int concurrency)
    : ISourceConnector, IIdentityLookup, IPatientDirectory, IChangeFeed
{
    internal const string HistoryFailed = "HISTORY_FAILED";

    internal const string DocumentFailed = "DOCUMENT_FAILED";

    private const int PatientsPerPage = 1_000;
    private const int ChangesPerPage = 500;

    private static readonly EntryCategory[] Held =
        [EntryCategory.Medication, EntryCategory.Immunization, EntryCategory.Reimbursement, EntryCategory.Encounter, EntryCategory.Procedure];

    public async ValueTask ProbeAsync(CancellationToken cancellationToken) => await service.ProbeAsync(cancellationToken);

    public async IAsyncEnumerable<ReadItem> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var isWanted = request.Categories.Count == 0 || request.Categories.Any(Held.Contains);
        SourceFaultException? last = null;
        var answered = 0;
        foreach (var patient in request.Patients.Select(query => query.Key))
        {
            var (history, fault) = await FindAsync(patient, cancellationToken);
            if (fault is not null)
            {
                last = fault;
                // Alone, the patient's history is the whole source; among others, it is a gap of this patient.
                if (request.Patients.Count == 1)
                    break;
                yield return new ReadGap(HistoryFailed, patient);
                continue;
            }
            answered++;
            if (history is null)
            {
                yield return new PatientUnknown(patient);
                continue;
            }
            if (!isWanted)
                continue;
            var files = await FetchAsync(patient, history, cancellationToken);
            var received = files.Where(file => file.Bytes is not null).Select(file => (file.Name, file.Bytes!.Value));
            foreach (var item in HistoryReader.Read(patient, history.File, [.. received]))
                yield return item;
            foreach (var _ in files.Where(file => file.Bytes is null))
                yield return new ReadGap(DocumentFailed, patient);
        }
        if (last is not null && answered == 0)
            throw new SourceFaultException(last.Code);
    }

    public async IAsyncEnumerable<PatientTraits> FindTraitsAsync(PatientKey key, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The history holds no traits of its own: those of the first document that is about this patient are the service's word.
        foreach (var name in (await service.FindAsync(key, cancellationToken))?.Documents ?? [])
        {
            var file = await service.FetchAsync(key, name, cancellationToken);
            if (!CdaReader.TryRead(file, out var root, out _) || new CdaDocument(root) is not { } document
                || document.SubjectUnder(key) != key || CdaTraits.Of(document) is not { } traits)
                continue;
            yield return traits;
            yield break;
        }
    }

    public async IAsyncEnumerable<PatientKey> ListPatientsAsync(
        PatientPartition partition, PatientKey? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = after?.Value ?? "";
        for (var page = PatientsPerPage; page == PatientsPerPage;)
        {
            var patients = await service.ListAsync(last, PatientsPerPage, cancellationToken);
            page = patients.Count;
            foreach (var patient in patients)
            {
                // A service that goes back would make this loop for ever.
                if (string.CompareOrdinal(patient.Value, last) <= 0)
                    throw new SourceFaultException(SourceFaultCodes.BadAnswer);
                last = patient.Value;
                if (partition.Contains(patient))
                    yield return patient;
            }
        }
    }

    public async ValueTask<string> CurrentCursorAsync(CancellationToken cancellationToken) =>
        (await service.ChangesAsync(long.MaxValue, 1, cancellationToken)).Last.ToString(CultureInfo.InvariantCulture);

    public async IAsyncEnumerable<SourceChange> ReadChangesAsync(string? cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = 0L;
        if (cursor is not null && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out after))
            throw new SourceFaultException(SourceFaultCodes.CursorExpired);
        var journal = SourceJournal.FollowAsync(after, (number, stop) => service.ChangesAsync(number, ChangesPerPage, stop), cancellationToken);
        await foreach (var (number, change) in journal)
            yield return ChangeReader.Read(number, change);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<(HistoryList? History, SourceFaultException? Fault)> FindAsync(PatientKey patient, CancellationToken cancellationToken)
    {
        try
        {
            return (await service.FindAsync(patient, cancellationToken), null);
        }
        catch (SourceFaultException fault)
        {
            return (null, fault);
        }
    }

    /// <summary>Every document, a few at once, in the service's order; no bytes where one could not be had.</summary>
    private async Task<(string Name, ReadOnlyMemory<byte>? Bytes)[]> FetchAsync(
        PatientKey patient, HistoryList history, CancellationToken cancellationToken)
    {
        var files = new (string Name, ReadOnlyMemory<byte>? Bytes)[history.Documents.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, files.Length, options, async (index, stop) =>
        {
            var name = history.Documents[index];
            try
            {
                files[index] = (name, await service.FetchAsync(patient, name, stop));
            }
            catch (SourceFaultException)
            {
                files[index] = (name, null);
            }
        });
        return files;
    }
}
