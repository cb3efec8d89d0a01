using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.Plugins.Tests.World;

/// <summary>A world generated once for the rules that must hold of any.</summary>
public sealed class WorldFixture
{
    public static readonly DateOnly Today = new(2026, 3, 17);

    public IReadOnlyList<SyntheticPatient> Patients { get; } = [.. SyntheticFrance.World.Generate(2009, 1_500, Today)];

    /// <summary>The same people with what befell themselves and stands: no other person's facts, nothing recorded by mistake.</summary>
    public IReadOnlyList<SyntheticPatient> Lives => lives ??= [.. Patients.Select(patient => patient with
    {
        Facts = [.. patient.Facts.Where(fact => !fact.OfAnother && fact.Origins.Any(origin => !origin.Withdrawn))],
    })];

    private IReadOnlyList<SyntheticPatient>? lives;

    internal IEnumerable<SyntheticFact> Facts => Patients.SelectMany(patient => patient.Facts);
}
