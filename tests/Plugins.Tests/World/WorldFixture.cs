using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.Plugins.Tests.World;

/// <summary>A world generated once for the rules that must hold of any.</summary>
public sealed class WorldFixture
{
    public static readonly DateOnly Today = new(2026, 3, 17);

    public IReadOnlyList<SyntheticPatient> Patients { get; } = [.. SyntheticFrance.World.Generate(2009, 1_500, Today)];

    internal IEnumerable<SyntheticFact> Facts => Patients.SelectMany(patient => patient.Facts);
}
