using System.Diagnostics;
using DmpFederation.Hub.Access.Policy;

namespace DmpFederation.Hub.National.Persons;

/// <summary>Stable codes of what was done to a person's policy or links.</summary>
internal static class ChangeKinds
{
    public const string Attending = "ATTENDING";
    public const string Block = "BLOCK";
    public const string BreakGlass = "BREAK_GLASS";
    public const string BreakGlassEnd = "BREAK_GLASS_END";
    public const string CareTeam = "CARE_TEAM";
    public const string Close = "CLOSE";
    public const string Consent = "CONSENT";
    public const string Destroy = "DESTROY";
    public const string Import = "IMPORT";
    public const string Link = "LINK";
    public const string Mask = "MASK";
    public const string MaskReach = "MASK_REACH";
    public const string Open = "OPEN";
    public const string Oppose = "OPPOSE";
    public const string Unblock = "UNBLOCK";
    public const string Unlink = "UNLINK";
    public const string Unmask = "UNMASK";

    public static string Of(PolicyChange change) => change switch
    {
        PolicyChange.Open => Open,
        PolicyChange.Close => Close,
        PolicyChange.Record => Consent,
        PolicyChange.Block { Blocked: true } => Block,
        PolicyChange.Block => Unblock,
        PolicyChange.DeclareAttending => Attending,
        PolicyChange.DeclareMember => CareTeam,
        PolicyChange.Oppose => Oppose,
        PolicyChange.SetMask => Mask,
        PolicyChange.RemoveMask => Unmask,
        PolicyChange.Extend => MaskReach,
        PolicyChange.OpenTicket => BreakGlass,
        PolicyChange.EndTicket => BreakGlassEnd,
        _ => throw new UnreachableException(),
    };
}
