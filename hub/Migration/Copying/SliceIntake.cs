using DmpFederation.Hub.Migration.Patients;
using DmpFederation.Hub.Migration.Reading;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Migration.Copying;

/// <summary>Reads patients of a slice and has them taken over.</summary>
internal sealed class SliceIntake(ReadingLine line, CopyIntake intake)
{
    /// <returns>Patients the slice did not hold before.</returns>
    public Task<long> TakeAsync(
        SliceWork work, IntakeRight right, IAsyncEnumerable<ListedPatient> patients, SetAside aside, CancellationToken cancellationToken) =>
        intake.TakeAsync(right, line.ReadAsync(work.Source, work.Plan, patients, null, cancellationToken), aside, cancellationToken);

    /// <summary>Patients whose order means nothing.</summary>
    public static async IAsyncEnumerable<ListedPatient> Some(IReadOnlyList<PatientKey> keys)
    {
        await Task.CompletedTask;
        foreach (var key in keys)
            yield return new ListedPatient(key, "");
    }
}
