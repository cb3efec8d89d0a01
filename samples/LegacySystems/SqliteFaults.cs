using Microsoft.Data.Sqlite;

namespace DmpFederation.LegacySystems;

/// <summary>What an error of SQLite means to a legacy system.</summary>
internal static class SqliteFaults
{
    private const int Constraint = 19; // SQLITE_CONSTRAINT

    /// <summary>True when a constraint of the schema was broken: what was to be stored is there already.</summary>
    public static bool IsConstraint(this SqliteException fault) => fault.SqliteErrorCode == Constraint;
}
