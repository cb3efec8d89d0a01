namespace DmpFederation.Plugins.HprimBiologie.Hprim;

/// <summary>Reads one report out of the lines of a file.</summary>
internal sealed class ReportReader(ReadOnlyMemory<byte> file, IReadOnlyList<HprimLine> lines)
{
    private const int HeaderLines = 12;

    /// <summary>
    /// Where the header begins: at its first line that is not blank, unless the patient code is blank too. Then the lines of the two dates tell.
    /// </summary>
    /// <param name="least">First line after the mark before.</param>
    /// <param name="first">First line that is not blank.</param>
    /// <param name="end">Line of the next mark.</param>
    public int HeaderStart(int least, int first, int end)
    {
        for (var start = first; start >= least && start > first - HeaderLines; start--)
        {
            if (start + HeaderLines <= end && HprimHeaderReader.DatesFit(lines[start + 6].Text, lines[start + 9].Text))
                return start;
        }
        return first;
    }

    /// <summary>The report between two lines; null, with a problem more, when it has no usable header.</summary>
    public HprimReport? Read(int start, int end, bool complete, ICollection<HprimProblem> problems)
    {
        if (start >= end)
            return null;
        var texts = Header(start, end);
        if (end - start < HeaderLines)
        {
            problems.Add(HprimReader.Problem(
                HprimReader.HeaderCut, "The header has fewer than twelve lines.", file, lines[start], lines[end - 1],
                HprimHeaderReader.Person(texts)));
            return null;
        }
        if (HprimHeaderReader.Read(texts, out var fault) is not { } header)
        {
            problems.Add(HprimReader.Problem(
                HprimReader.HeaderUnreadable, fault!, file, lines[start], lines[end - 1], HprimHeaderReader.Person(texts)));
            return null;
        }

        var own = new List<HprimProblem>();
        var (last, whole) = complete ? (end, true) : Whole(start, end, own);
        var body = start + HeaderLines;
        if (body < last && lines[body].IsBlank)
            body++;
        var lab = body;
        while (lab < last && lines[lab].Mark != HprimLine.Lab)
            lab++;
        return new HprimReport
        {
            Header = header,
            FreeText = Trimmed(body, lab),
            Lab = LabLines(lab + 1, last, own),
            Complete = whole,
            Problems = own,
            Line = lines[start].Number,
            Raw = file[lines[start].Start..lines[end - 1].Next],
        };
    }

    /// <summary>The lines of the header, trimmed. Fewer when it is cut: a line the file stops in is none, for it may be the half of one.</summary>
    private List<string> Header(int start, int end)
    {
        var texts = new List<string>(HeaderLines);
        for (var at = start; at < end && texts.Count < HeaderLines; at++)
        {
            if (lines[at].Ended || end - start >= HeaderLines)
                texts.Add(lines[at].Text.Trim());
        }
        return texts;
    }

    /// <summary>A file that stops in a report: the last line may have been cut, and is not read when it did not end.</summary>
    private (int Last, bool Whole) Whole(int start, int end, List<HprimProblem> problems)
    {
        var last = lines[end - 1];
        problems.Add(HprimReader.Problem(
            HprimReader.ReportCut, "The file stops before the report ends: ask the laboratory for the whole file.", file, last, last));
        return (last.Ended || end - 1 < start + HeaderLines ? end : end - 1, false);
    }

    private List<string> Trimmed(int from, int to)
    {
        while (to > from && lines[to - 1].IsBlank)
            to--;
        var texts = new List<string>(Math.Max(0, to - from));
        for (var at = from; at < to; at++)
            texts.Add(lines[at].Text.TrimEnd());
        return texts;
    }

    private List<HprimLabLine> LabLines(int from, int to, List<HprimProblem> problems)
    {
        var read = new List<HprimLabLine>();
        for (var at = from; at < to; at++)
        {
            var line = lines[at];
            if (line.IsBlank || line.Mark == HprimLine.Lab)
                continue;
            var text = line.Text.TrimStart();
            if (text.StartsWith("TEX|", StringComparison.OrdinalIgnoreCase))
                read.Add(new HprimText(text[4..].TrimEnd().TrimEnd('|')));
            else if (!text.StartsWith("RES|", StringComparison.OrdinalIgnoreCase))
                problems.Add(HprimReader.Problem(HprimReader.LabLine, "A line of the LAB part is neither TEX nor RES.", file, line, line));
            else if (Result(text) is { } result)
                read.Add(result);
            else
                problems.Add(HprimReader.Problem(HprimReader.ResultWithoutCode, "A RES line has neither code nor label.", file, line, line));
        }
        return read;
    }

    private static HprimResult? Result(string text)
    {
        var fields = text.Split('|', 16);
        if (Field(2).Length == 0 && Field(1).Length == 0)
            return null;
        var second = new HprimMeasure(Field(10), Field(11), Field(12), Field(13));
        return new HprimResult
        {
            Label = Field(1),
            Code = Field(2),
            Type = Field(3).ToUpperInvariant(),
            First = new HprimMeasure(Field(4), Field(5), Field(6), Field(7)),
            Flag = Field(8).ToUpperInvariant(),
            Status = Field(9).ToUpperInvariant(),
            Second = second.Value.Length > 0 ? second : null,
        };

        string Field(int index) => index < fields.Length ? fields[index].Trim() : "";
    }
}
