namespace DmpFederation.LegacySystems.DossierPharmaceutique;

/// <summary>
/// Nature of a product, which decides how long its lines stay visible: vaccines 21 years, biologicals 3 years, others 12 months (decree 2015-208,
/// decree of 3 April 2023).
/// </summary>
internal static class ProductNature
{
    public const string Medicine = "medicament";
    public const string Biological = "biologique";
    public const string Vaccine = "vaccin";

    /// <summary>
    /// ATC prefixes of biological medicines (CSP L5121-1, 6° a and 14° to 15°: made from a biological source, with their biosimilars): insulins,
    /// low-molecular heparins, clotting factors, erythropoietins, growth and fertility hormones, immunoglobulins, monoclonal antibodies, interferons,
    /// anti-TNF, interleukin inhibitors.
    /// </summary>
    private static readonly string[] BiologicalPrefixes =
    [
        "A10A", "B01AB", "B02BD", "B03XA", "G03GA", "H01AC", "H05AA", "J06B", "L01F", "L01XC", "L03AA", "L03AB", "L04AA24", "L04AB", "L04AC",
        "M05BX04", "R03DX05",
    ];

    /// <summary>Nature by ATC code; a product without one is a medicine, which stays visible for the shortest time.</summary>
    public static string Of(string? atc) =>
        atc is null ? Medicine
        : atc.StartsWith("J07", StringComparison.Ordinal) ? Vaccine
        : BiologicalPrefixes.Any(prefix => atc.StartsWith(prefix, StringComparison.Ordinal)) ? Biological
        : Medicine;
}
