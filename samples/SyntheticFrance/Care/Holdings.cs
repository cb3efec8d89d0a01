using DmpFederation.SyntheticFrance.Population;
using DmpFederation.SyntheticFrance.Randomness;

namespace DmpFederation.SyntheticFrance.Care;

/// <summary>Which sources know a patient; at least one does.</summary>
internal sealed record Holdings(bool Dp, bool FrancheComte, bool Picardie)
{
    public static Holdings Everywhere { get; } = new(true, true, true);

    /// <summary>
    /// The region one lives in knows one nearly always, the other one often: people move, and hospitals treat neighbours. About 50 million
    /// French of 66 had a dossier pharmaceutique in its best years.
    /// </summary>
    public static Holdings Draw(Dice dice, string region)
    {
        var dp = dice.Chance(0.78);
        var first = dice.Chance(0.93);
        var second = dice.Chance(0.45);
        var homeIsFrancheComte = region == Regions.FrancheComte || (region == Regions.RhoneAlpes && dice.Chance(0.5));
        var franche = homeIsFrancheComte ? first : second;
        var picardie = homeIsFrancheComte ? second : first;
        return dp || franche || picardie ? new Holdings(dp, franche, picardie) : new Holdings(true, false, false);
    }

    /// <summary>The sources that hold dispensations of the patient.</summary>
    public IReadOnlyList<string> OfDispensations =>
    [
        .. Dp ? [SourceIds.Dp] : Array.Empty<string>(),
        .. FrancheComte ? [SourceIds.FrancheComte] : Array.Empty<string>(),
        .. Picardie ? [SourceIds.Picardie] : Array.Empty<string>(),
    ];

    public bool AnyRegion => FrancheComte || Picardie;
}
