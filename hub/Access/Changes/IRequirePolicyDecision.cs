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

/// <summary>A decision, and the policy it was made on.</summary>
internal sealed record DecidedPolicy(PolicyDecision Decision, PatientPolicy Policy);

/// <summary>The decision made for one request.</summary>
internal sealed class PolicyPermission : DecidedOnce<DecidedPolicy>
{
    public PolicyDecision Decision => Made.Decision;

    /// <summary>The policy the decision was made on.</summary>
    public PatientPolicy Policy => Made.Policy;
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
