using DmpFederation.Plugins.ReseauDiabete.Exports;
using DmpFederation.Plugins.ReseauDiabete.Facts;
using DmpFederation.Plugins.ReseauDiabete.Rows;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.ReseauDiabete;

/// <summary>
/// One row read again from its kept bytes, with the documented order of columns before it: the heading of its file is not among them. What comes out
/// counts only when it bears the number and the patient the row had in its file.
/// </summary>
internal static class RowReplay
{
    public static ReadItem? Read(Unreadable item, CancellationToken cancellationToken)
    {
        // A whole file that was refused is read again from the folder, and which of two contents is right only the network can say.
        if (item.Raw.IsEmpty || item.Code == RowProblem.Version().Code || KindOf(item) is not { } kind)
            return item.Still(item.Code, item.Reason);
        using var raw = new MemoryStream(item.Raw.ToArray(), writable: false);
        var encoding = ExportFile.Inspect(raw, cancellationToken).Encoding;
        var heading = string.Join(';', RowColumns.Of(kind)) + "\r\n";
        using var content = new MemoryStream([.. encoding.GetBytes(heading), .. item.Raw.Span], writable: false);
        using var reader = ExportReader.Open(content, encoding, kind);
        using var writer = new FactWriter();
        // The rest of the rows, if the bytes hold more than one, follows a quote that does not close: the first one says so.
        if (reader.Rows().FirstOrDefault() is not { } row)
            return Still(item, RowProblem.Quotes());
        if (row.Problem is { } problem)
            return Still(item, problem);
        return IsOf(row, item, kind) ? RowItem.Of(row, kind, writer) : Still(item, RowProblem.Key());
    }

    /// <summary>Null when the item is no row.</summary>
    private static ExportKind? KindOf(Unreadable item)
    {
        if (item.Position?.Split(':') is not [var file, _])
            return null;
        if (ExportName.TryParse(file, out var name))
            return name.Kind;
        return item.LocalId is null ? null : ExportKind.FollowUp;
    }

    private static bool IsOf(ExportRow row, Unreadable item, ExportKind kind) =>
        (item.Patient is not { } patient || patient == new PatientKey(PatientKeySystems.InsC, row.Head.InsC!))
        && (kind == ExportKind.Patients || item.LocalId is null || item.LocalId == FactWriter.LocalIdOf(row.Head.Number!));

    private static Unreadable Still(Unreadable item, RowProblem problem) => item.Still(problem.Code, problem.Reason);
}
