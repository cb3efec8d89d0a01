using System.Runtime.CompilerServices;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Migration.Patients;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.Migration.Throttle;
using DmpFederation.Sdk;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Migration.Reading;

/// <summary>One patient of a list, read.</summary>
/// <param name="Patient">The patient.</param>
/// <param name="Reading">What came of it.</param>
/// <param name="At">When the reading began: what the source changed since may be missing from it.</param>
internal sealed record PatientRead(ListedPatient Patient, PatientReading Reading, DateTimeOffset At);

/// <summary>
/// Reads patients one after another, some at the same time as the source's throttle allows, and gives them back in the order of the list. Failures
/// are told only when the next patient could be read, or the list ended: when too many fail in a row it is the source, and nobody is sick.
/// </summary>
internal sealed class ReadingLine(
    PatientReader reader, LegacyThrottles throttles, MigrationMetrics metrics, IOptions<MigrationOptions> options, TimeProvider clock)
{
    /// <param name="source">The source.</param>
    /// <param name="plan">How categories are grouped.</param>
    /// <param name="patients">Whom to read.</param>
    /// <param name="deadline">Longest reading of one patient; null for the migration's own.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="LegacyOutageException">The source cannot be read now.</exception>
    public async IAsyncEnumerable<PatientRead> ReadAsync(
        Source source,
        MigrationPlan plan,
        IAsyncEnumerable<ListedPatient> patients,
        TimeSpan? deadline,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var throttle = throttles.Of(source.Id);
        var read = (PatientKey key) => reader.ReadAsync(source, key, plan, deadline, stop.Token);
        var window = new Queue<Task<PatientRead>>();
        var failed = new List<PatientRead>();
        try
        {
            await using var list = patients.GetAsyncEnumerator(stop.Token);
            for (var more = true; ;)
            {
                while (more && window.Count < throttle.AtOnce * 2)
                {
                    if (more = await list.MoveNextAsync())
                        window.Enqueue(ReadOneAsync(throttle, source.Id, list.Current, read, stop.Token));
                }
                if (!window.TryDequeue(out var first))
                    break;
                var one = await first;
                if (one.Reading is PatientReading.Broken broken)
                {
                    failed.Add(one);
                    if (broken.IsOutage || failed.Count >= options.Value.OutageAfter)
                        throw new LegacyOutageException(broken.Code);
                    continue;
                }
                foreach (var earlier in failed)
                    yield return earlier;
                failed.Clear();
                yield return one;
            }
            foreach (var last in failed)
                yield return last;
        }
        finally
        {
            // Nobody waits for these any more, but each gives its turn back.
            await stop.CancelAsync();
            await ((Task)Task.WhenAll(window)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<PatientRead> ReadOneAsync(
        LegacyThrottle throttle,
        string sourceId,
        ListedPatient patient,
        Func<PatientKey, Task<PatientReading>> read,
        CancellationToken cancellationToken)
    {
        await throttle.EnterAsync(cancellationToken);
        TimeSpan? took = null;
        try
        {
            var (at, started) = (clock.GetUtcNow(), clock.GetTimestamp());
            var reading = await read(patient.Key);
            took = clock.GetElapsedTime(started);
            metrics.Read(sourceId, (reading as PatientReading.Broken)?.Code);
            return new PatientRead(patient, reading, at);
        }
        finally
        {
            throttle.Leave(took);
        }
    }
}
