using System.Text;
using DmpFederation.Plugins.HprimBiologie.Hprim;

namespace DmpFederation.Plugins.HprimBiologie.Extraction;

/// <summary>
/// What a person reads of a report: the laboratory's free text as it laid it out. Where there is none the results are printed in their order; texts of
/// the LAB part that the free text does not repeat follow it.
/// </summary>
internal static class ReportText
{
    public const string ContentType = "text/plain; charset=utf-8";

    public static byte[] Of(HprimReport report)
    {
        var text = new StringBuilder();
        text.Append(LaboratoryOf(report.Header)).Append('\n');
        text.Append("Compte rendu ").Append(report.Header.FileNumber);
        if (report.Header.Date is { } day)
            text.Append(" du ").Append(day.ToString("dd/MM/yyyy", System.Globalization.CultureInfo.InvariantCulture));
        text.Append("\n\n");
        foreach (var line in report.FreeText)
            text.Append(line).Append('\n');
        var printed = report.FreeText.Count == 0;
        foreach (var line in report.Lab)
        {
            if (line is HprimText { Text: var comment } && !report.FreeText.Any(free => free.Contains(comment.Trim(), StringComparison.Ordinal)))
                text.Append(comment).Append('\n');
            else if (line is HprimResult result && printed)
                Print(text, result);
        }
        if (!report.Complete)
            text.Append("\n[Compte rendu incomplet : le fichier reçu s'arrête ici.]\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public static string LaboratoryOf(HprimHeader header) => header.SenderName.Length > 0 ? header.SenderName : header.Sender;

    private static void Print(StringBuilder text, HprimResult result)
    {
        text.Append(result.Label.Length > 0 ? result.Label : result.Code).Append(" : ");
        Print(text, result.First);
        if (result.Second is { } second)
        {
            text.Append(" = ");
            Print(text, second);
        }
        if (result.Flag is not ("" or "N"))
            text.Append(' ').Append(result.Flag);
        text.Append('\n');
    }

    private static void Print(StringBuilder text, HprimMeasure measure)
    {
        text.Append(measure.Value.Length > 0 ? measure.Value : "(sans résultat)").Append(' ').Append(measure.Unit);
        if (measure.Low.Length + measure.High.Length > 0)
            text.Append(" (").Append(measure.Low).Append(" - ").Append(measure.High).Append(')');
    }
}
