namespace DmpFederation.Hub.Access.Policy;

/// <summary>What a consent is about.</summary>
internal enum ConsentAction
{
    /// <summary>That there is a dossier.</summary>
    Opening,

    /// <summary>Alimentation: that professionals write into it.</summary>
    Feeding,

    /// <summary>Consultation: that professionals read it.</summary>
    Reading,
}

/// <summary>What the patient decided.</summary>
internal enum ConsentChoice
{
    Permit,
    Deny,
}

/// <summary>To whom a consent applies, from the least to the most precise.</summary>
internal enum GranteeKind
{
    /// <summary>Every professional in a situation d'exercice.</summary>
    Everyone,

    /// <summary>Every professional of one profession (TRE_G15).</summary>
    Profession,

    /// <summary>The declared équipe de soins.</summary>
    CareTeam,

    /// <summary>Every professional acting for one structure (STRUCT_IdNat).</summary>
    Organization,

    /// <summary>One professional (PS_IdNat).</summary>
    Professional,
}

/// <summary>To whom a consent applies.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Id">Profession code, STRUCT_IdNat or PS_IdNat; null for everyone and for the care team.</param>
internal sealed record Grantee(GranteeKind Kind, string? Id = null)
{
    public static Grantee Everyone { get; } = new(GranteeKind.Everyone);

    public static Grantee CareTeam { get; } = new(GranteeKind.CareTeam);
}

/// <summary>
/// One decision of a patient, as collected: one model for all dossiers, present and future (domain: consent of 2009). Never changed; a later one
/// takes its place.
/// </summary>
internal sealed record Consent
{
    /// <summary>Orders decisions of one person: the higher was recorded later.</summary>
    public required long Sequence { get; init; }

    public required ConsentAction Action { get; init; }

    public required ConsentChoice Choice { get; init; }

    public required Grantee Grantee { get; init; }

    /// <summary>Source ids it is about; empty for every dossier, present and future.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>In force from then.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>In force until then; null for no end. In 2010 an authorisation held one year.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Who collected it (PS_IdNat, or the patient's own subject).</summary>
    public required string CollectedBy { get; init; }

    /// <summary>What proves it: number of the signed form, or how it was said. Null when none was recorded.</summary>
    public string? Evidence { get; init; }

    /// <summary>In force at a moment.</summary>
    public bool HoldsAt(DateTimeOffset at) => Since <= at && (Until is not { } until || at < until);
}
