using DmpFederation.Hub.Identity;

namespace DmpFederation.Hub.Access;

/// <summary>Who asks, in one of the roles the charter knows.</summary>
internal enum ActorRole
{
    Professional,
    Patient,
    Analyst,
    RegionOperator,
    NationalOperator,
    Dpo,
}

/// <summary>Why the answer is wanted (HL7 v3-ActReason TREAT, ETREAT, PATRQT; stewardship of identities and sources).</summary>
internal enum Purpose
{
    Treatment,
    Emergency,
    PatientRequest,
    Stewardship,
}

/// <summary>How the hub knows who asks (domain: direct and indirect authentication).</summary>
internal enum Authentication
{
    /// <summary>The person proved who they are: CPS, e-CPS, FranceConnect.</summary>
    Direct,

    /// <summary>A structure's certificate vouches for a user it names (AIR): good for consultation, within limits.</summary>
    Indirect,
}

/// <summary>
/// The authenticated asker, read from the token's claims once per request (contract §6, Pro Santé Connect claims). Immutable.
/// </summary>
internal sealed record Actor
{
    /// <summary>The role.</summary>
    public required ActorRole Role { get; init; }

    /// <summary>Subject: PS_IdNat of a professional (SubjectNameID), the token's <c>sub</c> otherwise.</summary>
    public required string Id { get; init; }

    /// <summary>Printable name; null when the token has none.</summary>
    public string? Name { get; init; }

    /// <summary>Profession of the chosen situation d'exercice, TRE_G15 (<c>10</c> médecin, <c>21</c> pharmacien). Null for other roles.</summary>
    public string? Profession { get; init; }

    /// <summary>Savoir-faire of the chosen situation d'exercice (<c>SM26</c>). Null when none.</summary>
    public string? Specialty { get; init; }

    /// <summary>Structure the actor acts for (SubjectOrganizationID). Null when none.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>Printable name of that structure. Null when the token has none.</summary>
    public string? OrganizationName { get; init; }

    /// <summary>How the hub knows who asks.</summary>
    public Authentication Authentication { get; init; }

    /// <summary>Subject of the structure's certificate that vouches for the user. Null unless indirect.</summary>
    public string? StructureCertificate { get; init; }

    /// <summary>True for a physician who regulates calls at a SAMU (Acces_Regulation_Medicale).</summary>
    public bool IsRegulator { get; init; }

    /// <summary>
    /// True for a connexion secrète: the minor asked that the legal representatives learn nothing of it (VIHF confidentiality-code).
    /// </summary>
    public bool IsConfidential { get; init; }

    /// <summary>
    /// Subject of the legal representative who asks in the patient's stead (claim <c>representative</c>). Null when the patient asks.
    /// </summary>
    public string? Representative { get; init; }

    /// <summary>Region of a region operator. Null for other roles.</summary>
    public string? Region { get; init; }

    /// <summary>The patient's own INS. Null for other roles.</summary>
    public Ins? PatientIns { get; init; }

    /// <summary>Studies an analyst may use. Empty for other roles.</summary>
    public IReadOnlyList<string> Studies { get; init; } = [];

    /// <summary>The portal or software that asks on the actor's behalf (<c>azp</c>). Null when the token has none.</summary>
    public string? ClientId { get; init; }
}
