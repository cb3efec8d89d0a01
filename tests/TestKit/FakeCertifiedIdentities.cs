using System.Collections.Concurrent;
using DmpFederation.Hub.Identity;

namespace DmpFederation.TestKit;

/// <summary>Knows the patients it is given, under each of their identifiers.</summary>
internal sealed class FakeCertifiedIdentities(params TestPatient[] patients) : ICertifiedIdentities
{
    /// <summary>Every INS looked up.</summary>
    public ConcurrentQueue<Ins> Asked { get; } = [];

    /// <summary>Set to answer otherwise.</summary>
    public Func<Ins, CancellationToken, Task<CertifiedIdentity>>? Instead { get; set; }

    public Task<CertifiedIdentity> FindAsync(Ins ins, CancellationToken cancellationToken)
    {
        Asked.Enqueue(ins);
        if (Instead is not null)
            return Instead(ins, cancellationToken);
        var known = Array.Find(patients, patient => patient.Ins == ins || patient.InsC == ins);
        return Task.FromResult(known?.Identity ?? CertifiedIdentity.Unknown);
    }
}
