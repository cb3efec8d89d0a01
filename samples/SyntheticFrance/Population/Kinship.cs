using DmpFederation.SyntheticFrance.Randomness;

namespace DmpFederation.SyntheticFrance.Population;

/// <summary>How a patient relates to the one before in the world, where identities are to be confused.</summary>
internal enum Kin
{
    /// <summary>Strangers.</summary>
    None,

    /// <summary>Born together: birth name, date and place are the same.</summary>
    Twin,

    /// <summary>Born on one day under one name, elsewhere.</summary>
    Homonym,

    /// <summary>A child whose card is the parent's.</summary>
    Child,
}

/// <summary>
/// Pairs of neighbours in the world. Every second patient may be the kin of the one before, which seed and index alone decide: the earlier one
/// knows of it whether or not the world goes on. The first two patients are nobody's kin, so that the demo's patient is free of traps.
/// </summary>
internal static class Kinship
{
    private const ulong Salt = 0x5DEECE66DUL;

    /// <summary>What the patient is to the one before.</summary>
    public static Kin Of(int seed, int index)
    {
        if (index < 3 || index % 2 == 0)
            return Kin.None;
        return (Dice.Mix(Dice.Mix((ulong)seed + Salt) ^ (ulong)index) % 100) switch
        {
            < 4 => Kin.Twin,
            < 8 => Kin.Homonym,
            < 12 => Kin.Child,
            _ => Kin.None,
        };
    }

    /// <summary>What the next patient is to this one.</summary>
    public static Kin OfNext(int seed, int index) => Of(seed, index + 1);

    /// <summary>Given names of twins whose first ten letters are the same, which is all the INS-C of 2009 reads of them.</summary>
    public static readonly IReadOnlyList<(string Sex, string First, string Second)> AlikeNames =
    [
        ("F", "Marie-Amélie", "Marie-Amélia"), ("F", "Anne-Sophie", "Anne-Sophie-Rose"), ("F", "Marie-Madeleine", "Marie-Madelon"),
        ("M", "François-Xavier", "François-Xandre"), ("M", "Jean-François", "Jean-François-Régis"), ("M", "Marc-Antoine", "Marc-Antonin"),
    ];
}
