using System.Globalization;
using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.RhoneAlpes;

namespace DmpFederation.LegacySystems.LabosRhoneAlpes;

/// <summary>A report of the world as its laboratory's computer holds it.</summary>
internal static class WorldReport
{
    private const int OwnCardFrom = 16;

    /// <summary>Software of the laboratory that signs a report.</summary>
    internal static LaboratorySoftware SoftwareOf(SyntheticOrigin document) => LaboratorySoftware.Of(document.LocalId.Split('/')[0]);

    internal static bool IsOfAChild(SyntheticPatient patient, DateOnly day) => patient.BirthDate.AddYears(OwnCardFrom) > day;

    /// <summary>The report, under the patient's own number, with its results.</summary>
    internal static LaboratoryReport Of(SyntheticPatient patient, SyntheticFact document, SyntheticOrigin origin, LaboratorySoftware software)
    {
        var parts = origin.LocalId.Split('/');
        var results = patient.Facts
            .SelectMany(fact => fact.Origins.Where(held => held.SourceId == LabosRhoneAlpesSystem.Name && held.DocumentFactId == document.Id),
                (fact, held) => Result(fact, held, software))
            .ToList();
        var identity = patient.RecordedIdentity(LabosRhoneAlpesSystem.Name);
        return new LaboratoryReport
        {
            PatientCode = string.Create(CultureInfo.InvariantCulture, $"{parts[0][^1]}{patient.Index + 1:D8}"),
            Name = identity.BirthName.ToUpperInvariant(),
            GivenName = identity.GivenNames[0],
            Address = [identity.AddressLine],
            PostalCodeAndCity = $"{identity.PostalCode} {identity.City}",
            BirthDate = identity.BirthDate,
            Nir = identity.InsNir,
            FileNumber = parts[1],
            Date = DateOnly.FromDateTime(document.Date.DateTime),
            Recipient = "VUILLEMIN  DR AGNES VUILLEMIN",
            FreeText = ["Examens de biologie médicale", "", .. results.Select(Printed)],
            Results = results,
        };
    }

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
