using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.LegacySystems.LabosRhoneAlpes;

/// <summary>Writes each report into the file of its laboratory and week.</summary>
internal sealed class LabosWorldWriter(string folder) : IWorldWriter
{
    private readonly WeeklyFiles files = new(folder);
    private string? adult;

    public void Add(SyntheticPatient patient)
    {
        foreach (var document in patient.Facts)
        {
            foreach (var origin in document.Origins)
            {
                if (document.Kind == FactKind.Document && origin.SourceId == LabosRhoneAlpesSystem.Name)
                    Write(patient, document, origin);
            }
        }
        if (patient.BirthDate.AddYears(30) < DateOnly.FromDateTime(patient.Facts.Count > 0 ? patient.Facts[^1].Date.DateTime : DateTime.MinValue))
            adult = patient.InsNir;
    }

    public void Dispose() => files.Dispose();

    private void Write(SyntheticPatient patient, SyntheticFact document, SyntheticOrigin origin)
    {
        var software = WorldReport.SoftwareOf(origin);
        var day = DateOnly.FromDateTime(document.Date.DateTime);
        var report = WorldReport.Of(patient, document, origin, software);
        // Children are insured by a parent, whose number is on their reports; where names are alike the laboratory asked for the right one.
        var isOwn = !WorldReport.IsOfAChild(patient, day)
            || patient.Traps.Any(static trap => trap.Kind is IdentityTrapKind.Twin or IdentityTrapKind.Homonym);
        // A year of two digits would leave the century of a child open, where no number of its own can tell.
        files.Append(software, day, isOwn
            ? HprimPrinter.Print(report, software)
            : HprimPrinter.Print(report with { Nir = adult }, software with { BirthDates = "dd/MM/yyyy" }));
    }
}
