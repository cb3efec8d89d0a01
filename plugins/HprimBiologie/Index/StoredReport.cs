using DmpFederation.Plugins.HprimBiologie.Hprim;
using Microsoft.Data.Sqlite;

namespace DmpFederation.Plugins.HprimBiologie.Index;

/// <summary>A report as the index keeps it.</summary>
/// <param name="Report">Read again from its bytes.</param>
/// <param name="Changed">Time of the file it was first seen in.</param>
/// <param name="File">Name of that file.</param>
internal sealed record StoredReport(HprimReport Report, DateTimeOffset Changed, string File)
{
    /// <summary>From columns raw, code page, line, complete, changed, file, beginning at <paramref name="at"/>.</summary>
    public static StoredReport From(SqliteDataReader row, int at = 0) => new(
        Parse(row, at), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(at + 4)), row.GetString(at + 5));

    /// <summary>From columns raw, code page, line, complete.</summary>
    public static HprimReport Parse(SqliteDataReader row, int at) =>
        HprimReader.ReadReport(row.GetFieldValue<byte[]>(at), row.GetInt32(at + 1), row.GetInt32(at + 2), row.GetBoolean(at + 3))
        ?? throw new InvalidOperationException("A report of the index is none.");
}
