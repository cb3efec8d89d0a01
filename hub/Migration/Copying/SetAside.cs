using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Migration.Reading;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Migration.Copying;

/// <summary>
/// Patients whose reading failed, or left a gap: they are read again later, further and further apart, and hold nobody up. One that fails again and
/// again is sick: still tried, but not waited for. Used by one task at a time.
/// </summary>
internal sealed class SetAside(MigrationOptions options, TimeProvider clock)
{
    private readonly Dictionary<PatientKey, Failures> failures = [];

    /// <summary>True when nobody waits to be read.</summary>
    public bool IsEmpty => failures.Count == 0;

    /// <summary>Patients who are sick.</summary>
    public int Sick => failures.Values.Count(one => one.Count >= options.SickAfter);

    /// <summary>When the next patient is due who is not sick; null when there is none.</summary>
    public DateTimeOffset? NextWaiting =>
        failures.Values.Where(one => one.Count < options.SickAfter).Select(static one => (DateTimeOffset?)one.Due).Min();

    /// <summary>Notes what came of a reading.</summary>
    /// <param name="key">The patient.</param>
    /// <param name="reading">What came of it.</param>
    /// <param name="isGapKnown">True when its gaps are those of what is held already.</param>
    /// <returns>
    /// The copies to take over; null when the patient is set aside: the reading broke, or has a gap that may be filled the next time.
    /// </returns>
    public PatientReading.Whole? Note(PatientKey key, PatientReading reading, bool isGapKnown = false)
    {
        if (reading is PatientReading.Whole whole)
        {
            var seen = failures.GetValueOrDefault(key);
            if (!whole.HasGaps || isGapKnown || seen.Gaps + 1 >= options.GapReadings)
                return whole;
            failures[key] = seen with { Gaps = seen.Gaps + 1, Due = Later(seen.Gaps) };
            return null;
        }
        var before = failures.GetValueOrDefault(key);
        failures[key] = before with { Count = before.Count + 1, Due = Later(before.Count) };
        return null;
    }

    /// <summary>Patients were taken over, durably. Not before: what broke between reading and writing is read again.</summary>
    public void Taken(IEnumerable<PatientKey> keys)
    {
        foreach (var key in keys)
            failures.Remove(key);
    }

    /// <summary>Sets a patient aside who was not read yet, to be read at once.</summary>
    public void Add(PatientKey key) => failures.TryAdd(key, new Failures(0, 0, clock.GetUtcNow()));

    /// <summary>A new reason to read a patient: what failed before does not keep it from being tried now.</summary>
    public void Again(PatientKey key) => failures[key] = failures.GetValueOrDefault(key) with { Due = clock.GetUtcNow() };

    public bool Holds(PatientKey key) => failures.ContainsKey(key);

    public IReadOnlyList<PatientKey> Due()
    {
        var now = clock.GetUtcNow();
        return [.. failures.Where(one => one.Value.Due <= now).Select(static one => one.Key)];
    }

    private DateTimeOffset Later(int times) => clock.GetUtcNow() + DoublingWait.Of(options.FirstRetry, options.LongestRetry, times);

    private readonly record struct Failures(int Count, int Gaps, DateTimeOffset Due);
}
