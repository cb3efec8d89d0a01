using System.Text;
using DmpFederation.Plugins.ReseauDiabete.Facts;
using DmpFederation.Plugins.ReseauDiabete.Rows;

namespace DmpFederation.Plugins.ReseauDiabete.Exports;

/// <summary>A file as a whole is refused.</summary>
/// <param name="Problem">Code and what to fix.</param>
/// <param name="Raw">The heading or closing line as written; empty when neither is the reason.</param>
internal sealed record FileFault(RowProblem Problem, string Raw);

/// <summary>Reads the rows of one file in order. What cannot be read is a row with its problem; the rest goes on.</summary>
internal sealed class ExportReader : IDisposable
{
    private const int HeadFields = 4;

    private readonly StreamReader text;
    private readonly CsvRecords records;
    private readonly CsvFields fields = new();
    private int[] places = [];
    private int width;
    private long rows;
    private bool delimited = true;

    private ExportReader(Stream content, Encoding encoding)
    {
        var marked = encoding is UTF8Encoding;
        text = new StreamReader(content, encoding, detectEncodingFromByteOrderMarks: marked, bufferSize: 64 * 1024, leaveOpen: true);
        records = new CsvRecords(text);
    }

    /// <summary>Which of the two files it is.</summary>
    public ExportKind Kind { get; private set; }

    /// <summary>Why the file is refused as a whole; known at once for its heading, for its count after the last row.</summary>
    public FileFault? Fault { get; private set; }

    /// <summary>The closing line, after the last row.</summary>
    public ExportTrailer? Trailer { get; private set; }

    /// <summary>Opens a file and reads its heading.</summary>
    /// <param name="content">From its beginning; stays open.</param>
    /// <param name="encoding">Of <see cref="ExportFile"/>.</param>
    /// <param name="kind">Null to tell by the heading.</param>
    public static ExportReader Open(Stream content, Encoding encoding, ExportKind? kind)
    {
        var reader = new ExportReader(content, encoding);
        reader.ReadHeading(kind);
        return reader;
    }

    /// <summary>The rows. Ends early when the file is refused.</summary>
    public IEnumerable<ExportRow> Rows()
    {
        while (Fault is null && records.Next() is { } record)
        {
            if (record.IsBlank)
                continue;
            if (record.Text.StartsWith(ExportTrailer.Mark, StringComparison.Ordinal))
            {
                Close(record);
                yield break;
            }
            rows++;
            yield return Row(record);
        }
        if (Fault is null)
            Fault = new FileFault(new RowProblem("CSV_TRUNCATED", "The closing line (FIN;rows;moment;previous export) is missing."), "");
    }

    public void Dispose()
    {
        fields.Dispose();
        text.Dispose();
    }

    private void ReadHeading(ExportKind? kind)
    {
        var record = records.Next();
        var heading = record is { IsWhole: true } ? fields.Split(record.Value.Text) : null;
        Kind = kind ?? RowColumns.KindOf(heading ?? []);
        if (RowColumns.Places(Kind, heading ?? [], out var problem) is not { } found)
        {
            Fault = new FileFault(problem!, record?.Text ?? "");
            return;
        }
        (places, width) = (found, heading!.Length);
    }

    private ExportRow Row(CsvRecord record)
    {
        var split = record.IsWhole ? fields.Split(record.Text) : null;
        if (split?.Length == width)
            return Row(record, split);
        // A stray quote may have joined rows that are none of its own: only its first line is lost.
        var first = record.IsWhole ? records.Split(record) : record;
        delimited &= first.Text.Length == record.Text.Length && record.IsWhole;
        var problem = split is null || first.Text.Length < record.Text.Length ? RowProblem.Quotes() : RowProblem.Fields(split.Length, width);
        return new ExportRow(record.Line, default, null, problem, first.Text);
    }

    private ExportRow Row(CsvRecord record, string[] split)
    {
        var columns = RowColumns.Of(Kind);
        var ordered = new string[columns.Length];
        for (var column = 0; column < ordered.Length; column++)
            ordered[column] = split[places[column]].Trim();
        var head = RowHead.Read(ordered.AsSpan(0, HeadFields), columns[RowColumns.Number], out var problem);
        problem ??= ordered.Any(HasControls) ? RowProblem.Text() : null;
        if (problem is null && head.Action != RowAction.Withdrawn)
            problem = Kind == ExportKind.Patients ? PatientRow.Check(ordered) : FollowUpRow.Read(ordered, out _);
        return new ExportRow(record.Line, head, problem is null ? ordered : null, problem, record.Text);
    }

    private void Close(CsvRecord record)
    {
        Trailer = ExportTrailer.Parse(record.Text);
        // Until its own line end is there, its last figures may be half written.
        if (Trailer is null || !record.Text.EndsWith('\n'))
            Fault = new FileFault(
                new RowProblem("CSV_TRAILER", "The closing line must be FIN;rows;jj/mm/aaaa hh:mm;previous and end with a line break."), record.Text);
        else if (delimited && Trailer.Rows != rows)
            Fault = new FileFault(new RowProblem("CSV_COUNT", $"The closing line announces {Trailer.Rows} rows, the file has {rows}."), record.Text);
        else if (RestHasText())
            Fault = new FileFault(new RowProblem("CSV_TRAILER", "Something follows the closing line."), record.Text);
    }

    private bool RestHasText()
    {
        while (records.Next() is { } record)
        {
            if (!record.IsBlank)
                return true;
        }
        return false;
    }

    private static bool HasControls(string field)
    {
        foreach (var letter in field)
        {
            if (letter is < ' ' and not ('\n' or '\r' or '\t') or '\u007F')
                return true;
        }
        return false;
    }
}
