using DmpFederation.Plugins.HprimBiologie.Extraction;
using DmpFederation.Plugins.HprimBiologie.Hprim;
using DmpFederation.Sdk;
using Microsoft.Data.Sqlite;

namespace DmpFederation.Plugins.HprimBiologie.Index;

/// <summary>A part of the folder that cannot be used.</summary>
/// <param name="Problem">What is wrong with it; of a large one only the first bytes.</param>
/// <param name="File">Name of its file.</param>
/// <param name="Sequence">Its number; zero when it names somebody.</param>
internal sealed record UnassignedPart(HprimProblem Problem, string File, long Sequence)
{
    /// <summary>Most parts told with one answer.</summary>
    public const int Most = 20;

    /// <summary>Most bytes of one of them.</summary>
    private const int MostBytes = 256 << 10;

    /// <summary>Parameters of the questions for parts.</summary>
    public static (string Name, object? Value)[] Limits(int parts) => [("$bytes", MostBytes), ("$limit", parts)];

    /// <summary>From columns code, reason, line, first bytes, length, file.</summary>
    public static UnassignedPart From(SqliteDataReader row, long sequence)
    {
        var reason = row.GetInt64(4) > MostBytes ? row.GetString(1) + " Only its first 256 KiB are given." : row.GetString(1);
        // The beginning of nothing is no value to SQLite.
        var raw = row.IsDBNull(3) ? [] : row.GetFieldValue<byte[]>(3);
        return new UnassignedPart(new HprimProblem(row.GetString(0), reason, row.GetInt32(2), raw), row.GetString(5), sequence);
    }

    /// <summary>As the hub is told of it.</summary>
    /// <param name="patient">Whom it names; null when it may be about anybody.</param>
    public Unreadable Told(PatientKey? patient = null) => Problem.At(FilePosition.Of(File), patient);

    public override string ToString() => nameof(UnassignedPart);
}
