namespace DmpFederation.Hub.Migration.Leases;

/// <summary>
/// The right to do a piece of work that one node at a time does. On PostgreSQL an advisory lock with a token that grows with every owner; on SQLite
/// the file allows one process, and a second one is told so.
/// </summary>
internal interface IMigrationLeases
{
    /// <summary>Takes a right if nobody has it; null when another node has.</summary>
    /// <param name="work">Name of the work: <c>follow/SOURCE</c>, <c>slice/SLICE</c>.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="MigrationUnavailableException"><c>SECOND_NODE</c> on SQLite, or a code of the store.</exception>
    Task<IMigrationLease?> TryTakeAsync(string work, CancellationToken cancellationToken);
}

/// <summary>A right that is held until it is disposed of, the process ends, or the connection to the server breaks.</summary>
internal interface IMigrationLease : IAsyncDisposable
{
    Fence Fence { get; }

    /// <summary>Cancelled when the right was lost.</summary>
    CancellationToken Lost { get; }
}

/// <summary>Proof of a right, checked inside every transaction that writes under it: an owner of before is refused, however late it comes.</summary>
/// <param name="Work">Name of the work.</param>
/// <param name="Token">Grows with every owner.</param>
internal readonly record struct Fence(string Work, long Token);

/// <summary>Another node took the work over.</summary>
internal sealed class FencedOffException(Fence fence) : Exception($"The work {fence.Work} was taken over by another node.");
