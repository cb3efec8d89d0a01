using System.Globalization;
using System.Text;

namespace DmpFederation.LegacySystems.ReseauDiabete;

/// <summary>
/// Writes one CSV file the network's way: semicolons, French headings, decimal commas, quotes where needed, a closing line with the row count. It
/// has another name until it is whole.
/// </summary>
internal sealed class CsvFile : IDisposable
{
    private const string Unfinished = ".part";

    private readonly string path;
    private readonly ExportDay export;
    private readonly StreamWriter text;
    private readonly StringBuilder line = new();
    private long rows;

    public CsvFile(string path, ExportDay export, Encoding encoding, IEnumerable<string> heading)
    {
        this.path = path;
        this.export = export;
        text = new StreamWriter(path + Unfinished, append: false, encoding) { NewLine = "\r\n" };
        WriteLine(heading);
    }

    /// <summary>The encodings the network's two successive programs and its helpers' spreadsheets wrote, one after another by week.</summary>
    public static Encoding EncodingOf(long week) => (week % 3) switch
    {
        0 => CodePagesEncodingProvider.Instance.GetEncoding(1252)!,
        1 => new UTF8Encoding(encoderShouldEmitUTF8Identifier: true),
        _ => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
    };

    public static string Day(DateOnly day) => day.ToString("dd'/'MM'/'yyyy", CultureInfo.InvariantCulture);

    public static string Minute(DateTime moment) => moment.ToString("dd'/'MM'/'yyyy HH':'mm", CultureInfo.InvariantCulture);

    public static string Number(decimal? number) =>
        number?.ToString(CultureInfo.InvariantCulture).Replace('.', ',') ?? "";

    public static string Action(NetworkAction action) => action switch
    {
        NetworkAction.Creation => "C",
        NetworkAction.Correction => "M",
        NetworkAction.Withdrawal => "A",
        _ => throw new ArgumentOutOfRangeException(nameof(action)),
    };

    public void Write(params IReadOnlyList<string?> fields)
    {
        rows++;
        WriteLine(fields);
    }

    /// <summary>Writes the closing line and gives the file its name.</summary>
    public void Dispose()
    {
        text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"FIN;{rows};{Minute(export.Moment)};{export.Previous}"));
        text.Dispose();
        File.Move(path + Unfinished, path, overwrite: true);
    }

    private void WriteLine(IEnumerable<string?> fields)
    {
        line.Clear();
        foreach (var field in fields)
            line.Append(Quoted(field)).Append(';');
        text.WriteLine(line.ToString(0, line.Length - 1));
    }

    private static string? Quoted(string? field) =>
        field is not null && field.AsSpan().ContainsAny(";\"\r\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}
