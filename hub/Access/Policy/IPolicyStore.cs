using DmpFederation.Sdk;

namespace DmpFederation.Hub.Access.Policy;

/// <summary>Where policies are kept. A change is seen by the next <see cref="FindAsync"/> on every node.</summary>
internal interface IPolicyStore
{
    /// <summary>The policy of the person an identifier is linked to; <see cref="PatientPolicy.None"/> when it is linked to nobody.</summary>
    /// <exception cref="PolicyUnavailableException">The store cannot be used: nothing may be shown.</exception>
    ValueTask<PatientPolicy> FindAsync(PatientKey key, CancellationToken cancellationToken);

    /// <summary>
    /// Applies a change in one transaction and gives the policy after it. A person nobody knew yet is made, and every key is linked to that person.
    /// </summary>
    /// <param name="keys">Certified identifiers of the person, the one asked under first. One or more.</param>
    /// <param name="change">The change.</param>
    /// <param name="by">Who changes it (PS_IdNat or subject).</param>
    /// <param name="cancellationToken">Gives the change up.</param>
    /// <exception cref="PolicyConflictException">The keys are linked to different persons, or the change does not fit the state.</exception>
    /// <exception cref="PolicyUnavailableException">The store cannot be used; nothing was changed.</exception>
    Task<PatientPolicy> ApplyAsync(IReadOnlyList<PatientKey> keys, PolicyChange change, string by, CancellationToken cancellationToken);
}

/// <summary>The policy store cannot be used.</summary>
/// <param name="code">Stable code of the fault (<c>BUSY</c>, <c>READ_ONLY</c>, <c>DISK_FULL</c>, …).</param>
internal sealed class PolicyUnavailableException(string code) : Exception("The policy store cannot be used.")
{
    public string Code { get; } = code;
}

/// <summary>A change that cannot be made as things stand.</summary>
/// <param name="rule">Stable code of the reason.</param>
internal sealed class PolicyConflictException(string rule) : Exception("The change does not fit the state of the policy.")
{
    /// <summary>The identifiers are linked to different persons: an identity steward has to decide first.</summary>
    public const string LinkedToOthers = "IDENTITY_LINKED_TO_OTHERS";

    /// <summary>Only an open dossier can be closed.</summary>
    public const string NotOpen = "NOT_OPEN";

    /// <summary>The mask would reach more entries than can be kept; leaving some out would show them.</summary>
    public const string ReachFull = "MASK_REACH_FULL";

    public string Rule { get; } = rule;
}
