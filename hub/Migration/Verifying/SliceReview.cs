using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Hub.Migration.Copying;
using DmpFederation.Hub.Migration.Patients;
using DmpFederation.Hub.Migration.Reading;
using DmpFederation.Sdk;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Migration.Verifying;

/// <summary>Reads patients of a slice from the legacy and compares them with what is held.</summary>
internal sealed class SliceReview(
    RollCall roll, ReadingLine line, HeldComparison comparison, ICopyStore copies, IOptions<MigrationOptions> options)
{
    /// <summary>Patients looked at again. When more differ it is not the legacy that moved.</summary>
    private const int MostSuspects = 10_000;

    private static readonly CopyDifference[] Unread = [new(null, DiffFields.Unread)];

    /// <summary>All patients listed, and all held.</summary>
    /// <returns>Who differs, or could not be read, and should be looked at again.</returns>
    public async Task<IReadOnlyList<PatientKey>> EverybodyAsync(SliceWork work, Findings findings, CancellationToken cancellationToken)
    {
        var called = await roll.CallAsync(work.Source, work.Plan, work.Id, cancellationToken);
        var everybody = roll.EverybodyAsync(work.Source, work.Plan, work.Id, called, cancellationToken);
        return await ReviewAsync(work, everybody, findings, isFirst: true, isLast: false, cancellationToken);
    }

    /// <summary>Patients who differed.</summary>
    /// <returns>Who still differs; none of the last round, whose differences are findings.</returns>
    public Task<IReadOnlyList<PatientKey>> AgainAsync(
        SliceWork work, IReadOnlyList<PatientKey> suspects, Findings findings, bool isLast, CancellationToken cancellationToken) =>
        ReviewAsync(work, SliceIntake.Some(suspects), findings, isFirst: false, isLast, cancellationToken);

    private async Task<IReadOnlyList<PatientKey>> ReviewAsync(
        SliceWork work,
        IAsyncEnumerable<ListedPatient> patients,
        Findings findings,
        bool isFirst,
        bool isLast,
        CancellationToken cancellationToken)
    {
        var suspects = new List<PatientKey>();
        var batch = new List<(PatientCopy Copy, DateTimeOffset At)>();
        await foreach (var read in line.ReadAsync(work.Source, work.Plan, patients, null, cancellationToken))
        {
            if (read.Reading is PatientReading.Whole whole)
                batch.Add((whole.Copies[work.Id.Group], read.At));
            else
                Suspect(read.Patient.Key, Unread);
            if (batch.Count >= options.Value.BatchPatients)
                await CompareAsync();
        }
        await CompareAsync();
        return suspects;

        async Task CompareAsync()
        {
            if (batch.Count == 0)
                return;
            var equal = new List<PatientKey>(batch.Count);
            foreach (var compared in await comparison.CompareAsync(work.Id, [.. batch.Select(static one => one.Copy)], cancellationToken))
            {
                if (isFirst)
                    findings.Count(compared.Legacy);
                if (compared.Differences.Count == 0)
                    equal.Add(compared.Key);
                else if (findings.Explains(compared.Differences))
                    findings.Add(work.Id.SourceId, compared.Key, compared.Differences);
                else
                    Suspect(compared.Key, compared.Differences);
            }
            if (equal.Count > 0)
                await copies.ConfirmAsync(work.Id, equal, batch.Min(static one => one.At), work.Fence, cancellationToken);
            batch.Clear();
        }

        void Suspect(PatientKey key, IReadOnlyList<CopyDifference> differences)
        {
            if (isLast || suspects.Count >= MostSuspects)
                findings.Add(work.Id.SourceId, key, differences);
            else
                suspects.Add(key);
        }
    }
}
