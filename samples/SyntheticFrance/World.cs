using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.SyntheticFrance;

/// <summary>The generated world: the same seed, count and reference day give the same patients, byte for byte.</summary>
public static class World
{
    /// <summary>Streams the patients in order, in constant memory.</summary>
    /// <param name="seed">Default of the demo: 2009.</param>
    /// <param name="patients">How many.</param>
    /// <param name="today">Reference day: facts lie before it.</param>
    public static IEnumerable<SyntheticPatient> Generate(int seed, int patients, DateOnly today) => throw new NotSupportedException();
}
