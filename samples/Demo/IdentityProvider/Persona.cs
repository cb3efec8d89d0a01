using System.Text.Json.Nodes;
using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Population;

namespace DmpFederation.Demo.IdentityProvider;

/// <summary>Somebody one can be in the demo: the claims their token carries.</summary>
/// <param name="Name">Name in <c>tokens.json</c>.</param>
/// <param name="Subject">Claim <c>sub</c>.</param>
/// <param name="Claims">Text, list or object by claim name.</param>
internal sealed record Persona(string Name, string Subject, IReadOnlyDictionary<string, JsonNode> Claims);

/// <summary>
/// The personas of the demo. Professionals carry the claims of Pro Santé Connect; the chosen situation d'exercice is a claim of its own, because one
/// person may practise in several.
/// </summary>
internal static class Personas
{
    private const string RoleAuthority = "^1.2.250.1.213.1.1.5.5";

    /// <param name="patient">First line of the list of patients.</param>
    public static IReadOnlyList<Persona> All(ListedPatient patient) =>
    [
        Professional("doctor", Professionals.Doctor),
        Professional("attending", Professionals.Attending),
        Professional("pharmacist", Professionals.Pharmacist),
        Professional("emergency", Professionals.Emergency, ("Acces_Regulation_Medicale", "VRAI")),
        Hospital(Professionals.Hospital),
        Patient(patient),
        Other("analyst", "analyst", "Inès Racine", ("studies", new JsonArray("demo"))),
        Other("regionOperator", "regionOperator", "Karim Jacquot", ("region", "franche-comte")),
        Other("nationalOperator", "nationalOperator", "Odile Fontaine"),
        Other("dpo", "dpo", "Hervé Besson"),
    ];

    private static Persona Professional(string name, SyntheticAuthor person, params IReadOnlyList<(string, JsonNode)> more)
    {
        var subject = "8" + person.Rpps;
        var claims = Practice(person, subject);
        claims["Palier_Authentification"] = "APPPRIP3^1.2.250.1.213.1.5.1.1.1";
        claims["Mode_Acces_Raison"] = "";
        foreach (var (claim, value) in more)
            claims[claim] = value;
        return new Persona(name, subject, claims);
    }

    /// <summary>
    /// Indirect authentication: the hospital's certificate vouches for a user it names by an internal number, not by a card of theirs.
    /// </summary>
    private static Persona Hospital(SyntheticAuthor person)
    {
        var subject = $"3{person.Finess}/0042";
        var claims = Practice(person, subject);
        claims["authentication_mode"] = "indirect";
        claims["structure_certificate"] = $"CN=1{person.Finess}, OU=ORG_AUTH_CLI, O=IGC-SANTE TEST, C=FR";
        return new Persona("hospital", subject, claims);
    }

    private static Dictionary<string, JsonNode> Practice(SyntheticAuthor person, string subject)
    {
        var situation = person.Specialty.Split('/');
        var profession = situation[0]["G15_".Length..];
        var knowledge = situation.Length > 1 ? situation[1] : "";
        var section = profession == "21" ? knowledge : "";
        return new Dictionary<string, JsonNode>
        {
            ["role"] = "professional",
            ["SubjectNameID"] = subject,
            ["SubjectRole"] = new JsonArray(profession + RoleAuthority),
            ["SubjectOrganization"] = person.OrganizationName,
            ["SubjectOrganizationID"] = "1" + person.Finess,
            ["Secteur_Activite"] = (profession == "21" ? "SA33" : "SA07") + "^1.2.250.1.71.4.2.4",
            ["situation"] = person.Specialty,
            ["given_name"] = person.GivenName,
            ["family_name"] = person.FamilyName,
            ["SubjectRefPro"] = new JsonObject
            {
                ["codeCivilite"] = "M",
                ["exercices"] = new JsonArray(new JsonObject
                {
                    ["codeProfession"] = profession,
                    ["codeCategorieProfessionnelle"] = "C",
                    ["codeTypeSavoirFaire"] = section.Length > 0 || knowledge.Length == 0 ? "" : "S",
                    ["codeSavoirFaire"] = section.Length > 0 ? "" : knowledge,
                    ["nomDexercice"] = person.FamilyName,
                    ["prenomDexercice"] = person.GivenName,
                    ["activities"] = new JsonArray(new JsonObject
                    {
                        ["codeModeExercice"] = "L",
                        ["codeSecteurDactivite"] = profession == "21" ? "SA33" : "SA07",
                        ["codeSectionPharmacien"] = section,
                        ["numeroFinessSite"] = person.Finess,
                        ["raisonSocialeSite"] = person.OrganizationName,
                    }),
                }),
            },
        };
    }

    private static Persona Patient(ListedPatient patient) => new("patient", "patient-1", new Dictionary<string, JsonNode>
    {
        ["role"] = "patient",
        ["ins"] = $"{patient.System}|{patient.Ins}",
        ["given_name"] = patient.GivenName,
        ["family_name"] = patient.BirthName,
    });

    private static Persona Other(string name, string role, string person, params IReadOnlyList<(string Claim, JsonNode Value)> more)
    {
        var claims = new Dictionary<string, JsonNode>
        {
            ["role"] = role,
            ["given_name"] = person.Split(' ')[0],
            ["family_name"] = person.Split(' ')[1],
        };
        foreach (var (claim, value) in more)
            claims[claim] = value;
        return new Persona(name, name + "-1", claims);
    }
}

/// <summary>A line of <c>patients.csv</c>.</summary>
internal sealed record ListedPatient(string Ins, string System, string BirthName, string GivenName)
{
    /// <summary>The demo's patient: the first of the list.</summary>
    public static ListedPatient FirstOf(string file)
    {
        var fields = File.ReadLines(file).Skip(1).FirstOrDefault()?.Split(',');
        return fields is { Length: 6 }
            ? new ListedPatient(fields[0], fields[1], fields[2], fields[3])
            : throw new DemoFault($"{file} has no patient: ask for at least one with --patients.");
    }
}
