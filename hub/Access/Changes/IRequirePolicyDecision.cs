using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Access.Rules;
using DmpFederation.Hub.Identity;

namespace DmpFederation.Hub.Access.Changes;

/// <summary>A request that changes a patient's policy or shows it: it is decided on before its handler runs.</summary>
internal interface IRequirePolicyDecision
{
    Actor Actor { get; }

    Ins Patient { get; }

    /// <summary>The change asked for; null for a request that only looks.</summary>
    PolicyChange? Change { get; }

    /// <summary>Emergency mode of a break-glass access asked for; null for any other request.</summary>
    EmergencyMode? Emergency => null;

    /// <summary>Where the decision is kept for the handler.</summary>
    PolicyPermission Permission { get; }
}

/// <summary>
/// The decision made for one request. A handler that reads it before it was made fails, so that a forgotten behaviour opens nothing.
/// </summary>
internal sealed class PolicyPermission
{
    private PolicyDecision? made;
    private PatientPolicy? policy;

    public PolicyDecision Decision => made ?? throw new InvalidOperationException("No policy decision was made for this request.");

    /// <summary>The policy the decision was made on.</summary>
    public PatientPolicy Policy => policy ?? throw new InvalidOperationException("No policy decision was made for this request.");

    internal void Make(PolicyDecision decision, PatientPolicy on)
    {
        if (Interlocked.CompareExchange(ref made, decision, null) is not null)
            throw new InvalidOperationException("A request is decided on once.");
        policy = on;
    }
}

/// <summary>What became of a request about a patient's policy. The family is closed.</summary>
internal abstract record PolicyResult
{
    private PolicyResult()
    {
    }

    /// <summary>The policy as it is now.</summary>
    internal sealed record Holds(Ins Patient, PatientPolicy Policy) : PolicyResult;

    /// <summary>Not carried out.</summary>
    /// <param name="Code">Contract §5.</param>
    /// <param name="RuleId">The rule.</param>
    internal sealed record Refused(string Code, string RuleId) : PolicyResult;
}
