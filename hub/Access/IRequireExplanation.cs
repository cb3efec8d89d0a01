using DmpFederation.Hub.Access.Rules;
using DmpFederation.Hub.Identity;

namespace DmpFederation.Hub.Access;

/// <summary>A request for an explanation: who may ask for it, and what the reader it is about may see, are decided before its handler runs.</summary>
internal interface IRequireExplanation
{
    Actor Actor { get; }

    Ins Patient { get; }

    /// <summary>The professional it is about; null for the asker's own sight.</summary>
    Actor? Viewer { get; }

    /// <summary>Where the decisions are kept for the handler.</summary>
    ExplanationRights Rights { get; }
}

/// <summary>What was decided about an explanation.</summary>
/// <param name="Refusal">Why the asker gets none; null when they get one.</param>
/// <param name="Viewer">What the reader it is about may read.</param>
/// <param name="Asker">What the asker may know of; null for who may know of every entry.</param>
internal sealed record DecidedExplanation(AccessDecision.Refused? Refusal, AccessDecision Viewer, DossierAccess? Asker)
{
    public static DecidedExplanation Refuse(AccessDecision.Refused refusal) => new(refusal, refusal, null);
}

/// <summary>The decisions made for one explanation.</summary>
internal sealed class ExplanationRights : DecidedOnce<DecidedExplanation>
{
    public AccessDecision.Refused? Refusal => Made.Refusal;

    public AccessDecision Viewer => Made.Viewer;

    public DossierAccess? Asker => Made.Asker;
}
