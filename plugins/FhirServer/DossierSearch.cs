using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.FhirServer;

/// <summary>Reads dossiers: finds the patients, then side by side runs one search per type for all of them, or $everything for each.</summary>
internal sealed class DossierSearch(FhirEndpoint endpoint, BundlePager pager, PatientFinder finder, ServerTypes types, FhirServerSettings settings)
{
    private readonly string pageSize = settings.PageSize.ToString(CultureInfo.InvariantCulture);

    public async IAsyncEnumerable<ReadItem> ReadAsync(
        ReadRequest request, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var typesTask = settings.ReadsEverything ? null : types.GetAsync(cancellationToken);
        var found = await finder.FindAsync([.. request.Patients.Select(patient => patient.Key)], cancellationToken);
        foreach (var item in found.Items)
            yield return item;
        foreach (var record in found.Records)
            yield return Person(record, found.KeyOfRecord[record.Id!]);
        if (found.KeyOfRecord.Count == 0)
        {
            await (typesTask ?? Task.CompletedTask);
            yield break;
        }
        var run = new Run(endpoint.BaseUrl, found.KeyOfRecord);
        var calls = typesTask is null ? EverythingCalls(found) : SearchCalls(request, found, await typesTask);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var all = Parallel.ForEachAsync(
            calls,
            new ParallelOptions { MaxDegreeOfParallelism = settings.Concurrency, CancellationToken = stop.Token },
            async (call, token) => await run.DoAsync(call, pager, token));
        _ = all.ContinueWith(
            done => run.Items.Writer.TryComplete(done.Exception?.InnerException),
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default);
        try
        {
            while (await run.Items.Reader.WaitToReadAsync(cancellationToken))
            {
                while (run.Items.Reader.TryRead(out var item))
                    yield return item;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await all.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var gap in run.Gaps(found.KeyOfRecord))
            yield return gap;
    }

    /// <summary>Whom the server files the facts under: it came with the search that found the record.</summary>
    private static ReadItem Person(PatientRecord record, PatientKey key)
    {
        try
        {
            return new PatientFound(key, record.TraitsFor(key));
        }
        catch (SourceFaultException)
        {
            // The facts are still the patient's by their identifier; that nobody could check the person is said.
            return new ReadGap(FhirFaultCodes.TraitsUnreadable, key);
        }
    }

    private IEnumerable<Call> SearchCalls(ReadRequest request, FoundPatients found, (IReadOnlyList<SearchedType> Types, bool Declared) held)
    {
        var records = string.Join(',', found.KeyOfRecord.Keys.Select(id => "Patient/" + id));
        foreach (var searched in held.Types.Where(searched => FactTypes.MayYield(searched.Type, request.Categories)))
        {
            List<KeyValuePair<string, string>> parameters = [new(searched.PatientParameter, records), new("_count", pageSize)];
            if (FactTypes.NamesMedicine(searched.Type))
                parameters.Add(new("_include", searched.Type + ":medication"));
            yield return new Call(token => endpoint.SearchAsync(searched.Type, parameters, token), OptionalType: !held.Declared);
        }
    }

    private IEnumerable<Call> EverythingCalls(FoundPatients found) => found.KeyOfRecord.Keys.Select(id =>
        new Call(token => endpoint.GetAsync($"Patient/{Uri.EscapeDataString(id)}/$everything?_count={pageSize}", token), OptionalType: false));

    /// <param name="First">Asks for the first page.</param>
    /// <param name="OptionalType">The server never said that it holds this type, so its refusal means that it does not.</param>
    private sealed record Call(Func<CancellationToken, Task<FhirAnswer>> First, bool OptionalType);

    /// <summary>What the calls of one read have in common.</summary>
    private sealed class Run(Uri baseUrl, IReadOnlyDictionary<string, PatientKey> keyOfRecord)
    {
        private readonly ConcurrentDictionary<string, byte> seen = new(StringComparer.Ordinal);
        private readonly ConcurrentQueue<string> faults = new();
        private int answered;

        /// <summary>Bounded, so that a reader who is slow holds the server back and not the memory.</summary>
        public Channel<ReadItem> Items { get; } = Channel.CreateBounded<ReadItem>(new BoundedChannelOptions(1024) { SingleReader = true });

        public async Task DoAsync(Call call, BundlePager pager, CancellationToken cancellationToken)
        {
            var maker = new EntryMaker(new EntryScope(
                FiledUnder, head => FiledUnder(head) is { } key && keyOfRecord.Values.Contains(key), (_, _) => null));
            await foreach (var paged in pager.PagesAsync(call.First, cancellationToken))
            {
                if (paged.Page is { } page)
                {
                    Interlocked.Exchange(ref answered, 1);
                    await WriteAsync(maker.Page(page.Entries), cancellationToken);
                }
                if (paged.GapCode is { } code && !(paged.IsFirst && call.OptionalType && paged.Answer.IsNotSupported))
                    faults.Enqueue(code);
                else
                    Interlocked.Exchange(ref answered, 1);
            }
            await WriteAsync(maker.Rest(), cancellationToken);
        }

        /// <summary>The gaps of the read, each code once.</summary>
        /// <exception cref="SourceFaultException">Not one call was answered.</exception>
        public IEnumerable<ReadGap> Gaps(IReadOnlyDictionary<string, PatientKey> records)
        {
            if (answered == 0 && faults.TryPeek(out var first))
                throw new SourceFaultException(first);
            PatientKey? only = records.Count == 1 ? records.Values.First() : null;
            return faults.Distinct().Order(StringComparer.Ordinal).Select(code => new ReadGap(code, only));
        }

        private async ValueTask WriteAsync(IEnumerable<ReadItem> items, CancellationToken cancellationToken)
        {
            foreach (var item in items)
            {
                // A resource may come twice: on two pages when the server changed in between, or as another search's include.
                if (item is DossierEntry entry && !seen.TryAdd(entry.LocalId, 0))
                    continue;
                await Items.Writer.WriteAsync(item, cancellationToken);
            }
        }

        /// <summary>
        /// Whose a resource is by its own word, not by the search it came from: a stranger's key stays a stranger's, so that the hub's guard sees it.
        /// </summary>
        private PatientKey? FiledUnder(ResourceHead head)
        {
            if (head.SubjectReference is { Length: > 0 } reference)
            {
                if (PatientReferences.LocalId(baseUrl, reference) is { } id && keyOfRecord.TryGetValue(id, out var asked))
                    return asked;
                return reference.StartsWith('#')
                    ? ContainedResources.Patient(head.Contained, reference[1..])?.KeyAmong(keyOfRecord.Values)
                    : PatientReferences.Conditional(reference) ?? PatientReferences.Stranger(baseUrl, reference);
            }
            return head.SubjectIdentifier ?? (keyOfRecord.Count == 1 ? keyOfRecord.Values.First() : null);
        }
    }
}
