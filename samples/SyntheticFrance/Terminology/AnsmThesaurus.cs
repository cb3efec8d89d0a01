namespace DmpFederation.SyntheticFrance.Terminology;

/// <summary>Levels of the ANSM thesaurus, gravest first; written as the thesaurus writes them.</summary>
public static class InteractionLevels
{
    public const string Contraindication = "CONTRE-INDICATION";
    public const string NotAdvised = "ASSOCIATION DECONSEILLEE";
    public const string Precaution = "PRECAUTION D'EMPLOI";
    public const string ToBeConsidered = "A PRENDRE EN COMPTE";

    /// <summary>Gravest first.</summary>
    public static IReadOnlyList<string> All { get; } = [Contraindication, NotAdvised, Precaution, ToBeConsidered];
}

/// <summary>
/// The interactions among the medicines of the world: every pair of the domain notes' table, and those of the public thesaurus (ANSM, August 2016)
/// that the world's other medicines have with each other. By ATC prefix; the gravest of several rules counts.
/// </summary>
public static class AnsmThesaurus
{
    private static readonly (string Level, string One, string[] Others)[] Rules =
    [
        (InteractionLevels.Contraindication, "B01AA", ["A01AB09", "D01AC02", "G01AF04"]),
        (InteractionLevels.Contraindication, "M04AC01", ["J01FA", "J01FG01"]),
        (InteractionLevels.Contraindication, "C10AA01", ["J02AC02", "J01FA09"]),
        (InteractionLevels.Contraindication, "L01BA01", ["J01EA01", "J01EE01"]),
        (InteractionLevels.Contraindication, "L04AX03", ["J01EA01", "J01EE01"]),
        (InteractionLevels.Contraindication, "L04AX01", ["M04AA01", "M04AA03"]),
        (InteractionLevels.Contraindication, "A03FA03", ["C01BD01", "C07AA07", "N05AA06", "N05BB01", "J02AC01"]),
        (InteractionLevels.Contraindication, "N02CA", ["J01FA"]),
        (InteractionLevels.Contraindication, "C01DA", ["G04BE"]),
        (InteractionLevels.Contraindication, "C10AA07", ["L04AD01"]),
        (InteractionLevels.Contraindication, "A10BB", ["A01AB09"]),
        (InteractionLevels.Contraindication, "A10BA02", ["V08A"]),
        (InteractionLevels.NotAdvised, "M01A", ["N05AN01", "B01AA"]),
        (InteractionLevels.NotAdvised, "C09AA", ["A12BA"]),
        (InteractionLevels.Precaution, "C01BD01", ["C01AA05", "C10AA01", "C07"]),
        (InteractionLevels.Precaution, "C07", ["A10A", "A10BB", "A03FA03", "N05BB01"]),
        (InteractionLevels.Precaution, "C09AA", ["A10A", "A10BB", "C03B", "C03C", "M01A"]),
        (InteractionLevels.Precaution, "M01A", ["C03"]),
        (InteractionLevels.Precaution, "R03AC", ["A10A", "A10BB"]),
        (InteractionLevels.Precaution, "C08CA01", ["C10AA01"]),
        (InteractionLevels.Precaution, "C08", ["J01FA09"]),
        (InteractionLevels.Precaution, "C01AA05", ["C03B", "C03C"]),
        (InteractionLevels.Precaution, "C03B", ["A03FA03", "N05BB01", "C01BD01"]),
        (InteractionLevels.Precaution, "B01AA", ["C10AA", "J01FA", "N02BE01", "H03AA", "L04AX01"]),
        (InteractionLevels.ToBeConsidered, "C07", ["C08CA", "C01AA05", "M01A"]),
        (InteractionLevels.ToBeConsidered, "A10BH", ["C09AA"]),
        (InteractionLevels.ToBeConsidered, "C01DA", ["C03", "C07", "C08", "C09"]),
        (InteractionLevels.ToBeConsidered, "G04BE", ["C03", "C07", "C08", "C09"]),
    ];

    /// <summary>Level of two medicines taken together; null when the table knows nothing against it.</summary>
    /// <param name="one">ATC, level 5.</param>
    /// <param name="other">ATC, level 5.</param>
    public static string? LevelOf(string one, string other)
    {
        foreach (var (level, first, seconds) in Rules)
        {
            if (Concerns(first, seconds, one, other) || Concerns(first, seconds, other, one))
                return level;
        }

        return null;
    }

    // Spiramycin is the one macrolide that inhibits no enzyme.
    private static bool Concerns(string first, string[] seconds, string one, string other) =>
        one.StartsWith(first, StringComparison.Ordinal) && other != "J01FA02"
        && seconds.Any(second => other.StartsWith(second, StringComparison.Ordinal));
}
