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

/// <summary>
/// The decisions made for one explanation. A handler that reads them before they were made fails, so that a forgotten behaviour opens nothing.
/// </summary>
internal sealed class ExplanationRights
{
    private AccessDecision? viewer;

    /// <summary>Why the asker gets no explanation; null when they get one.</summary>
    public AccessDecision.Refused? Refusal { get; private set; }

    /// <summary>What the reader it is about may read.</summary>
    public AccessDecision Viewer => viewer ?? throw new InvalidOperationException("No decision was made for this explanation.");

    /// <summary>What the asker may know of; null for who may know of every entry.</summary>
    public DossierAccess? Asker { get; private set; }

    internal void Make(AccessDecision.Refused? refusal, AccessDecision about, DossierAccess? asker)
    {
        if (Interlocked.CompareExchange(ref viewer, about, null) is not null)
            throw new InvalidOperationException("A request is decided on once.");
        (Refusal, Asker) = (refusal, asker);
    }
}
