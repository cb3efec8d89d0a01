using DmpFederation.Plugins.ReseauDiabete.Exports;
using DmpFederation.Plugins.ReseauDiabete.Rows;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.ReseauDiabete.Facts;

/// <summary>What a row that can be read says by itself.</summary>
internal static class RowItem
{
    /// <summary>The fact of a follow-up row, the person of a patients row; null when the row withdraws.</summary>
    public static ReadItem? Of(ExportRow row, ExportKind kind, FactWriter writer)
    {
        if (row.Head.Action == RowAction.Withdrawn)
            return null;
        var key = new PatientKey(PatientKeySystems.InsC, row.Head.InsC!);
        if (kind == ExportKind.Patients)
            return new PatientFound(key, PatientRow.Traits(row.Fields, key));
        FollowUpRow.Read(row.Fields, out var read);
        return writer.Write(read!, key);
    }
}
