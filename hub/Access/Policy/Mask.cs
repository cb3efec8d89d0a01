namespace DmpFederation.Hub.Access.Policy;

/// <summary>From whom something is hidden: the codes of TRE_A07 that the DMP uses (JDV_J08).</summary>
internal enum Visibility
{
    /// <summary>MASQUE_PS: hidden from professionals.</summary>
    MasquePs,

    /// <summary>INVISIBLE_PATIENT: not shown to the patient before the consultation d'annonce.</summary>
    InvisiblePatient,

    /// <summary>INVISIBLE_REPRESENTANTS_LEGAUX: hidden from the legal representatives of a minor.</summary>
    InvisibleRepresentantsLegaux,
}

/// <summary>The codes as sources and the wire write them.</summary>
internal static class VisibilityCodes
{
    public const string MasquePs = "MASQUE_PS";
    public const string InvisiblePatient = "INVISIBLE_PATIENT";
    public const string InvisibleRepresentantsLegaux = "INVISIBLE_REPRESENTANTS_LEGAUX";

    /// <summary>Name of the same mask in HL7 v2 (TD3.3).</summary>
    public const string InvisibleRepresentantsV2 = "INVISIBLE_REP_LEGAUX";

    /// <summary>True when one of the labels is the visibility's code, in either of its names.</summary>
    public static bool IsAmong(IReadOnlyList<string> labels, Visibility visibility)
    {
        var code = Of(visibility);
        for (var index = 0; index < labels.Count; index++)
        {
            if (labels[index] == code || (visibility == Visibility.InvisibleRepresentantsLegaux && labels[index] == InvisibleRepresentantsV2))
                return true;
        }
        return false;
    }

    public static string Of(Visibility visibility) => visibility switch
    {
        Visibility.MasquePs => MasquePs,
        Visibility.InvisiblePatient => InvisiblePatient,
        Visibility.InvisibleRepresentantsLegaux => InvisibleRepresentantsLegaux,
        _ => throw new ArgumentOutOfRangeException(nameof(visibility)),
    };
}

/// <summary>What a mask is laid on.</summary>
internal enum MaskTargetKind
{
    /// <summary>One fact, by the entry id of any of its origins.</summary>
    Entry,

    /// <summary>Every document of a type, and the facts out of it: a code, or <c>system|code</c>.</summary>
    DocumentType,

    /// <summary>Everything one professional wrote: PS_IdNat.</summary>
    Author,

    /// <summary>Everything of one stay or consultation: the entry id of the encounter.</summary>
    Episode,

    /// <summary>Everything of one dossier: the source id.</summary>
    Source,
}

/// <summary>What a mask is laid on.</summary>
internal sealed record MaskTarget(MaskTargetKind Kind, string Id);

/// <summary>One mask in force.</summary>
internal sealed record Mask
{
    public required MaskTarget Target { get; init; }

    public required Visibility Visibility { get; init; }

    /// <summary>
    /// Entry ids the mask was found to reach: of what it covers, every origin that was ever merged with it, so that it holds while the origin it was
    /// laid on is away. Ordinal order.
    /// </summary>
    public IReadOnlyList<string> Reach { get; init; } = [];

    /// <summary>
    /// True when it takes a label away instead of laying one on: the consultation d'annonce has taken place, or the patient unmasked what a source
    /// masks.
    /// </summary>
    public bool Lifts { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>Who set it.</summary>
    public required string SetBy { get; init; }
}
