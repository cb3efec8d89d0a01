using System.Runtime.CompilerServices;
using DmpFederation.Hub.Migration;
using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Hub.Migration.Leases;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Tests.Migration.Serving;

/// <summary>Stands at the border of the national store for reading: holds what a test put there, fails or hangs as the test says.</summary>
internal sealed class StoredCopies : ICopyStore
{
    private readonly Dictionary<PatientKey, HeldPatient> held = [];

    public string? Fault { get; set; }

    public bool Hangs { get; set; }

    public int Reads { get; private set; }

    /// <summary>Puts facts of one patient into every group of a plan they belong to.</summary>
    public StoredCopies Put(MigrationPlan plan, PatientCopy copy, DateTimeOffset confirmedAt)
    {
        held[copy.Key] = new HeldPatient(copy.Key, plan.WaveOf(copy.Key).Id, plan.Groups.ToDictionary(
            static group => group.Id,
            group => new HeldCopy(
                copy with { Entries = [.. copy.Entries.Where(entry => group.Categories.Contains(entry.Category))] }, confirmedAt)));
        return this;
    }

    public Task<IReadOnlyList<HeldPatient>> ReadAsync(string sourceId, IReadOnlyList<PatientKey> keys, CancellationToken cancellationToken)
    {
        Reads++;
        if (Hangs)
            return new TaskCompletionSource<IReadOnlyList<HeldPatient>>().Task;
        return Fault is { } code
            ? Task.FromException<IReadOnlyList<HeldPatient>>(new MigrationUnavailableException(code))
            : Task.FromResult<IReadOnlyList<HeldPatient>>([.. keys.Where(held.ContainsKey).Select(key => held[key])]);
    }

    public Task<TakenOver> TakeOverAsync(CopyBatch batch, CancellationToken cancellationToken) => throw Unread();

    public Task ConfirmAsync(SliceId slice, IReadOnlyList<PatientKey> keys, DateTimeOffset at, Fence fence, CancellationToken cancellationToken) =>
        throw Unread();

    public Task<SliceCounts> CountAsync(SliceId slice, CancellationToken cancellationToken) => throw Unread();

    public async IAsyncEnumerable<PatientKey> ListAsync(
        SliceId slice, PatientKey? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var key in held.Keys)
            yield return key;
    }

    public Task<ContentCopy?> OpenContentAsync(string sourceId, PatientKey key, string localId, CancellationToken cancellationToken) => throw Unread();

    public Task<IReadOnlyList<HeldVersion>> HistoryAsync(string sourceId, PatientKey key, string localId, CancellationToken cancellationToken) =>
        throw Unread();

    private static InvalidOperationException Unread() => new("Serving only reads.");
}
