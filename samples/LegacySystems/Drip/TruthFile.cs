using DmpFederation.SyntheticFrance.Living;
using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Truth;

namespace DmpFederation.LegacySystems.Drip;

/// <summary>
/// <c>truth.ndjson</c>, a line a patient in the order of the world. It is never written in place: a reader that opened it reads one truth to its end.
/// </summary>
internal sealed class TruthFile(string data)
{
    private const int Block = 1 << 16;

    private readonly string path = PathIn(data);

    /// <summary>Where the truth of a world lies in its folder.</summary>
    public static string PathIn(string data) => Path.Combine(data, "truth.ndjson");

    /// <summary>The line of a patient, with its end.</summary>
    public static byte[] LineOf(SyntheticPatient patient, long seq)
    {
        using var line = new MemoryStream();
        using var writer = new TruthWriter(line);
        writer.Add(patient, seq);
        return line.ToArray();
    }

    /// <summary>Puts lines, by position, in the place of those that are there.</summary>
    public void Replace(IReadOnlyDictionary<int, byte[]> lines) => Write(output =>
    {
        using var input = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0);
        var block = new byte[Block];
        var (position, isReplaced) = (0, lines.TryGetValue(0, out var line));
        while (input.Read(block) is > 0 and var read)
        {
            for (var rest = block.AsSpan(0, read); rest.Length > 0;)
            {
                var end = rest.IndexOf((byte)'\n') + 1;
                if (!isReplaced)
                    output.Write(end > 0 ? rest[..end] : rest);
                if (end == 0)
                    break;
                if (isReplaced)
                    output.Write(line);
                isReplaced = lines.TryGetValue(++position, out line);
                rest = rest[end..];
            }
        }
    });

    /// <summary>Writes every line anew.</summary>
    /// <param name="world">The world as it stands.</param>
    /// <param name="patients">How many it has.</param>
    /// <param name="seqOf">Number of the last event of a patient.</param>
    /// <param name="visibleOn">Day for which the windows of the sources are applied.</param>
    /// <param name="cancellationToken">Leaves the truth as it was.</param>
    public void WriteAll(LivingWorld world, int patients, Func<int, long> seqOf, DateOnly visibleOn, CancellationToken cancellationToken)
    {
        Write(output =>
        {
            using var writer = new TruthWriter(output);
            for (var index = 0; index < patients; index++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                writer.Add(world.PatientAt(index, visibleOn), seqOf(index));
            }
        });
    }

    private void Write(Action<Stream> write)
    {
        var unfinished = path + ".part";
        using (var output = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, Block))
            write(output);
        File.Move(unfinished, path, overwrite: true);
    }
}
