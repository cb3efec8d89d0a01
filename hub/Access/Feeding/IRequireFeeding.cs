using DmpFederation.Hub.Access.Rules;
using DmpFederation.Hub.Identity;

namespace DmpFederation.Hub.Access.Feeding;

/// <summary>A request that writes into a patient's dossier: it is decided on before its handler runs.</summary>
internal interface IRequireFeeding
{
    Actor Actor { get; }

    Ins Patient { get; }

    /// <summary>Where the right is kept for the handler.</summary>
    Feeding Feeding { get; }
}

/// <summary>The right that one request has.</summary>
internal sealed class Feeding : DecidedOnce<FeedingRight>
{
    public FeedingRight Right => Made;
}

/// <summary>What somebody may write into, dossier by dossier. Immutable.</summary>
internal sealed class FeedingRight(DossierQuestion question)
{
    /// <summary>Whether one dossier may be fed: the same question always has the same answer.</summary>
    public PolicyDecision Of(string sourceId) => FeedingRules.Decide(question, sourceId);
}
