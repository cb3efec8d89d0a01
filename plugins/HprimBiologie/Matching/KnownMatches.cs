using System.Collections.Concurrent;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.HprimBiologie.Matching;

/// <summary>
/// Who was found by certified traits of late, so that a document just listed can be opened by its key alone. Bounded; thread-safe.
/// </summary>
internal sealed class KnownMatches
{
    private const int Most = 5_000;

    private readonly ConcurrentDictionary<PatientKey, IReadOnlyList<long>> patients = new();

    public void Keep(PatientKey key, IReadOnlyList<long> found)
    {
        if (patients.Count >= Most)
            patients.Clear();
        patients[key] = found;
    }

    /// <summary>Rows of the index; null when the key was not asked about of late.</summary>
    public IReadOnlyList<long>? Find(PatientKey key) => patients.GetValueOrDefault(key);
}
