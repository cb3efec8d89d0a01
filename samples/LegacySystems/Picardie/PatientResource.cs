using System.Globalization;
using System.Text.Json.Nodes;
using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.LegacySystems.Picardie;

/// <summary>Patients, professionals and structures in FR Core shape (hl7.fr, fr-core-patient-ins 2.x).</summary>
internal static class PatientResource
{
    private const string Core = "https://hl7.fr/ig/fhir/core/StructureDefinition/";
    private const string IdentifierTypes = "https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0203";
    private const string InsNirTest = "urn:oid:1.2.250.1.213.1.4.10";

    /// <summary>The region's own patient numbers (an invented arc below that of structures).</summary>
    public const string LocalNumbers = "urn:oid:1.2.250.1.71.4.2.2.600000103";

    public static string Id(SyntheticPatient patient) => (patient.Index + 1).ToString(CultureInfo.InvariantCulture);

    public static JsonObject Of(SyntheticPatient owner)
    {
        var patient = owner.RecordedIdentity(PicardieSystem.Name);
        var names = new JsonArray(new JsonObject
        {
            ["extension"] = new JsonArray(new JsonObject
            {
                ["url"] = Core + "fr-core-patient-birth-list-given-name",
                ["valueString"] = string.Join(' ', patient.GivenNames),
            }),
            ["use"] = "official",
            ["family"] = patient.BirthName,
            ["given"] = new JsonArray(patient.GivenNames[0]),
        });
        if (patient.UsedName is { } used)
            names.Add(new JsonObject { ["use"] = "usual", ["family"] = used, ["given"] = new JsonArray(patient.GivenNames[0]) });
        return new JsonObject
        {
            ["resourceType"] = "Patient",
            ["meta"] = new JsonObject { ["profile"] = new JsonArray(Core + "fr-core-patient-ins") },
            ["extension"] = new JsonArray(BirthPlace(patient), Reliability()),
            ["identifier"] = new JsonArray(
                TypedIdentifier("official", IdentifierTypes, "INS-NIR-TEST", InsNirTest, patient.InsNir),
                TypedIdentifier("usual", "http://terminology.hl7.org/CodeSystem/v2-0203", "PI", LocalNumbers, "DSP" + Id(owner).PadLeft(7, '0'))),
            ["active"] = true,
            ["name"] = names,
            ["gender"] = patient.Sex == "F" ? "female" : "male",
            ["birthDate"] = patient.BirthDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["address"] = new JsonArray(new JsonObject
            {
                ["line"] = new JsonArray(patient.AddressLine),
                ["city"] = patient.City,
                ["postalCode"] = patient.PostalCode,
                ["country"] = "FRA",
            }),
            ["generalPractitioner"] = new JsonArray(FhirJson.Professional(owner.Attending)),
        };
    }

    public static JsonObject Practitioner(SyntheticAuthor author) => new()
    {
        ["resourceType"] = "Practitioner",
        ["identifier"] = FhirJson.Identifiers([(FhirJson.ProfessionalSystem, "8" + author.Rpps), ("https://rpps.esante.gouv.fr", author.Rpps)]),
        ["name"] = new JsonArray(new JsonObject { ["family"] = author.FamilyName, ["given"] = new JsonArray(author.GivenName) }),
    };

    public static JsonObject Organization(SyntheticAuthor author) => new()
    {
        ["resourceType"] = "Organization",
        ["identifier"] = FhirJson.Identifiers([(FhirJson.StructureSystem, "1" + author.Finess)]),
        ["name"] = author.OrganizationName,
    };

    private static JsonObject BirthPlace(RecordedIdentity patient) => new()
    {
        ["url"] = "http://hl7.org/fhir/StructureDefinition/patient-birthPlace",
        ["valueAddress"] = new JsonObject
        {
            ["extension"] = new JsonArray(new JsonObject
            {
                ["url"] = Core + "fr-core-address-insee-code",
                ["valueCoding"] = FhirJson.Coding("https://mos.esante.gouv.fr/NOS/TRE_R13-CommuneOM/FHIR/TRE-R13-CommuneOM", patient.BirthPlaceCode),
            }),
            ["city"] = patient.BirthPlaceName,
        },
    };

    /// <summary>Every invented identity was fetched from INSi and checked: only a qualified one may carry the INS (RNIV).</summary>
    private static JsonObject Reliability() => new()
    {
        ["extension"] = new JsonArray(new JsonObject
        {
            ["url"] = "identityStatus",
            ["valueCoding"] = FhirJson.Coding("https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-identity-status", "QUAL"),
        }),
        ["url"] = Core + "fr-core-identity-reliability",
    };

    private static JsonObject TypedIdentifier(string use, string typeSystem, string type, string system, string value) => new()
    {
        ["use"] = use,
        ["type"] = FhirJson.Concept(typeSystem, type),
        ["system"] = system,
        ["value"] = value,
    };
}
