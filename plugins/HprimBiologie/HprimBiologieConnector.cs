using System.Runtime.CompilerServices;
using DmpFederation.Plugins.HprimBiologie.Extraction;
using DmpFederation.Plugins.HprimBiologie.Folder;
using DmpFederation.Plugins.HprimBiologie.Hprim;
using DmpFederation.Plugins.HprimBiologie.Index;
using DmpFederation.Plugins.HprimBiologie.Matching;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.HprimBiologie;

/// <summary>
/// One drop folder. Patients are found by certified traits; the laboratories' own keys (<see cref="LocalIds.PatientSystem"/>) find what stands under
/// them, no traits needed.
/// </summary>
internal sealed class HprimBiologieConnector(FolderFollower follower, UnassignedNews news)
    : ISourceConnector, IDocumentContent, IIdentityLookup, IPatientDirectory, IChangeFeed, IMappingReport, IItemReplay
{
    /// <summary>Files are found by traits, and the hub gave none that are certified.</summary>
    internal const string TraitsMissing = "CERTIFIED_TRAITS_MISSING";

    /// <summary>Files may be this person's or a namesake's: they are shown to nobody.</summary>
    internal const string PatientAmbiguous = "PATIENT_AMBIGUOUS";

    /// <summary>Parts of the folder cannot be read so far as to tell whose they are.</summary>
    internal const string UnassignedReports = "UNASSIGNED_REPORTS";

    private const int KeysPerPage = 1_000;

    private readonly KnownMatches matches = new();

    public async ValueTask ProbeAsync(CancellationToken cancellationToken)
    {
        var (index, _) = await follower.OpenAsync(cancellationToken);
        index.Dispose();
        await RequireThroughAsync(cancellationToken);
    }

    public async IAsyncEnumerable<ReadItem> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var building = !await follower.IsSoonThroughAsync(cancellationToken);
        var (index, codes) = await follower.OpenAsync(cancellationToken);
        using var _ = index;
        using var entries = new ReportEntries(codes);
        if (index.Newest is { } newest)
            yield return new SourceAsOf(newest);
        if (building)
            yield return new ReadGap(FolderFollower.Building);
        var anybodys = index.HoldsAnybodys;
        if (anybodys)
            yield return new ReadGap(UnassignedReports);
        foreach (var part in anybodys ? news.Due(index) : [])
            yield return part.Told();
        foreach (var query in request.Patients)
        {
            var isLocal = query.Key.System == LocalIds.PatientSystem;
            var person = isLocal ? null : AskedPerson.Of(query);
            if (!isLocal && person is null)
            {
                yield return new ReadGap(TraitsMissing, query.Key);
                continue;
            }
            // A key of the laboratories stands for traits that are not known here: what names somebody may be of any of them.
            var unused = person is null ? [] : index.Naming(person);
            var lacks = unused.Count > 0 || (isLocal && index.HoldsUnassigned);
            if (lacks)
                yield return new ReadGap(UnassignedReports, query.Key);
            foreach (var part in unused)
                yield return part.Told(query.Key);
            var match = person is null ? new PatientMatch(index.Under(query.Key), false) : PatientMatch.Of(person, index.Candidates(person));
            if (!isLocal)
                matches.Keep(query.Key, [.. match.Patients.Select(static patient => patient.Id)]);
            if (match.Withheld || (person is not null && index.HoldsUndated(person)))
                yield return new ReadGap(PatientAmbiguous, query.Key);
            else if (match.Patients.Count == 0 && !building && !anybodys && !lacks)
                yield return new PatientUnknown(query.Key);
            foreach (var patient in match.Patients)
            {
                var reports = index.Reports(patient.Id);
                if (reports.Count > 0)
                    yield return new PatientFound(query.Key, FileTraits.Of(Newest(reports), query.Key));
                foreach (var item in Items(reports, entries, query.Key, request.Categories))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return item;
                }
            }
        }
    }

    public async ValueTask<DocumentContent?> OpenContentAsync(PatientKey patient, string localId, CancellationToken cancellationToken)
    {
        await RequireThroughAsync(cancellationToken);
        var (index, _) = await follower.OpenAsync(cancellationToken);
        using (index)
        {
            if (LocalIds.ParseReport(localId) is not var (sender, number)
                || index.Find(sender, number) is not var (stored, owner)
                || ReportEntries.IsWithdrawn(stored.Report))
                return null;
            var known = matches.Find(patient);
            if (known?.Contains(owner) is not true && !KeyOwners.Of(index, patient).Contains(owner))
            {
                // A key alone does not tell whose a file without a number is: saying that it is gone would be a guess.
                return known is not null || KeyOwners.Exclude(index, patient, owner) ? null : throw new SourceFaultException(TraitsMissing);
            }
            var text = ReportText.Of(stored.Report);
            return new DocumentContent(ReportText.ContentType, new MemoryStream(text, writable: false)) { Length = text.Length };
        }
    }

    public async IAsyncEnumerable<PatientTraits> FindTraitsAsync(PatientKey key, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await RequireThroughAsync(cancellationToken);
        var (index, _) = await follower.OpenAsync(cancellationToken);
        using var closing = index;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var patient in KeyOwners.Of(index, key))
        {
            if (index.Reports(patient) is not { Count: > 0 } reports)
                continue;
            var header = Newest(reports);
            if (seen.Add(FileTraits.Fingerprint(header)))
                yield return FileTraits.Of(header, key);
        }
    }

    public async IAsyncEnumerable<PatientKey> ListPatientsAsync(
        PatientPartition partition, PatientKey? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await follower.ThroughAsync(cancellationToken);
        var (index, _) = await follower.OpenAsync(cancellationToken);
        using var closing = index;
        var (sender, code, number) = after is { } last && LocalIds.Parse(last) is { } parts ? parts : ("", null, null);
        var from = (sender, code ?? "", number ?? "");
        for (var rows = KeysPerPage; rows == KeysPerPage;)
        {
            var page = index.Keys(from, KeysPerPage);
            rows = page.Count;
            foreach (var key in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                from = key;
                var named = LocalIds.Patient(key.Sender, key.Code, key.Number);
                if (partition.Contains(named))
                    yield return named;
            }
        }
    }

    public async ValueTask<string> CurrentCursorAsync(CancellationToken cancellationToken)
    {
        await follower.ThroughAsync(cancellationToken);
        var (index, _) = await follower.OpenAsync(cancellationToken);
        using (index)
            return HprimChanges.Now(index);
    }

    public async IAsyncEnumerable<SourceChange> ReadChangesAsync(string? cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await follower.ThroughAsync(cancellationToken);
        var (index, codes) = await follower.OpenAsync(cancellationToken);
        using var closing = index;
        await foreach (var change in HprimChanges.ReadAsync(index, codes, cursor, cancellationToken))
            yield return change;
    }

    public async IAsyncEnumerable<UnmappedCode> ListUnmappedAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await RequireThroughAsync(cancellationToken);
        var (index, _) = await follower.OpenAsync(cancellationToken);
        using var closing = index;
        foreach (var line in index.Unmapped())
            yield return new UnmappedCode(LocalIds.CodeSystem(line.Sender), line.Code, line.Times) { Label = line.Label, Unit = line.Unit };
    }

    public async IAsyncEnumerable<ReadItem> ReplayAsync(Unreadable item, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        // The report a line stands in may only be taken by the first look.
        if (LocalIds.ParseReport(item.LocalId) is var (sender, number) && !await IsKnownAsync(sender, number, cancellationToken))
            await RequireThroughAsync(cancellationToken);
        var (index, codes) = await follower.OpenIndexAsync(cancellationToken);
        using var closing = index;
        using var entries = new ReportEntries(codes);
        foreach (var read in ItemReplay.Read(item, index, entries))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return read;
        }
    }

    public ValueTask DisposeAsync() => follower.DisposeAsync();

    /// <summary>Until the folder was gone through once, what is not found may still be there.</summary>
    private async ValueTask RequireThroughAsync(CancellationToken cancellationToken)
    {
        if (!await follower.IsSoonThroughAsync(cancellationToken))
            throw new SourceFaultException(FolderFollower.Building);
    }

    private async ValueTask<bool> IsKnownAsync(string sender, string number, CancellationToken cancellationToken)
    {
        var (index, _) = await follower.OpenIndexAsync(cancellationToken);
        using (index)
            return index.Find(sender, number) is not null;
    }

    /// <summary>The newest file is the laboratory's latest word on who somebody is.</summary>
    private static HprimHeader Newest(IReadOnlyList<StoredReport> reports) => reports.MaxBy(static stored => stored.Changed)!.Report.Header;

    private static IEnumerable<ReadItem> Items(
        IReadOnlyList<StoredReport> reports, ReportEntries entries, PatientKey key, IReadOnlyList<EntryCategory> categories)
    {
        var wanted = categories.Count == 0 || categories.Contains(EntryCategory.LabResult) || categories.Contains(EntryCategory.Document);
        foreach (var stored in wanted ? reports : [])
        {
            foreach (var entry in entries.Make(stored.Report, key, stored.Changed))
            {
                if (categories.Count == 0 || categories.Contains(entry.Category))
                    yield return entry;
            }
            var id = LocalIds.Report(stored.Report.Header.Sender, stored.Report.Header.FileNumber);
            foreach (HprimProblem problem in stored.Report.Problems)
                yield return problem.At(FilePosition.Of(stored.File), key, id);
        }
    }
}
