using System.Globalization;
using System.IO.Hashing;
using System.Text;
using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Hub.Migration.Copying;
using DmpFederation.Hub.Migration.Reading;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.Migration.Verifying;
using DmpFederation.Sdk;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Migration.Steps;

/// <summary>
/// Rehearses the way back of a slice in shadow: what a reverse needs is that the legacy, asked as readers ask it, within the time they wait, says
/// what the national store holds. That is tried with some of its patients, the same each time. An order to reverse is a rehearsal too.
/// </summary>
internal sealed class Rehearsal(
    ReadingLine line, HeldComparison comparison, ICopyStore copies, IMigrationStore store, IOptions<MigrationOptions> options, TimeProvider clock)
{
    /// <returns>True when the legacy could take over, and that was written down; false when it is to be tried again.</returns>
    /// <exception cref="LegacyOutageException">The source cannot be read now.</exception>
    /// <exception cref="MigrationUnavailableException">The store cannot be used.</exception>
    /// <exception cref="MigrationConflictException">The slice was moved by somebody else.</exception>
    public async Task<bool> RunAsync(SliceWork work, CancellationToken cancellationToken)
    {
        var sample = await SampleAsync(work.Id, cancellationToken);
        var read = new List<PatientCopy>(sample.Count);
        await foreach (var one in line.ReadAsync(work.Source, work.Plan, SliceIntake.Some(sample), work.Source.Budget.Timeout, cancellationToken))
        {
            if (one.Reading is not PatientReading.Whole whole)
                return false;
            read.Add(whole.Copies[work.Id.Group]);
        }
        if ((await comparison.CompareAsync(work.Id, read, cancellationToken)).Any(static patient => patient.Differences.Count > 0))
            return false;
        var slice = (await store.FindAsync(work.Id.SourceId, cancellationToken))?.Find(work.Id);
        if (slice is not { State: MigrationState.Shadow })
            return true;
        var evidence = string.Create(CultureInfo.InvariantCulture, $"REHEARSED={sample.Count}");
        await store.MoveAsync(
            slice with { RehearsedAt = clock.GetUtcNow() }, MigrationState.Shadow, new StepNote("hub", null, evidence), cancellationToken);
        return true;
    }

    /// <summary>Those whose keys have the smallest hashes: spread over all, in one pass that keeps only the sample.</summary>
    private async Task<IReadOnlyList<PatientKey>> SampleAsync(SliceId slice, CancellationToken cancellationToken)
    {
        var chosen = new PriorityQueue<PatientKey, ulong>(Comparer<ulong>.Create(static (one, other) => other.CompareTo(one)));
        await foreach (var key in copies.ListAsync(slice, null, cancellationToken))
        {
            var hash = XxHash3.HashToUInt64(Encoding.UTF8.GetBytes($"{key.System}\u001F{key.Value}"));
            if (chosen.Count < options.Value.RehearsalPatients)
                chosen.Enqueue(key, hash);
            else
                chosen.EnqueueDequeue(key, hash);
        }
        return [.. chosen.UnorderedItems.Select(static one => one.Element)];
    }
}
