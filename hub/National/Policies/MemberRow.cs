using DmpFederation.Hub.Access.Policy;

namespace DmpFederation.Hub.National.Policies;

/// <summary>Whether a member of the care team is one professional or a structure.</summary>
internal enum MemberKind
{
    Professional,
    Organization,
}

/// <summary>A declared member of the équipe de soins; one row each, whether the membership holds or has ended.</summary>
internal sealed class MemberRow
{
    public Guid PersonId { get; init; }

    public MemberKind Kind { get; init; }

    /// <summary>PS_IdNat or STRUCT_IdNat.</summary>
    public required string MemberId { get; init; }

    public DateTimeOffset Since { get; set; }

    public DateTimeOffset? Until { get; set; }

    /// <exception cref="ArgumentException">The member names a professional and a structure, or neither.</exception>
    public static MemberRow Of(Guid person, CareTeamMember member) => member switch
    {
        { Professional: { } professional, Organization: null } => New(person, MemberKind.Professional, professional, member),
        { Professional: null, Organization: { } organization } => New(person, MemberKind.Organization, organization, member),
        _ => throw new ArgumentException("A member of the care team is one professional or one structure.", nameof(member)),
    };

    private static MemberRow New(Guid person, MemberKind kind, string id, CareTeamMember member) => new()
    {
        PersonId = person,
        Kind = kind,
        MemberId = id,
        Since = member.Since,
        Until = member.Until,
    };
}
