namespace DmpFederation.Plugins.CiSisCda.Cda;

/// <summary>
/// CDA names terminologies by OID, FHIR by URI. Only the OID counts: codeSystemName is free text in real files (" TA_ASIP ", TA-ASIP).
/// Terminologies without an agreed URI keep their OID.
/// </summary>
internal static class CodeSystems
{
    internal const string Loinc = "http://loinc.org";

    internal const string Icd10 = "http://hl7.org/fhir/sid/icd-10";

    internal const string Snomed = "http://snomed.info/sct";

    internal const string Atc = "http://www.whocc.no/atc";

    internal const string Cip = "urn:oid:1.2.250.1.213.2.3.2";

    internal const string Ccam = "urn:oid:1.2.250.1.215.300.1";

    internal const string Nabm = "urn:oid:1.2.250.1.213.2.7";

    internal const string ActCode = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

    internal const string Ucum = "http://unitsofmeasure.org";

    internal const string Interpretation = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";

    internal const string Confidentiality = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";

    internal const string Visibility = "https://mos.esante.gouv.fr/NOS/TRE_A07-StatutVisibiliteDocument/FHIR/TRE-A07-StatutVisibiliteDocument";

    internal static string? UriOf(string? oid) => oid switch
    {
        null => null,
        "2.16.840.1.113883.6.1" => Loinc,
        "2.16.840.1.113883.6.3" => Icd10,
        "2.16.840.1.113883.6.96" => Snomed,
        "2.16.840.1.113883.6.73" => Atc,
        // The CNAM has OIDs of its own for the same CIP, ATC, CCAM and NABM codes (CNAM-HR).
        "1.2.250.1.215.200.1.2.1" or "1.2.250.1.215.200.1.2.2" => Atc,
        "1.2.250.1.215.200.1.1.1" => Cip,
        "1.2.250.1.215.200.3.4" => Ccam,
        "1.2.250.1.215.200.4.1" => Nabm,
        "2.16.840.1.113883.6.8" => Ucum,
        // XDS metadata and old models name CCAM by the ANS's OID, documents by the CNAM's.
        "1.2.250.1.213.2.5" => Ccam,
        "2.16.840.1.113883.5.83" => Interpretation,
        "2.16.840.1.113883.5.25" => Confidentiality,
        "1.2.250.1.213.1.1.4.13" => Visibility,
        "2.16.840.1.113883.5.4" => ActCode,
        "2.16.840.1.113883.5.111" => "http://terminology.hl7.org/CodeSystem/v3-RoleCode",
        // IHE's own code system, mistyped in real files.
        "1.3.5.1.4.1.19376.1.5.3.2" => "urn:oid:1.3.6.1.4.1.19376.1.5.3.2",
        _ => $"urn:oid:{oid}",
    };

    /// <summary>The OID a system goes by in local ids; the system itself when it has none.</summary>
    internal static string OidOf(string? system) => system switch
    {
        null => "",
        Loinc => "2.16.840.1.113883.6.1",
        Atc => "2.16.840.1.113883.6.73",
        ActCode => "2.16.840.1.113883.5.4",
        _ => system.StartsWith("urn:oid:", StringComparison.Ordinal) ? system["urn:oid:".Length..] : system,
    };
}
