using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.LegacySystems.Insi;

/// <summary>FHIR R4 texts of the téléservice: FR Core patient with INS (fr-core-patient-ins), search sets, refusals.</summary>
internal static class PersonResources
{
    public const string MatriculeSystem = "urn:oid:1.2.250.1.213.1.4.10";
    public const string CalculatedSystem = "urn:oid:1.2.250.1.213.1.4.2";

    private const string Core = "https://hl7.fr/ig/fhir/core/";
    private const string IdentifierTypes = Core + "CodeSystem/fr-core-cs-v2-0203";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The certified identity: matricule, birth name, birth given names, sex, birth date, place of birth.</summary>
    public static string Patient(SyntheticPatient patient)
    {
        var names = new JsonArray(new JsonObject
        {
            ["extension"] = new JsonArray(new JsonObject
            {
                ["url"] = Core + "StructureDefinition/fr-core-patient-birth-list-given-name",
                ["valueString"] = string.Join(' ', patient.GivenNames),
            }),
            ["use"] = "official",
            ["family"] = patient.BirthName,
            ["given"] = new JsonArray(patient.GivenNames[0]),
        });
        return new JsonObject
        {
            ["resourceType"] = "Patient",
            ["id"] = string.Create(CultureInfo.InvariantCulture, $"insi-{patient.Index + 1}"),
            ["meta"] = new JsonObject { ["profile"] = new JsonArray(Core + "StructureDefinition/fr-core-patient-ins") },
            ["extension"] = new JsonArray(Reliability(), BirthPlace(patient)),
            ["identifier"] = new JsonArray(
                Identifier("official", "INS-NIR-TEST", MatriculeSystem, patient.InsNir), Identifier("secondary", "INS-C", CalculatedSystem, patient.InsC)),
            ["name"] = names,
            ["gender"] = patient.Sex == "F" ? "female" : "male",
            ["birthDate"] = patient.BirthDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        }.ToJsonString(Plain);
    }

    /// <param name="patients">Patient resources.</param>
    /// <param name="root">Address the service was reached under.</param>
    public static string SearchSet(IReadOnlyList<string> patients, string root)
    {
        var entries = new JsonArray();
        foreach (var text in patients)
        {
            var resource = JsonNode.Parse(text)!;
            entries.Add((JsonNode)new JsonObject
            {
                ["fullUrl"] = $"{root.TrimEnd('/')}/insi/Patient/{resource["id"]}",
                ["resource"] = resource,
                ["search"] = new JsonObject { ["mode"] = "match" },
            });
        }

        var bundle = new JsonObject { ["resourceType"] = "Bundle", ["type"] = "searchset", ["total"] = patients.Count };
        if (patients.Count > 0)
            bundle["entry"] = entries;
        return bundle.ToJsonString(Plain);
    }

    public static string OperationOutcome(string reason) => new JsonObject
    {
        ["resourceType"] = "OperationOutcome",
        ["issue"] = new JsonArray(new JsonObject { ["severity"] = "error", ["code"] = "invalid", ["diagnostics"] = reason }),
    }.ToJsonString(Plain);

    private static JsonObject Reliability() => new()
    {
        ["url"] = Core + "StructureDefinition/fr-core-identity-reliability",
        ["extension"] = new JsonArray(new JsonObject
        {
            ["url"] = "identityStatus",
            ["valueCoding"] = new JsonObject { ["system"] = Core + "CodeSystem/fr-core-cs-identity-status", ["code"] = "QUAL" },
        }),
    };

    private static JsonObject BirthPlace(SyntheticPatient patient) => new()
    {
        ["url"] = "http://hl7.org/fhir/StructureDefinition/patient-birthPlace",
        ["valueAddress"] = new JsonObject
        {
            ["extension"] = new JsonArray(new JsonObject
            {
                ["url"] = Core + "StructureDefinition/fr-core-address-insee-code",
                ["valueCoding"] = new JsonObject
                {
                    ["system"] = "https://mos.esante.gouv.fr/NOS/TRE_R13-CommuneOM/FHIR/TRE-R13-CommuneOM",
                    ["code"] = patient.BirthPlaceCode,
                    ["display"] = patient.BirthPlaceName,
                },
            }),
        },
    };

    private static JsonObject Identifier(string use, string type, string system, string value) => new()
    {
        ["use"] = use,
        ["type"] = new JsonObject { ["coding"] = new JsonArray(new JsonObject { ["system"] = IdentifierTypes, ["code"] = type }) },
        ["system"] = system,
        ["value"] = value,
    };
}
