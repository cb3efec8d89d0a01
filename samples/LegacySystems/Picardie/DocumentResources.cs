using System.Text.Json.Nodes;
using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.LegacySystems.Picardie;

/// <summary>Documents as PDSm describes them: a DocumentReference with its author inside, and a Binary with the bytes.</summary>
internal static class DocumentResources
{
    private const string Pdf = "application/pdf";

    public static JsonObject Reference(SyntheticFact fact, SyntheticOrigin origin, string patient)
    {
        var id = origin.LocalId[(origin.LocalId.IndexOf('/', StringComparison.Ordinal) + 1)..];
        var resource = FactResources.Started("DocumentReference", origin, "current", "subject", patient);
        resource["contained"] = new JsonArray(new JsonObject
        {
            ["resourceType"] = "PractitionerRole",
            ["id"] = "author",
            ["practitioner"] = FhirJson.Professional(fact.Author),
            ["organization"] = FhirJson.Structure(fact.Author),
            ["specialty"] = new JsonArray(FhirJson.Concept("urn:oid:1.2.250.1.213.1.1.4.5", fact.Author.Specialty)),
        });
        if (origin.Identifiers.Count > 0)
            resource["masterIdentifier"] = FhirJson.Identifier(origin.Identifiers[0].System, origin.Identifiers[0].Value);
        if (origin.Identifiers.Count > 1)
            resource["identifier"] = FhirJson.Identifiers(origin.Identifiers.Skip(1));
        resource["type"] = FhirJson.Concept(fact.Codes);
        resource["date"] = FhirJson.Moment(fact.Date);
        resource["author"] = new JsonArray(new JsonObject
        {
            ["reference"] = "#author",
            ["display"] = $"{fact.Author.GivenName} {fact.Author.FamilyName}",
        });
        resource["custodian"] = FhirJson.Structure(fact.Author);
        resource["description"] = fact.Codes[0].Label;
        resource["securityLabel"] = new JsonArray(FhirJson.Concept("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "N"));
        resource["content"] = new JsonArray(new JsonObject
        {
            ["attachment"] = new JsonObject
            {
                ["contentType"] = Pdf,
                ["language"] = "fr-FR",
                ["url"] = "Binary/" + FactResources.BinaryId(id),
                ["title"] = fact.Codes[0].Label,
                ["creation"] = FhirJson.Moment(fact.Date),
            },
        });
        resource["context"] = new JsonObject { ["period"] = new JsonObject { ["start"] = FhirJson.Moment(fact.Date) } };
        return resource;
    }

    /// <summary>
    /// The content as this region keeps it: always a printable page, also of documents that other regions hold structured.
    /// </summary>
    public static JsonObject Binary(SyntheticFact fact, string patient) => new()
    {
        ["resourceType"] = "Binary",
        ["contentType"] = Pdf,
        ["securityContext"] = new JsonObject { ["reference"] = "Patient/" + patient },
        ["data"] = Convert.ToBase64String(PrintedPage.Of(
            fact.Codes[0].Label,
            [
                $"{fact.Author.OrganizationName}",
                $"Dr {fact.Author.GivenName} {fact.Author.FamilyName}, le {FhirJson.Day(fact.Date)}",
                "",
                fact.Text ?? "",
            ])),
    };
}
