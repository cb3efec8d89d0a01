using System.Collections.Concurrent;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Identity;
using DmpFederation.Sdk;

namespace DmpFederation.TestKit;

/// <summary>
/// Policies for tests about other things: every dossier is open and everybody in a situation d'exercice may read it. Changes are refused: tests of
/// changes use the real store.
/// </summary>
internal sealed class OpenPolicies : IPolicyStore
{
    private static readonly Consent Reading = new()
    {
        Sequence = 1,
        Action = ConsentAction.Reading,
        Choice = ConsentChoice.Permit,
        Grantee = Grantee.Everyone,
        Since = DateTimeOffset.UnixEpoch,
        CollectedBy = "test",
    };

    private readonly ConcurrentDictionary<PatientKey, PatientPolicy> policies = new();

    public ValueTask<PatientPolicy> FindAsync(PatientKey key, CancellationToken cancellationToken) =>
        ValueTask.FromResult(policies.GetOrAdd(key, static _ => new PatientPolicy
        {
            Person = new PersonId(Guid.NewGuid()),
            Epoch = 1,
            State = DossierState.Open,
            StateSince = DateTimeOffset.UnixEpoch,
            Consents = [Reading],
        }));

    public Task<PatientPolicy> ApplyAsync(IReadOnlyList<PatientKey> keys, PolicyChange change, string by, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Every dossier is open here; a test of changes uses the real store.");
}
