using DmpFederation.Hub.Identity;

namespace DmpFederation.Hub.Access.Policy;

/// <summary>Whether a person's dossier may be used.</summary>
internal enum DossierState
{
    /// <summary>Nobody has opened it.</summary>
    NeverOpened,

    /// <summary>In use.</summary>
    Open,

    /// <summary>Closed: unusable at once, kept ten years, may be opened again with a new consent.</summary>
    Closed,
}

/// <summary>
/// All a person decided about the own dossier, at one moment: what the decision function needs, and nothing else. Immutable.
/// </summary>
internal sealed record PatientPolicy
{
    /// <summary>Of somebody the hub holds nothing about: nothing is open, nothing is permitted.</summary>
    public static PatientPolicy None { get; } = new();

    /// <summary>The person; null when the hub holds nothing about them.</summary>
    public PersonId? Person { get; init; }

    /// <summary>Grows with every change of this person's policy or links; 0 when the hub holds nothing.</summary>
    public long Epoch { get; init; }

    public DossierState State { get; init; }

    /// <summary>Last change of <see cref="State"/>; null when never opened.</summary>
    public DateTimeOffset? StateSince { get; init; }

    /// <summary>Every consent and refusal, withdrawn and ended ones included, in the order of recording.</summary>
    public IReadOnlyList<Consent> Consents { get; init; } = [];

    /// <summary>PS_IdNat of professionals who never get in (TD0.2), with or without a later oral consent.</summary>
    public IReadOnlyList<string> Blocked { get; init; } = [];

    /// <summary>Médecin traitant: PS_IdNat. Null when none is declared.</summary>
    public string? AttendingPhysician { get; init; }

    /// <summary>Declared members of the équipe de soins (CSP L1110-12).</summary>
    public IReadOnlyList<CareTeamMember> CareTeam { get; init; } = [];

    /// <summary>The patient opposed to break-glass by a professional in their presence (EX_1.1-1050).</summary>
    public bool OpposesBreakGlass { get; init; }

    /// <summary>The patient opposed to access by medical regulation, the SAMU centre 15 (EX_1.1-1050).</summary>
    public bool OpposesRegulation { get; init; }

    /// <summary>Masks in force.</summary>
    public IReadOnlyList<Mask> Masks { get; init; } = [];

    /// <summary>Break-glass tickets that had not ended when this was read.</summary>
    public IReadOnlyList<BreakGlassTicket> Tickets { get; init; } = [];

    /// <summary>Prints the epoch only.</summary>
    public override string ToString() => $"PatientPolicy({Epoch})";
}

/// <summary>A declared member of the équipe de soins: a professional or a whole structure.</summary>
/// <param name="Professional">PS_IdNat; null when a structure is meant.</param>
/// <param name="Organization">STRUCT_IdNat; null when a professional is meant.</param>
/// <param name="Since">From then.</param>
/// <param name="Until">Until then; null for no end.</param>
internal sealed record CareTeamMember(string? Professional, string? Organization, DateTimeOffset Since, DateTimeOffset? Until);
