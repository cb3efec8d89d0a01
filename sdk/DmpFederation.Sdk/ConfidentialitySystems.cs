namespace DmpFederation.Sdk;

/// <summary>
/// The code systems whose codes are confidentiality labels of an entry. A label of any other system (integrity, purpose, tags) is not one.
/// </summary>
public static class ConfidentialitySystems
{
    /// <summary>HL7 v3-Confidentiality: <c>N</c>, <c>R</c>, <c>V</c> in the French value set JDV_J08.</summary>
    public const string V3 = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";

    /// <summary>ANS TRE_A07: <c>MASQUE_PS</c>, <c>INVISIBLE_PATIENT</c>, <c>INVISIBLE_REPRESENTANTS_LEGAUX</c>, …</summary>
    public const string TreA07 = "https://mos.esante.gouv.fr/NOS/TRE_A07-StatutVisibiliteDocument/FHIR/TRE-A07-StatutVisibiliteDocument";

    /// <summary>True for one of the two systems, by its URI or its OID, or by the URI HL7 used before R4.</summary>
    /// <param name="system">System of a coding; null gives false.</param>
    public static bool Contains(string? system) => system
        is V3
        or TreA07
        or "urn:oid:2.16.840.1.113883.5.25"
        or "urn:oid:1.2.250.1.213.1.1.4.13"
        or "http://hl7.org/fhir/v3/Confidentiality";
}
