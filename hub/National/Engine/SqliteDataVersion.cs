using DmpFederation.Hub.Storage;
using Microsoft.Data.Sqlite;

namespace DmpFederation.Hub.National.Engine;

/// <summary>
/// The data version of a SQLite file, as one kept connection sees it: another number once anybody else has changed the file, in this process or in
/// another one (sqlite.org/pragma.html#pragma_data_version). Asked at every lookup, so by the engine's own functions: a command of the library costs
/// several times the question. One caller at a time.
/// </summary>
internal sealed class SqliteDataVersion(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement question = new(connection, "PRAGMA data_version");

    public long Read()
    {
        try
        {
            return question.Step() ? question.Number(0) : throw new InvalidOperationException("The engine did not say its data version.");
        }
        finally
        {
            question.Reset();
        }
    }

    public void Dispose() => question.Dispose();
}
