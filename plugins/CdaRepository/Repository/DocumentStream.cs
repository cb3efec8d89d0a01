using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CdaRepository.Repository;

/// <summary>Fetches and reads the documents of one patient, several at once, and hands each on as soon as it is read.</summary>
internal sealed class DocumentStream(StoreClient store, int concurrency)
{
    internal const string Failed = "DOCUMENT_FAILED";

    internal const string Altered = "DOCUMENT_ALTERED";

    /// <summary>True when the content is the one that was registered, as far as the index says.</summary>
    internal static bool IsRegistered(IndexedDocument line, ReadOnlyMemory<byte> file) =>
        line.Sha1 is not { } registered || registered.Equals(Convert.ToHexString(SHA1.HashData(file.Span)), StringComparison.OrdinalIgnoreCase);

    internal async IAsyncEnumerable<ReadItem> ReadAsync(
        PatientKey patient, IReadOnlyList<IndexedDocument> lines, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var places = new SemaphoreSlim(concurrency);
        var reads = lines.Where(line => line.Availability != Availability.Deleted)
            .Select(line => ReadOneAsync(patient, line, places, stop.Token))
            .ToList();
        try
        {
            await foreach (var done in Task.WhenEach(reads).WithCancellation(cancellationToken))
            {
                foreach (var item in await done)
                    yield return item;
            }
        }
        finally
        {
            // The reader may leave early: nothing of ours runs on afterwards.
            await stop.CancelAsync();
            await Task.WhenAll(reads).ContinueWith(
                static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private async Task<IReadOnlyList<ReadItem>> ReadOneAsync(
        PatientKey patient, IndexedDocument line, SemaphoreSlim places, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken);
        try
        {
            var file = await store.FetchAsync(line, cancellationToken);
            // A content that is not the one that was registered is not shown as the author's word.
            if (!IsRegistered(line, file))
                return [DocumentReader.Described(patient, line), new ReadGap(Altered, patient)];
            cancellationToken.ThrowIfCancellationRequested();
            return [.. DocumentReader.Read(patient, line, file)];
        }
        catch (SourceFaultException)
        {
            return [DocumentReader.Described(patient, line), new ReadGap(Failed, patient)];
        }
        finally
        {
            places.Release();
        }
    }
}
