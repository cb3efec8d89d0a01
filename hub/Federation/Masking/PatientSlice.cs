using DmpFederation.Sdk;

namespace DmpFederation.Hub.Federation.Masking;

/// <summary>What one source gave of one patient, before policy and the comparison of traits.</summary>
internal readonly record struct PatientSlice
{
    public required string SourceId { get; init; }

    /// <summary>In any order; several versions of one local id may stand in it.</summary>
    public IReadOnlyList<DossierEntry> Entries { get; init; }

    /// <summary>Whom the source says it files them under.</summary>
    public IReadOnlyList<PatientFound> Found { get; init; }

    /// <summary>What nobody could read, of this patient or of nobody knows whom.</summary>
    public IReadOnlyList<Unreadable> Unreadable { get; init; }

    /// <summary>False when it was read only to learn what must be hidden: the query leaves the source out.</summary>
    public bool IsShown { get; init; }

    /// <summary>True when nothing of this patient is missing from it.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Which of it the national store gave.</summary>
    public NationalShare Nationally { get; init; }

    /// <summary>Nothing: the source was not read about this patient.</summary>
    public static PatientSlice Nothing(string sourceId, bool isShown) =>
        new() { SourceId = sourceId, Entries = [], Found = [], Unreadable = [], IsShown = isShown };
}

/// <summary>What is left of a slice for one reader.</summary>
/// <param name="Screen">What the comparison of traits lets through.</param>
/// <param name="IsEmpty">True when no entry is left.</param>
/// <param name="HasUnreadable">True when something is left that nobody could read.</param>
internal readonly record struct VisibleSlice(SourceScreen Screen, bool IsEmpty, bool HasUnreadable);
