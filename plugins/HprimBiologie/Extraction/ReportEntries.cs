using DmpFederation.Plugins.HprimBiologie.Codes;
using DmpFederation.Plugins.HprimBiologie.Hprim;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.HprimBiologie.Extraction;

/// <summary>Turns reports into entries. Not thread-safe; one per read.</summary>
internal sealed class ReportEntries : IDisposable
{
    private readonly FhirJson fhir = new();
    private readonly DocumentWriter documents;
    private readonly ObservationWriter observations;

    public ReportEntries(LaboratoryCodes codes)
    {
        documents = new DocumentWriter(fhir);
        observations = new ObservationWriter(fhir, codes);
    }

    /// <summary>Local ids of a report's results in their order, withdrawn ones included.</summary>
    public static IEnumerable<(string LocalId, HprimResult Result)> Results(HprimReport report)
    {
        var id = LocalIds.Report(report.Header.Sender, report.Header.FileNumber);
        var used = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var result in report.Results)
            yield return (LocalIds.Result(id, result, used), result);
    }

    /// <summary>True when the laboratory took the whole report back: every result of it has the status of a withdrawal.</summary>
    public static bool IsWithdrawn(HprimReport report) =>
        report.Results.Any() && report.Results.All(result => ObservationWriter.StatusOf(result, report.Complete) is null);

    /// <summary>The document first, then its results. Nothing of a withdrawn report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="patient">The key it is filed under.</param>
    /// <param name="recorded">Time of its file; null when unknown.</param>
    public IEnumerable<DossierEntry> Make(HprimReport report, PatientKey patient, DateTimeOffset? recorded)
    {
        if (IsWithdrawn(report))
            yield break;
        var id = LocalIds.Report(report.Header.Sender, report.Header.FileNumber);
        yield return documents.Write(report, StatusOf(report), new EntryContext(patient, id), recorded);
        foreach (var (localId, result) in Results(report))
        {
            if (ObservationWriter.StatusOf(result, report.Complete) is { } status)
                yield return observations.Write(report, result, status, new EntryContext(patient, localId, id), recorded);
        }
    }

    public void Dispose() => fhir.Dispose();

    private static string StatusOf(HprimReport report) =>
        report.Complete && report.Results.All(static result => result.Status != "P") ? "final" : "preliminary";
}
