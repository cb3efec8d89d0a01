using System.Data.Common;
using DmpFederation.Hub.National.Copies.Writing;

namespace DmpFederation.Hub.National.Copies;

/// <summary>The fast way of an engine to put in rows that nobody has.</summary>
internal interface ICopyDoor
{
    /// <summary>Puts rows in, inside the transaction. Faults are the engine's own.</summary>
    Task InsertAsync(DbConnection connection, DbTransaction transaction, NewRows rows, CancellationToken cancellationToken);
}
