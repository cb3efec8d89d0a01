using DmpFederation.Plugins.ReseauDiabete.Exports;
using DmpFederation.Plugins.ReseauDiabete.Rows;

namespace DmpFederation.Plugins.ReseauDiabete.Index;

/// <summary>How long things may take.</summary>
/// <param name="Settle">An export may stay unfinished so long before the answers say so.</param>
/// <param name="WaitForExport">A read waits so long for a new export.</param>
internal sealed record ExportPatience(TimeSpan Settle, TimeSpan WaitForExport)
{
    /// <summary>What the answers say of an export that stays unfinished.</summary>
    public static RefusedFile Unfinished(ListedExport export) => new(
        export.AnyFile,
        export.Patients is null || export.FollowUp is null
            ? new RowProblem("CSV_PAIR", $"The {(export.Patients is null ? "patients" : "suivi")} file of the export is missing.")
            : new RowProblem("CSV_TRUNCATED", "A file of the export has no closing line (FIN;rows;moment;previous export)."),
        []);
}
