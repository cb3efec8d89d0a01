using System.Globalization;
using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.RhoneAlpes;

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
        var parts = origin.LocalId.Split('/');
        var software = LaboratorySoftware.Of(parts[0]);
        var day = DateOnly.FromDateTime(document.Date.DateTime);
        var results = patient.Facts
            .SelectMany(fact => fact.Origins.Where(held => held.SourceId == LabosRhoneAlpesSystem.Name && held.DocumentFactId == document.Id),
                (fact, held) => Result(fact, held, software))
            .ToList();
        var identity = patient.RecordedIdentity(LabosRhoneAlpesSystem.Name);
        var isOwn = !IsOnParentsCard(patient, day);
        var report = new LaboratoryReport
        {
            PatientCode = string.Create(CultureInfo.InvariantCulture, $"{parts[0][^1]}{patient.Index + 1:D8}"),
            Name = identity.BirthName.ToUpperInvariant(),
            GivenName = identity.GivenNames[0],
            Address = [identity.AddressLine],
            PostalCodeAndCity = $"{identity.PostalCode} {identity.City}",
            BirthDate = identity.BirthDate,
            Nir = isOwn ? identity.InsNir : adult,
            FileNumber = parts[1],
            Date = day,
            Recipient = "VUILLEMIN  DR AGNES VUILLEMIN",
            FreeText = ["Examens de biologie médicale", "", .. results.Select(Printed)],
            Results = results,
        };
        // A year of two digits would leave the century of a child open, where no number of its own can tell.
        files.Append(software, day, HprimPrinter.Print(report, isOwn ? software : software with { BirthDates = "dd/MM/yyyy" }));
    }

    /// <summary>Children are insured by a parent, whose number is on their reports; where names are alike the laboratory asked for the right one.</summary>
    private static bool IsOnParentsCard(SyntheticPatient patient, DateOnly day) =>
        patient.BirthDate.AddYears(16) > day
        && !patient.Traps.Any(static trap => trap.Kind is IdentityTrapKind.Twin or IdentityTrapKind.Homonym);

    private static ReportedResult Result(SyntheticFact fact, SyntheticOrigin origin, LaboratorySoftware software)
    {
        var other = RegionalLaboratory.InOtherUnit(fact.Codes[0].Code, fact.Value!.Value);
        var own = new SyntheticVariant(fact.Codes[0], fact.Value.Value, fact.Unit!, fact.ReferenceLow, fact.ReferenceHigh);
        var first = origin.Variant ?? own;
        var second = !software.PrintsPairs ? null : origin.Variant is null ? other : own;
        return new ReportedResult(
            fact.Codes[0].Label, origin.LocalId.Split('/')[2], Value(first, software), second is null ? null : Value(second, software), fact.Flag ?? "");
    }

    private static ReportedValue Value(SyntheticVariant value, LaboratorySoftware software) => new(
        software.Print(value.Value, value.Unit), LaboratorySoftware.Printed(value.Unit),
        value.ReferenceLow is { } low ? software.Print(low, value.Unit) : "", value.ReferenceHigh is { } high ? software.Print(high, value.Unit) : "");

    private static string Printed(ReportedResult result) =>
        $"{result.Label} {new string('.', Math.Max(3, 40 - result.Label.Length))} {result.First!.Value} {result.First.Unit}";
}
