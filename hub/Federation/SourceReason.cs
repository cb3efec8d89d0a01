using DmpFederation.Sdk;

namespace DmpFederation.Hub.Federation;

/// <summary>Stable codes of <see cref="SourceAnswer.Reason"/> the federation itself gives. Never reused or renamed.</summary>
internal static class SourceReason
{
    /// <summary>The source holds none of the categories asked for: nothing is missing.</summary>
    public const string CategoryNotHeld = "CATEGORY_NOT_HELD";

    /// <summary>The query names other sources.</summary>
    public const string Filtered = "FILTERED";

    /// <summary>The query selects no entry.</summary>
    public const string NoEntrySelected = "NO_ENTRY_SELECTED";

    /// <summary>Time ran out.</summary>
    public const string Deadline = "DEADLINE";

    /// <summary>The call broke: a fault of the hub or of the plug-in.</summary>
    public const string Fault = "FAULT";

    /// <summary>It gave data filed under a key it was not asked for; nothing of it is shown.</summary>
    public const string WrongPatient = SourceFaultCodes.WrongPatient;

    /// <summary>It holds something of this patient that nobody could read.</summary>
    public const string Unreadable = "UNREADABLE";

    /// <summary>It files this patient, or a document of this patient, under the traits of somebody else: kept out of this dossier.</summary>
    public const string TraitsMismatch = "TRAITS_MISMATCH";

    /// <summary>
    /// The sources disagree on who this patient is, and neither a certified identity nor a majority of them decides. Shown, with that doubt.
    /// </summary>
    public const string TraitsDisputed = "TRAITS_DISPUTED";
}
