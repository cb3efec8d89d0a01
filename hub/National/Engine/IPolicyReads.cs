using DmpFederation.Hub.Access.Policy;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.National.Engine;

/// <summary>The reading of policies on the path of every request, as fast as an engine allows.</summary>
internal interface IPolicyReads
{
    /// <summary>
    /// The policy as it is at the time of the call: a change committed before the call, by whomever, is in it. Faults are the engine's own.
    /// </summary>
    ValueTask<PatientPolicy> FindAsync(PatientKey key, CancellationToken cancellationToken);
}
