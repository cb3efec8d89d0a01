using DmpFederation.Hub.Access.Policy;
using DmpFederation.Sdk;

namespace DmpFederation.TestKit;

/// <summary>One policy for whoever is asked about. Changes are refused: tests of changes use the real store.</summary>
internal sealed class FixedPolicies(PatientPolicy policy) : IPolicyStore
{
    public ValueTask<PatientPolicy> FindAsync(PatientKey key, CancellationToken cancellationToken) => ValueTask.FromResult(policy);

    public Task<PatientPolicy> ApplyAsync(IReadOnlyList<PatientKey> keys, PolicyChange change, string by, CancellationToken cancellationToken) =>
        throw new NotSupportedException("This policy is fixed; a test of changes uses the real store.");
}
