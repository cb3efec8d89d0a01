using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.National;
using DmpFederation.Hub.Tests.Connectors;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DmpFederation.Hub.Tests.Federation.Masking;

/// <summary>The real policy store on a file of its own, with the dossier of the masked world open to everybody.</summary>
internal sealed class RealPolicies : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ServiceProvider services;

    private RealPolicies(TimeProvider clock)
    {
        services = new ServiceCollection().AddLogging().AddSingleton(clock)
            .Configure<ConnectorsOptions>(connectors => connectors.StateFolder = folder.Root)
            .AddNationalStores(new ConfigurationBuilder().Build()).BuildServiceProvider();
    }

    public IPolicyStore Store => services.GetRequiredService<IPolicyStore>();

    public static async Task<RealPolicies> OpenAsync(TimeProvider clock)
    {
        var policies = new RealPolicies(clock);
        await policies.ApplyAsync(new PolicyChange.Open(Consent(ConsentAction.Opening)));
        await policies.ApplyAsync(new PolicyChange.Record(Consent(ConsentAction.Reading)));
        return policies;
    }

    public Task<PatientPolicy> ApplyAsync(PolicyChange change) =>
        Store.ApplyAsync([MaskedWorld.Patient.Ins.Key], change, "patient-1", CancellationToken.None);

    public async Task<IReadOnlyList<Mask>> MasksAsync() => (await Store.FindAsync(MaskedWorld.Patient.Ins.Key, CancellationToken.None)).Masks;

    /// <summary>Waits until the masks are as wanted; a busy machine takes its time.</summary>
    public async Task<IReadOnlyList<Mask>> UntilAsync(Func<IReadOnlyList<Mask>, bool> wanted)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var masks = await MasksAsync();
            if (wanted(masks))
                return masks;
            await Task.Delay(20, patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        folder.Dispose();
    }

    private static Consent Consent(ConsentAction action) => new()
    {
        Sequence = 0,
        Action = action,
        Choice = ConsentChoice.Permit,
        Grantee = Grantee.Everyone,
        Since = DateTimeOffset.UnixEpoch,
        CollectedBy = "patient-1",
    };
}
