using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.National.Engine;
using DmpFederation.Hub.Storage;
using DmpFederation.Sdk;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DmpFederation.Hub.National;

/// <summary>
/// Whether policies can be read and changed now. Without reading nothing is shown, so another node should be asked: unhealthy. Without writing,
/// dossiers are shown as last decided, and a withdrawal is refused with its code: degraded.
/// </summary>
internal sealed class NationalHealth(NationalStore store, IPolicyStore policies) : IHealthCheck
{
    /// <summary>An identifier nobody has.</summary>
    private static readonly PatientKey Nobody = new("urn:dmpfed:probe", "-");

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await policies.FindAsync(Nobody, cancellationToken);
        }
        catch (PolicyUnavailableException fault)
        {
            return HealthCheckResult.Unhealthy($"no dossier is shown, what patients decided cannot be read ({fault.Code})");
        }
        try
        {
            return await store.WriteAsync(db => db.IsWritableAsync(cancellationToken), cancellationToken)
                ? HealthCheckResult.Healthy()
                : Degraded(StoreFault.ReadOnly);
        }
        catch (NationalUnavailableException fault)
        {
            // Somebody else writes for a while: an import, a backup.
            return fault.Code == StoreFault.Busy ? HealthCheckResult.Healthy() : Degraded(fault.Code);
        }
    }

    private static HealthCheckResult Degraded(string code) =>
        HealthCheckResult.Degraded($"what patients decide cannot be recorded ({code})");
}
