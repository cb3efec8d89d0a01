using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.SyntheticFrance.Terminology;

/// <summary>A laboratory measurement as French reports print it, and where usage has two units, the other one.</summary>
/// <param name="Code">LOINC.</param>
/// <param name="Label">French label.</param>
/// <param name="Unit">UCUM.</param>
/// <param name="Decimals">Digits printed.</param>
/// <param name="Low">Reference range; null when open.</param>
/// <param name="High">Reference range; null when open.</param>
/// <param name="Other">The same measurement in the other unit; null when there is none.</param>
internal sealed record Analyte(string Code, string Label, string Unit, int Decimals, decimal? Low, decimal? High, OtherUnit? Other = null)
{
    public SyntheticCode Coded => new(CodeSystems.Loinc, Code, Label);

    public string Flag(decimal value) => value > High ? "H" : value < Low ? "L" : "N";

    public SyntheticVariant? InOtherUnit(decimal value) => Other is null
        ? null
        : new SyntheticVariant(
            new SyntheticCode(CodeSystems.Loinc, Other.Code, Label), Other.Convert(value), Other.Unit, Other.ConvertOrNull(Low), Other.ConvertOrNull(High));
}

/// <summary>The second unit of an analyte: <c>value * Factor + Offset</c>.</summary>
internal sealed record OtherUnit(string Code, string Unit, int Decimals, decimal Factor, decimal Offset = 0)
{
    public decimal Convert(decimal value) => decimal.Round((value * Factor) + Offset, Decimals);

    public decimal? ConvertOrNull(decimal? value) => value is { } known ? Convert(known) : null;
}

/// <summary>The analytes of the world; conversion factors of domain usage (glucose 5.551, creatinine 8.84, cholesterol 2.586, triglycerides 1.14).</summary>
internal static class Analytes
{
    public static readonly Analyte HbA1c =
        new("4548-4", "Hémoglobine A1c", "%", 1, 4.0m, 6.0m, new OtherUnit("59261-8", "mmol/mol", 1, 1 / 0.09148m, -2.152m / 0.09148m));

    public static readonly Analyte FastingGlucose =
        new("53049-3", "Glucose à jeun", "g/L", 2, 0.74m, 1.06m, new OtherUnit("40193-5", "mmol/L", 2, 5.551m));

    public static readonly Analyte Creatinine =
        new("2160-0", "Créatinine", "mg/L", 1, 5.0m, 12.0m, new OtherUnit("14682-9", "umol/L", 1, 8.84m));

    public static readonly Analyte Cholesterol =
        new("2093-3", "Cholestérol total", "g/L", 2, 1.40m, 2.20m, new OtherUnit("14647-2", "mmol/L", 2, 2.586m));

    public static readonly Analyte Hdl =
        new("2085-9", "Cholestérol HDL", "g/L", 2, 0.40m, null, new OtherUnit("14646-4", "mmol/L", 2, 2.586m));

    public static readonly Analyte Ldl =
        new("13457-7", "Cholestérol LDL calculé", "g/L", 2, null, 1.60m, new OtherUnit("39469-2", "mmol/L", 2, 2.586m));

    public static readonly Analyte Triglycerides =
        new("2571-8", "Triglycérides", "g/L", 2, null, 1.50m, new OtherUnit("14927-8", "mmol/L", 2, 1.14m));

    public static readonly Analyte Egfr = new("62238-1", "Débit de filtration glomérulaire estimé (CKD-EPI)", "mL/min/{1.73_m2}", 0, 60m, null);

    public static readonly Analyte Albuminuria = new("9318-7", "Albumine/créatinine urinaire", "mg/g", 0, null, 30m);

    public static readonly Analyte Potassium = new("2823-3", "Potassium", "mmol/L", 1, 3.5m, 5.0m);

    public static readonly Analyte Sodium = new("2951-2", "Sodium", "mmol/L", 0, 136m, 145m);

    public static readonly Analyte Tsh = new("3016-3", "TSH", "m[IU]/L", 2, 0.40m, 4.00m);

    public static readonly Analyte Crp = new("1988-5", "Protéine C réactive", "mg/L", 1, null, 5.0m);

    public static readonly Analyte Haemoglobin = new("718-7", "Hémoglobine", "g/dL", 1, 12.0m, 16.0m);

    public static readonly Analyte Platelets = new("777-3", "Plaquettes", "10*9/L", 0, 150m, 400m);

    public static readonly Analyte Leucocytes = new("6690-2", "Leucocytes", "10*9/L", 1, 4.0m, 10.0m);

    public static readonly Analyte Inr = new("6301-6", "INR", "{INR}", 1, 2.0m, 3.0m);

    public static IReadOnlyList<Analyte> All { get; } =
    [
        HbA1c, FastingGlucose, Creatinine, Cholesterol, Hdl, Ldl, Triglycerides, Egfr, Albuminuria, Potassium, Sodium, Tsh, Crp, Haemoglobin, Platelets,
        Leucocytes, Inr,
    ];
}
