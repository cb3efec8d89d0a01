using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Text;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Migration.Patients;

/// <summary>Who of a slice's patients is held and who is not.</summary>
/// <param name="Listed">Patients listed.</param>
/// <param name="Missing">Those listed and not held.</param>
/// <param name="Unlisted">Patients held whom the list does not name (any more).</param>
internal sealed record Roll(long Listed, IReadOnlyList<PatientKey> Missing, IReadOnlyList<PatientKey> Unlisted)
{
    /// <summary>All patients of the slice.</summary>
    public long Total => Listed + Unlisted.Count;
}

/// <summary>
/// Compares the list of a slice's patients with whom the national store holds. It finds those set aside before a stop, of whom nothing is written
/// down, so that nobody is lost by going on after a checkpoint.
/// </summary>
internal sealed class RollCall(PatientLists lists, ICopyStore copies)
{
    public async Task<Roll> CallAsync(Source source, MigrationPlan plan, SliceId slice, CancellationToken cancellationToken)
    {
        // As hashes: a million keys take some 30 MB so, and several times that as text.
        var held = new HashSet<UInt128>();
        await foreach (var key in copies.ListAsync(slice, null, cancellationToken))
            held.Add(HashOf(key));
        long listed = 0;
        var missing = new List<PatientKey>();
        var named = new HashSet<UInt128>();
        await foreach (var patient in lists.ListAsync(source, plan, WaveOf(plan, slice), null, cancellationToken))
        {
            var hash = HashOf(patient.Key);
            if (!named.Add(hash))
                continue;
            listed++;
            if (!held.Contains(hash))
                missing.Add(patient.Key);
        }
        var unlisted = new List<PatientKey>();
        if (held.Count > listed - missing.Count)
        {
            await foreach (var key in copies.ListAsync(slice, null, cancellationToken))
            {
                if (!named.Contains(HashOf(key)))
                    unlisted.Add(key);
            }
        }
        return new Roll(listed, missing, unlisted);
    }

    /// <summary>Whom the source lists, then those held whom it does not: they are read too, and found unknown.</summary>
    public async IAsyncEnumerable<ListedPatient> EverybodyAsync(
        Source source, MigrationPlan plan, SliceId slice, Roll roll, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var patient in lists.ListAsync(source, plan, WaveOf(plan, slice), null, cancellationToken))
            yield return patient;
        foreach (var key in roll.Unlisted)
            yield return new ListedPatient(key, "");
    }

    public static Wave WaveOf(MigrationPlan plan, SliceId slice) => plan.Waves.First(wave => wave.Id == slice.Wave);

    private static UInt128 HashOf(PatientKey key) => XxHash128.HashToUInt128(Encoding.UTF8.GetBytes($"{key.System}\u001F{key.Value}"));
}
