using System.Text;

namespace DmpFederation.Plugins.ReseauDiabete.Exports;

/// <summary>
/// Cuts a file into records, quoted line breaks included, in bounded memory. A quote that never closes would swallow the rest of the file: its line
/// is then a record by itself, not whole, and reading goes on with the line after it.
/// </summary>
internal sealed class CsvRecords(TextReader reader)
{
    private const int MostCharacters = 64 * 1024;

    private readonly Stack<string> again = new();
    private readonly char[] block = new char[16 * 1024];
    private int blockStart;
    private int blockEnd;
    private int lines;

    /// <summary>The next record; null after the last.</summary>
    public CsvRecord? Next()
    {
        if (NextLine() is not { } first)
            return null;
        var start = lines;
        var open = HasOddQuotes(first);
        if (!open)
            return new CsvRecord(start, first, first.Length < MostCharacters);
        var further = new List<string>();
        var length = first.Length;
        while (open && length < MostCharacters && NextLine() is { } line)
        {
            further.Add(line);
            length += line.Length;
            open = !HasOddQuotes(line);
        }
        if (!open && length < MostCharacters)
            return new CsvRecord(start, string.Concat(further.Prepend(first)), IsWhole: true);
        PutBack(further);
        return new CsvRecord(start, first, IsWhole: false);
    }

    /// <summary>Takes back all but the first line of a record that turned out to be none, and gives that line.</summary>
    public CsvRecord Split(CsvRecord record)
    {
        var end = record.Text.IndexOf('\n') + 1;
        if (end == 0 || end == record.Text.Length)
            return record with { IsWhole = false };
        var further = new List<string>();
        for (var at = end; at < record.Text.Length;)
        {
            var next = record.Text.IndexOf('\n', at) + 1;
            further.Add(next == 0 ? record.Text[at..] : record.Text[at..next]);
            at = next == 0 ? record.Text.Length : next;
        }
        PutBack(further);
        return new CsvRecord(record.Line, record.Text[..end], IsWhole: false);
    }

    private void PutBack(List<string> further)
    {
        for (var index = further.Count - 1; index >= 0; index--)
            again.Push(further[index]);
        lines -= further.Count;
    }

    private static bool HasOddQuotes(string line)
    {
        var odd = false;
        foreach (var letter in line)
            odd ^= letter == '"';
        return odd;
    }

    /// <summary>A line with its end. Of one longer than a record may be, the beginning: the rest is passed over.</summary>
    private string? NextLine()
    {
        if (again.TryPop(out var line))
        {
            lines++;
            return line;
        }
        StringBuilder? started = null;
        while (Fill())
        {
            var here = block.AsSpan(blockStart, blockEnd - blockStart);
            var end = here.IndexOf('\n');
            var part = end < 0 ? here : here[..(end + 1)];
            blockStart += part.Length;
            if (end >= 0 && started is null)
            {
                lines++;
                return part.ToString();
            }
            started ??= new StringBuilder();
            started.Append(part[..Math.Min(part.Length, MostCharacters - started.Length)]);
            if (end >= 0)
                break;
        }
        if (started is null)
            return null;
        lines++;
        return started.ToString();
    }

    private bool Fill()
    {
        if (blockStart < blockEnd)
            return true;
        (blockStart, blockEnd) = (0, reader.Read(block, 0, block.Length));
        return blockEnd > 0;
    }
}
