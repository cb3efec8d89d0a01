namespace DmpFederation.SyntheticFrance.Terminology;

/// <summary>Canonical URIs of the terminologies the world uses.</summary>
public static class CodeSystems
{
    public const string Loinc = "http://loinc.org";
    public const string Icd10 = "http://hl7.org/fhir/sid/icd-10";
    public const string Atc = "http://www.whocc.no/atc";
    public const string Snomed = "http://snomed.info/sct";
    public const string Cip13 = "urn:oid:1.2.250.1.213.2.3.2";
    public const string Cis = "urn:oid:1.2.250.1.213.2.3.1";
    public const string Ccam = "urn:oid:1.2.250.1.215.300.1";
    public const string Nabm = "urn:oid:1.2.250.1.213.2.7";

    /// <summary>NGAP as the CNAM names it in its reimbursement histories.</summary>
    public const string Ngap = "urn:oid:1.2.250.1.215.200.3.3";

    /// <summary>LPP as the CNAM names it in its reimbursement histories.</summary>
    public const string Lpp = "urn:oid:1.2.250.1.215.200.2.1";

    public const string ActCode = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
    public const string Uri = "urn:ietf:rfc:3986";
}
