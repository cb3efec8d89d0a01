using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Deposits;
using DmpFederation.Hub.Identity.Links;
using DmpFederation.Hub.Migration;

namespace DmpFederation.Hub.National.Engine;

/// <summary>Says in the words of the feature that owns a store's interface that the database cannot be used.</summary>
internal sealed class StoreBorder
{
    private readonly Func<string, Exception> say;

    private StoreBorder(Func<string, Exception> say) => this.say = say;

    /// <summary>For the stores of the access feature.</summary>
    public static StoreBorder Policies { get; } = new(static code => new PolicyUnavailableException(code));

    /// <summary>For the stores of the identity feature.</summary>
    public static StoreBorder Identities { get; } = new(static code => new IdentityStoreUnavailableException(code));

    /// <summary>For the stores of the migration.</summary>
    public static StoreBorder Migrations { get; } = new(static code => new MigrationUnavailableException(code));

    /// <summary>For the stores of deposits.</summary>
    public static StoreBorder Deposits { get; } = new(static code => new DepositsUnavailableException(code));

    /// <summary>Ends when the database can be used.</summary>
    public Task ReadyAsync(NationalStore store, CancellationToken cancellationToken) =>
        SayAsync(MakeReadyAsync(store, cancellationToken));

    public Task<T> ReadAsync<T>(NationalStore store, Func<NationalDb, Task<T>> work, CancellationToken cancellationToken) =>
        SayAsync(store.ReadAsync(work, cancellationToken));

    public Task<T> WriteAsync<T>(NationalStore store, Func<NationalDb, Task<T>> work, CancellationToken cancellationToken) =>
        SayAsync(store.WriteAsync(work, cancellationToken));

    private static async Task<bool> MakeReadyAsync(NationalStore store, CancellationToken cancellationToken)
    {
        await store.ReadyAsync(cancellationToken);
        return true;
    }

    private async Task<T> SayAsync<T>(Task<T> work)
    {
        try
        {
            return await work;
        }
        catch (NationalUnavailableException fault)
        {
            throw say(fault.Code);
        }
    }
}
