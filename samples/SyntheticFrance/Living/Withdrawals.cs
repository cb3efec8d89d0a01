using DmpFederation.SyntheticFrance.Care;
using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Randomness;
using DmpFederation.SyntheticFrance.Terminology;

namespace DmpFederation.SyntheticFrance.Living;

/// <summary>A dossier takes back what it said of a patient, a document with all it holds. What others say stands.</summary>
internal static class Withdrawals
{
    private static readonly HashSet<string> Deletable =
    [
        DocumentTypes.BiologyReport.Code, DocumentTypes.Consultation.Code, DocumentTypes.Dispensation.Code, DocumentTypes.VaccinationNote.Code,
    ];

    /// <summary>Facts as they stand once it is taken back; none when the dossier has nothing to take back.</summary>
    /// <param name="life">The patient.</param>
    /// <param name="source">A dossier that files the patient.</param>
    /// <param name="fresh">What the dossier holds and may change, newest facts of the patient.</param>
    /// <param name="dice">Of the event.</param>
    public static IReadOnlyList<SyntheticFact> Of(LifeNow life, string source, IReadOnlyList<SyntheticFact> fresh, Dice dice)
    {
        var candidates = fresh.Where(fact => IsRetractable(life, source, fact)).ToList();
        if (candidates.Count == 0)
            return [];
        var picked = dice.Pick(candidates);
        return
        [
            .. life.Patient.Facts.Where(fact => fact.Id == picked.Id || (IsDocument(picked) && Holds(fact, picked.Id, source)))
                .Select(fact => fact with { Origins = [.. fact.Origins.Select(origin => Falls(origin) ? TakenBack(origin) : origin)] }),
        ];

        bool Falls(SyntheticOrigin origin) =>
            origin.SourceId == source && (!IsDocument(picked) || origin.DocumentFactId is null || origin.DocumentFactId == picked.Id);
    }

    /// <summary>False when a line known by its rank has others behind it, which would move up.</summary>
    internal static bool HasNoEqual(LifeNow life, SyntheticOrigin line)
    {
        var at = line.LocalId.LastIndexOf('/');
        return at < 0 || life.Happened.SelectMany(static fact => fact.Origins)
            .Count(origin => origin.SourceId == line.SourceId && origin.LocalId.StartsWith(line.LocalId[..(at + 1)], StringComparison.Ordinal)) == 1;
    }

    private static bool IsRetractable(LifeNow life, string source, SyntheticFact fact) => source switch
    {
        SourceIds.Dp => fact.Kind == FactKind.Dispensation,
        SourceIds.WebMedecin => fact.Origins.Where(origin => origin.SourceId == source).All(origin => HasNoEqual(life, origin)),
        SourceIds.FrancheComte => IsDocument(fact) && Deletable.Contains(fact.Codes[0].Code) && fact.Replaces is null
            && life.Patient.Facts.All(other => other.Replaces != fact.Id),
        SourceIds.LabosRhoneAlpes => IsDocument(fact),
        SourceIds.Picardie => fact.Kind is FactKind.LabResult or FactKind.VitalSign or FactKind.Dispensation or FactKind.Act or FactKind.Prescription,
        _ => fact.Kind is FactKind.LabResult or FactKind.VitalSign or FactKind.Visit or FactKind.Act,
    };

    private static bool IsDocument(SyntheticFact fact) => fact.Kind == FactKind.Document;

    private static bool Holds(SyntheticFact fact, string document, string source) =>
        fact.Origins.Any(origin => origin.SourceId == source && origin.DocumentFactId == document);

    private static SyntheticOrigin TakenBack(SyntheticOrigin origin) => origin with { Visible = false, Withdrawn = true };
}
