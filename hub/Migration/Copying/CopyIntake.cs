using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Hub.Migration.Leases;
using DmpFederation.Hub.Migration.Reading;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Sdk;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Migration.Copying;

/// <summary>What an intake writes under.</summary>
/// <param name="Slice">The slice.</param>
/// <param name="Fence">The right to write it.</param>
/// <param name="Checkpoints">True for a first copy: the place reached is made durable with the facts.</param>
internal readonly record struct IntakeRight(SliceId Slice, Fence Fence, bool Checkpoints);

/// <summary>Has readings of a slice taken over by the national store, batch by batch.</summary>
internal sealed class CopyIntake(ICopyStore copies, MigrationMetrics metrics, IOptions<MigrationOptions> options, TimeProvider clock)
{
    /// <param name="right">Slice and right.</param>
    /// <param name="reads">The readings, in order.</param>
    /// <param name="aside">Where failures are noted.</param>
    /// <param name="cancellationToken">Stops; what is not in a durable batch is read again.</param>
    /// <returns>Patients the slice did not hold before.</returns>
    /// <exception cref="FencedOffException">Another node has the right now.</exception>
    /// <exception cref="MigrationUnavailableException">The store cannot be used.</exception>
    public async Task<long> TakeAsync(
        IntakeRight right, IAsyncEnumerable<PatientRead> reads, SetAside aside, CancellationToken cancellationToken)
    {
        long fresh = 0;
        var (batch, written) = (new Batch(clock), new Batch(clock));
        var writing = Task.FromResult(0L);
        try
        {
            await foreach (var read in reads.WithCancellation(cancellationToken))
            {
                var key = read.Patient.Key;
                if (batch.Holds(key))
                    await NextAsync();
                if (aside.Note(key, read.Reading, await IsGapKnownAsync(right.Slice, read, cancellationToken)) is { } whole)
                    batch.Add(whole.Copies[right.Slice.Group], read.At);
                batch.Position = read.Patient.Position;
                if (batch.IsFull(options.Value))
                    await NextAsync();
            }
            await NextAsync();
            await WrittenAsync();
            return fresh;
        }
        finally
        {
            // Whatever broke the reading: nobody writes under this right any more once this has ended.
            await ((Task)writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        // The next patients are read while a batch is written; one batch at a time is, for their places must become durable in order.
        async Task NextAsync()
        {
            await WrittenAsync();
            (written, batch) = (batch, new Batch(clock));
            writing = WriteAsync(right, written, cancellationToken);
        }

        async Task WrittenAsync()
        {
            fresh += await writing;
            aside.Taken(written.Copies.Select(static copy => copy.Key));
        }
    }

    /// <summary>A gap that is part of what is held is no reason to read again; seldom asked, for gaps are seldom.</summary>
    private async Task<bool> IsGapKnownAsync(SliceId slice, PatientRead read, CancellationToken cancellationToken)
    {
        if (read.Reading is not PatientReading.Whole { HasGaps: true } whole)
            return false;
        var held = await copies.ReadAsync(slice.SourceId, [read.Patient.Key], cancellationToken);
        return held is [var patient] && patient.Groups.TryGetValue(slice.Group, out var copy)
            && copy.Copy.Gaps.SequenceEqual(whole.Copies[slice.Group].Gaps, StringComparer.Ordinal);
    }

    private async Task<long> WriteAsync(IntakeRight right, Batch batch, CancellationToken cancellationToken)
    {
        var checkpoint = right.Checkpoints ? batch.Position : null;
        if (batch.Copies.Count == 0 && checkpoint is null)
            return 0;
        var taken = await copies.TakeOverAsync(
            new CopyBatch(right.Slice, batch.Copies, right.Fence, batch.At) { Checkpoint = checkpoint }, cancellationToken);
        metrics.TookOver(right.Slice.SourceId, taken);
        return taken.Patients;
    }

    private sealed class Batch(TimeProvider clock)
    {
        private readonly HashSet<PatientKey> keys = [];
        private long started;
        private long bytes;

        public List<PatientCopy> Copies { get; } = [];

        /// <summary>Where the copy goes on; null when nothing was read since the last batch.</summary>
        public string? Position { get; set; }

        /// <summary>When the first of them was read.</summary>
        public DateTimeOffset At { get; private set; } = clock.GetUtcNow();

        public bool Holds(PatientKey key) => keys.Contains(key);

        public void Add(PatientCopy copy, DateTimeOffset at)
        {
            if (Copies.Count == 0)
                started = clock.GetTimestamp();
            if (Copies.Count == 0 || at < At)
                At = at;
            keys.Add(copy.Key);
            Copies.Add(copy);
            bytes += copy.Entries.Sum(static entry => (long)entry.Resource.Length) + copy.Contents.Values.Sum(static one => (long)one.Bytes.Length);
        }

        public bool IsFull(MigrationOptions options) => Copies.Count > 0
            && (Copies.Count >= options.BatchPatients || bytes >= options.BatchBytes || clock.GetElapsedTime(started) >= options.BatchAge);
    }
}
