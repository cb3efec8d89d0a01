using DmpFederation.Sdk;

namespace DmpFederation.Hub.Identity;

/// <summary>Where the hub learns certified traits and linked identifiers of a person.</summary>
internal interface ICertifiedIdentities
{
    /// <summary>Finds the identity an INS belongs to. Does not fail: what cannot be asked is <see cref="CertifiedIdentity.Unavailable"/>.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<CertifiedIdentity> FindAsync(Ins ins, CancellationToken cancellationToken);
}

/// <summary>How the search for an identity ended. The téléservice answers 00 one identity, 01 none, 02 several.</summary>
internal enum IdentityFinding
{
    /// <summary>One identity.</summary>
    Found,

    /// <summary>No identity carries this INS.</summary>
    Unknown,

    /// <summary>Several identities carry it; none may be used.</summary>
    Several,

    /// <summary>Nobody could be asked, or the answer was not one.</summary>
    Unavailable,
}

/// <summary>An identity, or why there is none.</summary>
/// <param name="Finding">How the search ended.</param>
/// <param name="Traits">Certified traits with every linked identifier; not null exactly when found.</param>
internal sealed record CertifiedIdentity(IdentityFinding Finding, PatientTraits? Traits)
{
    public static readonly CertifiedIdentity Unknown = new(IdentityFinding.Unknown, null);

    public static readonly CertifiedIdentity Several = new(IdentityFinding.Several, null);

    public static readonly CertifiedIdentity Unavailable = new(IdentityFinding.Unavailable, null);

    public static CertifiedIdentity Found(PatientTraits traits) => new(IdentityFinding.Found, traits);

    /// <summary>Every other INS certified to be the same person's: what is decided under one holds under all. Local numbers are a source's own.</summary>
    public IEnumerable<PatientKey> OtherIns(Ins asked) =>
        (Traits?.Keys ?? []).Where(key => key != asked.Key && PatientKeySystems.IsIns(key.System)).Distinct();

    /// <summary>Hides the traits.</summary>
    public override string ToString() => $"CertifiedIdentity({Finding})";
}
