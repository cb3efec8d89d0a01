using DmpFederation.Hub.Access.Policy;

namespace DmpFederation.Hub.National.Engine;

/// <summary>Says in the words of the access feature that the database cannot be used.</summary>
internal static class PolicyBorder
{
    public static async Task<T> RunAsync<T>(NationalStore store, Func<NationalDb, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await store.RunAsync(work, cancellationToken);
        }
        catch (NationalUnavailableException fault)
        {
            throw new PolicyUnavailableException(fault.Code);
        }
    }
}
