using DmpFederation.Hub.Connectors;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Storage;

/// <summary>Gives each store its database on the engine the options choose.</summary>
internal sealed class StoreDatabases(IOptions<StorageOptions> options, IOptions<ConnectorsOptions> connectors)
{
    /// <summary>The folder of a store's files, whichever engine keeps its tables.</summary>
    public string FolderOf(string store) => Path.GetFullPath(Path.Combine(connectors.Value.StateFolder, store));

    /// <summary>The database of a store.</summary>
    /// <param name="store">Short name, also of its folder and file.</param>
    /// <param name="sqlite">A context on a SQLite connection string.</param>
    /// <param name="postgreSql">A context on a Npgsql connection string.</param>
    public IStoreDatabase<TDb> Open<TDb>(string store, Func<string, TDb> sqlite, Func<string, TDb> postgreSql)
        where TDb : DbContext =>
        options.Value.ConnectionString is { Length: > 0 } server
            ? new PostgreSqlDatabase<TDb>(server, postgreSql)
            : new SqliteDatabase<TDb>(new SqliteFile(FolderOf(store), store + ".db", options.Value.BusyTimeout), sqlite);
}
