using DmpFederation.Hub;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Identity;
using DmpFederation.Sdk;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DmpFederation.Benchmarks;

/// <summary>
/// The hub without a store of policies and without an audit, to measure what they cost. It exists here alone: no setting of the hub switches them off.
/// </summary>
internal static class Unguarded
{
    public static WebApplication Build(string url, string plugins) => HubHost.Build(
        ["--urls", url, "--plugins", plugins],
        new Dictionary<string, string?> { ["Connectors:PluginsFile"] = plugins },
        static builder =>
        {
            builder.Services.Replace(ServiceDescriptor.Singleton<IPolicyStore, Everybody>());
            builder.Services.Replace(ServiceDescriptor.Singleton<IAuditTrail, NoTrail>());
        });

    private sealed class Everybody : IPolicyStore
    {
        private static readonly PatientPolicy Open = new()
        {
            Person = new PersonId(Guid.NewGuid()),
            Epoch = 1,
            State = DossierState.Open,
            Consents =
            [
                new Consent
                {
                    Sequence = 1,
                    Action = ConsentAction.Reading,
                    Choice = ConsentChoice.Permit,
                    Grantee = Grantee.Everyone,
                    Since = DateTimeOffset.UnixEpoch,
                    CollectedBy = "benchmark",
                },
            ],
        };

        public ValueTask<PatientPolicy> FindAsync(PatientKey key, CancellationToken cancellationToken) => ValueTask.FromResult(Open);

        public Task<PatientPolicy> ApplyAsync(IReadOnlyList<PatientKey> keys, PolicyChange change, string by, CancellationToken cancellationToken) =>
            throw new NotSupportedException("The benchmark changes nothing.");
    }

    private sealed class NoTrail : IAuditTrail
    {
        public void Expect()
        {
        }

        public void Came()
        {
        }

        public Task AppendAsync(IReadOnlyList<AuditRecord> records, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task ProbeAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
