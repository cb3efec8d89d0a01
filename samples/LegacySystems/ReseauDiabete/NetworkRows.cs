using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.LegacySystems.ReseauDiabete;

/// <summary>Turns facts of the world into rows of the network.</summary>
internal static class NetworkRows
{
    private const string LocalIdStart = "suivi/";
    private const string Ccam = "urn:oid:1.2.250.1.215.300.1";

    /// <summary>Rubric and printed unit by LOINC code: the network's manual.</summary>
    private static readonly Dictionary<string, (string Rubric, string Unit)> Measures = new(StringComparer.Ordinal)
    {
        ["4548-4"] = ("HBA1C", "%"),
        ["59261-8"] = ("HBA1C", "mmol/mol"),
        ["53049-3"] = ("GLYCEMIE", "g/L"),
        ["2160-0"] = ("CREATININE", "mg/L"),
        ["62238-1"] = ("DFG", "mL/min/1,73 m²"),
        ["9318-7"] = ("MICROALBUMINURIE", "mg/g"),
        ["2093-3"] = ("CHOLESTEROL", "g/L"),
        ["2085-9"] = ("HDL", "g/L"),
        ["13457-7"] = ("LDL", "g/L"),
        ["2571-8"] = ("TRIGLYCERIDES", "g/L"),
        ["29463-7"] = ("POIDS", "kg"),
        ["85354-9"] = ("PA", "mmHg"),
    };

    private static readonly Dictionary<string, string> Acts = new(StringComparer.Ordinal)
    {
        ["BGQP002"] = "FOND_OEIL",
        ["75492-9"] = "FOND_OEIL",
        ["DEQP003"] = "ECG",
        ["401191002"] = "PIED",
        ["385805005"] = "EDUCATION",
    };

    /// <summary>The row of a fact as the network holds it in the end, version 1.</summary>
    /// <param name="insC">The number the network files the patient under.</param>
    public static NetworkRow Of(SyntheticFact fact, SyntheticOrigin origin, string insC)
    {
        var day = DateOnly.FromDateTime(fact.Date.DateTime);
        var code = origin.Variant?.Code ?? fact.Codes[0];
        var row = new NetworkRow
        {
            Number = origin.LocalId[LocalIdStart.Length..],
            InsC = insC,
            Date = day,
            Rubric = "",
            Rpps = fact.Author.Rpps,
            Professional = $"{fact.Author.GivenName} {fact.Author.FamilyName}",
            Finess = fact.Author.Finess,
            Structure = fact.Author.OrganizationName,
            Recorded = day.ToDateTime(new TimeOnly(18, 30)),
        };
        return fact.Kind switch
        {
            FactKind.LabResult or FactKind.VitalSign => row with
            {
                Rubric = Measures[code.Code].Rubric,
                Unit = Measures[code.Code].Unit,
                Value = origin.Variant?.Value ?? fact.Value,
                Second = fact.SecondValue,
            },
            FactKind.Act => row with
            {
                Rubric = Acts[code.Code],
                Value = fact.Value,
                Code = code.System == Ccam ? code.Code : null,
                Label = fact.Text,
            },
            FactKind.Visit => row with { Rubric = "VISITE", Comment = fact.Text },
            FactKind.CarePlan => row with { Rubric = "PLAN_SOINS", Label = code.Label, Comment = fact.Text },
            FactKind.Prescription => row with { Rubric = "TRAITEMENT", Code = code.Code, Label = code.Label, Comment = fact.Text },
            _ => throw new ArgumentOutOfRangeException(nameof(fact)),
        };
    }

    public static NetworkPatient Of(SyntheticPatient patient)
    {
        var recorded = patient.RecordedIdentity(ReseauDiabeteSystem.Name);
        return new NetworkPatient
        {
            Number = (patient.Index + 1).ToString(System.Globalization.CultureInfo.InvariantCulture),
            InsC = recorded.InsC,
            BirthName = recorded.BirthName,
            UsedName = recorded.UsedName,
            GivenNames = recorded.GivenNames,
            BirthDate = recorded.BirthDate,
            Sex = recorded.Sex,
            BirthPlaceCode = recorded.BirthPlaceCode,
        };
    }
}
