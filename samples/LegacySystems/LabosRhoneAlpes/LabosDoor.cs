using DmpFederation.LegacySystems.Drip;
using DmpFederation.SyntheticFrance.Living;
using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.LegacySystems.LabosRhoneAlpes;

/// <summary>Laboratories go on: each sends a new report, the same one corrected, or the same one with every result taken back.</summary>
internal sealed class LabosDoor(string folder, TimeProvider clock) : ILegacyDoor
{
    public string SourceId => LabosRhoneAlpesSystem.Name;

    public async Task WriteAsync(SyntheticPatient after, WorldEvent happened, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
            throw new LegacyAwayException("its folder is not there");
        foreach (var document in Reports(after, happened))
        {
            var origin = document.Origins.First(held => held.SourceId == SourceId);
            var software = WorldReport.SoftwareOf(origin);
            var report = WorldReport.Of(after, document, origin, software);
            var sent = happened.Kind == WorldEventKind.Withdrawal ? LaboratoryDesk.Withdrawn(report) : report;
            await new LaboratoryDesk(folder, software, clock).SendAsync([sent], TimeSpan.Zero, cancellationToken);
        }
    }

    /// <summary>Reports that are new, or whose results are other.</summary>
    private static IReadOnlyList<SyntheticFact> Reports(SyntheticPatient after, WorldEvent happened)
    {
        var reports = happened.Held()
            .Select(static held => held.Fact.Kind == FactKind.Document ? held.Fact.Id : held.Origin.DocumentFactId).ToHashSet();
        return [.. after.Facts.Where(fact => fact.Kind == FactKind.Document && reports.Contains(fact.Id))];
    }
}
