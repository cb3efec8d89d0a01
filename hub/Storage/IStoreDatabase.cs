using Microsoft.EntityFrameworkCore;

namespace DmpFederation.Hub.Storage;

/// <summary>The database of one store, on the engine the options chose.</summary>
internal interface IStoreDatabase<out TDb>
    where TDb : DbContext
{
    /// <summary>False when there is nothing yet to read. A server's database counts as there.</summary>
    bool Exists { get; }

    /// <summary>A context of its own for one piece of work; its <c>Database</c> gives the engine's connection for raw work.</summary>
    TDb Connect();

    /// <summary>
    /// Makes the database when there is none, protects it, and brings its tables to this hub's model. Several processes may do so at once. Faults of
    /// the engine come as they are (<see cref="StoreFault.CodeOf"/>).
    /// </summary>
    Task PrepareAsync(CancellationToken cancellationToken);
}
