using DmpFederation.Plugins.HprimBiologie.Extraction;
using DmpFederation.Plugins.HprimBiologie.Hprim;
using DmpFederation.Sdk;
using Microsoft.Data.Sqlite;

namespace DmpFederation.Plugins.HprimBiologie.Index;

/// <summary>A part of the folder that cannot be used.</summary>
/// <param name="Problem">What is wrong with it; a large one has no bytes.</param>
/// <param name="File">Name of its file.</param>
/// <param name="Sequence">Its number; zero when it names somebody.</param>
internal sealed record UnassignedPart(HprimProblem Problem, string File, long Sequence)
{
    /// <summary>Most parts told with one answer.</summary>
    public const int Most = 20;

    /// <summary>Most bytes of one that are told.</summary>
    private const int MostBytes = 256 << 10;

    /// <summary>From columns id, code, reason, line, length, file.</summary>
    /// <param name="row">The row.</param>
    /// <param name="sequence">Its number.</param>
    /// <param name="open">Opens the bytes of a part by its id.</param>
    public static UnassignedPart From(SqliteDataReader row, long sequence, Func<long, Stream> open)
    {
        var (reason, length) = (row.GetString(2), row.GetInt64(4));
        // A part of it would be read again as if it were the whole.
        var raw = new byte[length <= MostBytes ? length : 0];
        if (raw.Length > 0)
        {
            using var bytes = open(row.GetInt64(0));
            bytes.ReadExactly(raw);
        }
        if (length > MostBytes)
            reason += " It is larger than 256 KiB: its bytes are in the folder alone.";
        return new UnassignedPart(new HprimProblem(row.GetString(1), reason, row.GetInt32(3), raw), row.GetString(5), sequence);
    }

    /// <summary>As the hub is told of it.</summary>
    /// <param name="patient">Whom it names; null when it may be about anybody.</param>
    public Unreadable Told(PatientKey? patient = null) => Problem.At(FilePosition.Of(File), patient);

    public override string ToString() => nameof(UnassignedPart);
}
