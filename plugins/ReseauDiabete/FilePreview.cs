using DmpFederation.Plugins.ReseauDiabete.Exports;
using DmpFederation.Plugins.ReseauDiabete.Facts;
using DmpFederation.Plugins.ReseauDiabete.Rows;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.ReseauDiabete;

/// <summary>What one file alone says: each record as its last row leaves it.</summary>
internal static class FilePreview
{
    private const int MostBytes = 64 * 1024 * 1024;

    /// <summary>The bytes of a file; null when it is larger than a preview reads.</summary>
    public static async Task<MemoryStream?> LoadAsync(Stream content, CancellationToken cancellationToken)
    {
        var file = new MemoryStream();
        var block = new byte[64 * 1024];
        int read;
        while ((read = await content.ReadAsync(block, cancellationToken)) > 0)
        {
            file.Write(block, 0, read);
            if (file.Length > MostBytes)
                return null;
        }
        file.Position = 0;
        return file;
    }

    public static IEnumerable<ReadItem> Read(string fileName, MemoryStream? content, CancellationToken cancellationToken)
    {
        var isNamed = ExportName.TryParse(fileName, out var name);
        var shown = isNamed ? fileName : "(file)";
        if (content is null)
        {
            yield return Refused(new RefusedFile(shown, new RowProblem("CSV_TOO_LARGE", $"A preview reads files up to {MostBytes} bytes."), []));
            yield break;
        }
        var seen = ExportFile.Inspect(content, cancellationToken);
        content.Position = 0;
        using var reader = ExportReader.Open(content, seen.Encoding, isNamed ? name.Kind : null);
        using var writer = new FactWriter();
        var latest = new Dictionary<string, (long Version, ReadItem? Item)>(StringComparer.Ordinal);
        foreach (var row in reader.Rows())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (row.Problem is { } problem)
                yield return Unreadable(shown, row, problem, seen.Encoding.GetBytes(row.Raw), reader.Kind);
            else if (!latest.TryGetValue(row.Head.Number!, out var before) || before.Version < row.Head.Version)
                latest[row.Head.Number!] = (row.Head.Version!.Value, RowItem.Of(row, reader.Kind, writer));
        }
        foreach (var (_, item) in latest.Values)
        {
            if (item is not null)
                yield return item;
        }
        if (reader.Fault is { } fault)
            yield return Refused(new RefusedFile(shown, fault.Problem, seen.Encoding.GetBytes(fault.Raw)));
        else if (reader.Trailer is { } trailer)
            yield return new SourceAsOf(trailer.Moment);
    }

    /// <summary>A file that is refused as a whole, as answers and previews say it.</summary>
    public static Unreadable Refused(RefusedFile file) =>
        new() { Code = file.Problem.Code, Reason = file.Problem.Reason, Position = file.File, Raw = file.Raw };

    private static Unreadable Unreadable(string file, ExportRow row, RowProblem problem, byte[] raw, ExportKind kind) => new()
    {
        Code = problem.Code,
        Reason = problem.Reason,
        Position = $"{file}:{row.Line}",
        Raw = raw,
        Patient = row.Head.InsC is { } insC ? new PatientKey(PatientKeySystems.InsC, insC) : null,
        LocalId = kind == ExportKind.FollowUp && row.Head.Number is { } number ? FactWriter.LocalIdOf(number) : null,
    };
}
