using DmpFederation.Hub.Identity.Links;

namespace DmpFederation.Hub.National.Engine;

/// <summary>Says in the words of the identity feature that the database cannot be used.</summary>
internal static class IdentityBorder
{
    public static Task<T> ReadAsync<T>(NationalStore store, Func<NationalDb, Task<T>> work, CancellationToken cancellationToken) =>
        SayAsync(store.ReadAsync(work, cancellationToken));

    public static Task<T> WriteAsync<T>(NationalStore store, Func<NationalDb, Task<T>> work, CancellationToken cancellationToken) =>
        SayAsync(store.WriteAsync(work, cancellationToken));

    private static async Task<T> SayAsync<T>(Task<T> work)
    {
        try
        {
            return await work;
        }
        catch (NationalUnavailableException fault)
        {
            throw new IdentityStoreUnavailableException(fault.Code);
        }
    }
}
