namespace DmpFederation.Hub.Audit;

/// <summary>
/// Who did it, as the chain person → organisation → portal, never the hub. In words of its own: the audit knows no other feature's types.
/// </summary>
internal sealed record AuditActor
{
    /// <summary>Nobody is known: a token that could not be believed.</summary>
    public static AuditActor Unknown { get; } = new() { Role = "UNKNOWN" };

    /// <summary>Code of the role (<c>PROFESSIONAL</c>, <c>PATIENT</c>, <c>DPO</c>, …).</summary>
    public required string Role { get; init; }

    /// <summary>Subject of the token: PS_IdNat of a professional. Null when nobody is known.</summary>
    public string? Id { get; init; }

    /// <summary>Printable name; null when the token has none.</summary>
    public string? Name { get; init; }

    /// <summary>Profession, TRE_G15; null for other roles.</summary>
    public string? Profession { get; init; }

    /// <summary>Savoir-faire; null when none.</summary>
    public string? Specialty { get; init; }

    /// <summary>Structure the person acted for; null when none.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>Its printable name; null when unknown.</summary>
    public string? OrganizationName { get; init; }

    /// <summary>Portal or software (<c>azp</c>); null when the token has none.</summary>
    public string? ClientId { get; init; }

    /// <summary><c>DIRECT</c> or <c>INDIRECT</c>; null when nobody is known.</summary>
    public string? Authentication { get; init; }

    /// <summary>Subject of the structure's certificate that vouches for the person; null unless indirect.</summary>
    public string? StructureCertificate { get; init; }

    /// <summary>Subject of the legal representative who acted in the patient's stead; null otherwise.</summary>
    public string? Representative { get; init; }

    /// <summary>Prints no name.</summary>
    public override string ToString() => $"AuditActor({Role})";
}
