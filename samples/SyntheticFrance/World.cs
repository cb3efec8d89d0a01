using DmpFederation.SyntheticFrance.Care;
using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Population;

namespace DmpFederation.SyntheticFrance;

/// <summary>The generated world: the same seed, count and reference day give the same patients, byte for byte.</summary>
public static class World
{
    /// <summary>How many patients a world can have.</summary>
    public static int Capacity => Registry.Capacity;

    /// <summary>
    /// Streams the patients in order, in constant memory. Patient i depends on the seed and the day alone: a larger world begins with the smaller.
    /// </summary>
    /// <param name="seed">Default of the demo: 2009.</param>
    /// <param name="patients">How many, up to <see cref="Capacity"/>.</param>
    /// <param name="today">Reference day: facts lie before it.</param>
    /// <param name="visibleOn">
    /// Day for which <see cref="SyntheticOrigin.Visible"/> is decided; null for <paramref name="today"/>. Nothing else depends on it, so that the
    /// truth of an older world can be told for a later day.
    /// </param>
    public static IEnumerable<SyntheticPatient> Generate(int seed, int patients, DateOnly today, DateOnly? visibleOn = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(patients);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(patients, Capacity);
        return Stream(seed, patients, new Calendar(today, visibleOn ?? today));
    }

    private static IEnumerable<SyntheticPatient> Stream(int seed, int patients, Calendar calendar)
    {
        var lives = new Lives(seed, calendar);
        for (var index = 0; index < patients; index++)
            yield return lives[index].Patient;
    }
}
