using System.Text;

namespace DmpFederation.Plugins.HprimBiologie.Hprim;

/// <summary>
/// Reads HPRIM Médecins files (H.PR.I.M., v3.0, March 1997) as laboratories write them: several patients in a file, a thirteenth empty header line or
/// none, end marks that are missing because the file was cut. Never throws for what is in the bytes.
/// </summary>
internal static class HprimReader
{
    public const string HeaderCut = "HPRIM_HEADER_CUT";
    public const string HeaderUnreadable = "HPRIM_HEADER";
    public const string ReportCut = "HPRIM_REPORT_CUT";
    public const string LabLine = "HPRIM_LAB_LINE";
    public const string ResultWithoutCode = "HPRIM_RESULT_WITHOUT_CODE";
    public const string NotHprim = "NOT_HPRIM";

    /// <summary>Reads a whole file.</summary>
    public static HprimFile Read(ReadOnlyMemory<byte> file)
    {
        var (encoding, mark) = HprimEncoding.Detect(file.Span);
        return Read(file, encoding, mark, 1);
    }

    /// <summary>Reads one report kept apart from its file; null when the bytes are none.</summary>
    /// <param name="raw">As in <see cref="HprimReport.Raw"/>.</param>
    /// <param name="codePage">Encoding of its file.</param>
    /// <param name="line">Line of the file it began on.</param>
    /// <param name="complete">Whether its end was there.</param>
    public static HprimReport? ReadReport(ReadOnlyMemory<byte> raw, int codePage, int line, bool complete)
    {
        var lines = HprimLine.Cut(raw.Span, 0, HprimEncoding.Of(codePage), line);
        return new ReportReader(raw, lines).Read(0, lines.Count, complete, []);
    }

    private static HprimFile Read(ReadOnlyMemory<byte> file, Encoding encoding, int from, int firstLine)
    {
        var lines = HprimLine.Cut(file.Span, from, encoding, firstLine);
        var reader = new ReportReader(file, lines);
        var reports = new List<HprimReport>();
        var problems = new List<HprimProblem>();
        var ended = false;
        var free = 0;
        for (var at = 0; at < lines.Count;)
        {
            if (lines[at].IsBlank)
            {
                at++;
                continue;
            }
            if (lines[at].Mark is { } mark)
            {
                ended |= mark == HprimLine.EndOfFile;
                if (mark == HprimLine.Lab)
                    problems.Add(Problem(HeaderUnreadable, "A LAB mark stands where a header should begin.", file, lines[at], lines[at]));
                free = ++at;
                continue;
            }
            var end = at;
            while (end < lines.Count && lines[end].Mark is not (HprimLine.EndOfReport or HprimLine.EndOfFile))
                end++;
            var start = reader.HeaderStart(free, at, end);
            if (reader.Read(start, end, end < lines.Count, problems) is { } report)
                reports.Add(report);
            at = free = end;
        }
        if (reports.Count == 0 && problems.Count == 0 && !ended)
            problems.Add(new HprimProblem(NotHprim, "The file holds no HPRIM report.", 1, file));
        return new HprimFile(reports, problems, ended, encoding.CodePage);
    }

    internal static HprimProblem Problem(
        string code, string reason, ReadOnlyMemory<byte> file, HprimLine first, HprimLine last, HprimPerson? person = null) =>
        new(code, reason, first.Number, file[first.Start..last.Next], person);
}
