using DmpFederation.Sdk;

namespace DmpFederation.Hub.Access.Policy.Import;

/// <summary>What a region's existing register says one person decided. What it does not say is null or empty, and changes nothing.</summary>
internal sealed record RegisteredPerson
{
    /// <summary>Identifiers of the person. One or more.</summary>
    public required IReadOnlyList<PatientKey> Keys { get; init; }

    public required DossierState State { get; init; }

    /// <summary>Since when the state holds.</summary>
    public required DateTimeOffset StateSince { get; init; }

    /// <summary>In the order of recording; <see cref="Consent.Sequence"/> is given by the store.</summary>
    public IReadOnlyList<Consent> Consents { get; init; } = [];

    public IReadOnlyList<string> Blocked { get; init; } = [];

    public string? AttendingPhysician { get; init; }

    public IReadOnlyList<CareTeamMember> CareTeam { get; init; } = [];

    public bool OpposesBreakGlass { get; init; }

    public bool OpposesRegulation { get; init; }

    public IReadOnlyList<Mask> Masks { get; init; } = [];

    /// <summary>Prints nothing about the person.</summary>
    public override string ToString() => nameof(RegisteredPerson);
}
