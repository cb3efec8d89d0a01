using System.Runtime.CompilerServices;
using System.Text;

namespace DmpFederation.Hub.Cli.Consents;

/// <summary>Lines of a text, each bounded: a file without line ends must not fill the memory.</summary>
internal static class BoundedLines
{
    /// <summary>Most characters of a line.</summary>
    public const int Longest = 1 << 20;

    /// <summary>Every line with its number, from 1; null for one that is too long.</summary>
    public static async IAsyncEnumerable<(int Number, string? Line)> ReadAsync(
        TextReader reader, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = new char[64 << 10];
        var line = new StringBuilder();
        var (number, tooLong, pending) = (1, false, false);
        int count;
        while ((count = await reader.ReadAsync(buffer.AsMemory(), cancellationToken)) > 0)
        {
            for (var start = 0; start < count;)
            {
                var length = buffer.AsSpan(start, count - start).IndexOf('\n');
                var part = buffer.AsMemory(start, length < 0 ? count - start : length);
                tooLong |= line.Length + part.Length > Longest;
                line.Append(tooLong ? [] : part.Span);
                pending = true;
                if (length < 0)
                    break;
                yield return (number++, tooLong ? null : Trimmed(line));
                line.Clear();
                (tooLong, pending) = (false, false);
                start += length + 1;
            }
        }
        if (pending)
            yield return (number, tooLong ? null : Trimmed(line));
    }

    private static string Trimmed(StringBuilder line) => line.ToString().TrimEnd('\r');
}
