using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace DmpFederation.Hub.Storage;

/// <summary>
/// Stable codes of what a database engine can suffer. No message of an engine leaves a store: it may quote what was being written. Never renamed.
/// </summary>
internal static class StoreFault
{
    /// <summary>Somebody else writes, and went on for longer than one waits.</summary>
    public const string Busy = "BUSY";

    /// <summary>It may be read only.</summary>
    public const string ReadOnly = "READ_ONLY";

    /// <summary>It cannot be reached: no file, no right, no server, no login.</summary>
    public const string Unreachable = "UNREACHABLE";

    /// <summary>What is there is not a whole database.</summary>
    public const string Damaged = "DAMAGED";

    /// <summary>No room is left.</summary>
    public const string DiskFull = "DISK_FULL";

    /// <summary>Its tables are not those of this hub.</summary>
    public const string Schema = "SCHEMA";

    /// <summary>Anything else.</summary>
    public const string Other = "FAULT";

    // SQLITE_IOERR_SHMSIZE: the index of a log cannot be made for want of room.
    private const int NoRoomForIndex = 10 | (19 << 8);

    /// <summary>The code of a fault, found in the innermost cause that tells.</summary>
    public static string CodeOf(Exception fault)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case SqliteException sqlite:
                    return sqlite.SqliteExtendedErrorCode == NoRoomForIndex ? DiskFull : OfSqlite(sqlite.SqliteErrorCode);
                case PostgresException postgres:
                    return OfPostgreSql(postgres.SqlState);
                case IOException or UnauthorizedAccessException or SocketException or TimeoutException:
                    return Unreachable;
            }
        }
        return fault is NpgsqlException ? Unreachable : Other;
    }

    /// <summary>Result codes and their meanings: sqlite.org/rescode.html.</summary>
    private static string OfSqlite(int code) => code switch
    {
        5 or 6 => Busy,
        8 => ReadOnly,
        10 or 14 => Unreachable,
        11 or 26 => Damaged,
        13 => DiskFull,
        1 => Schema,
        _ => Other,
    };

    /// <summary>SQLSTATE and its meanings: PostgreSQL, appendix A. The first two characters are the class.</summary>
    private static string OfPostgreSql(string state) => state switch
    {
        "25006" => ReadOnly,
        "53100" => DiskFull,
        "3D000" => Unreachable,
        _ => state[..2] switch
        {
            "08" or "28" or "57" or "53" => Unreachable,
            "55" or "40" => Busy,
            "42" => Schema,
            "XX" => Damaged,
            _ => Other,
        },
    };
}
