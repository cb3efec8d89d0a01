using Hl7.Fhir.Model;

namespace DmpFederation.Sdk.Fhir;

/// <summary>The first person and the first organisation among the references of a resource, contained resources resolved.</summary>
internal sealed class Authors
{
    private const int MostAuthors = 16;
    private const string NationalProfessionalId = "urn:oid:1.2.250.1.71.4.2.1";
    private const string NationalRpps = "https://rpps.esante.gouv.fr";

    private readonly IReadOnlyList<Resource> contained;
    private (string? Id, string? Name, string? Role) person;
    private (string? Id, string? Name) organization;

    private Authors(Resource resource) => contained = (resource as DomainResource)?.Contained ?? [];

    internal static EntryAuthor? Of(Resource resource, params ReadOnlySpan<string> elements)
    {
        var authors = new Authors(resource);
        var seen = 0;
        foreach (var element in elements)
        {
            IEnumerable<Base> candidates = resource.Element(element) switch
            {
                Base one => [one],
                IEnumerable<Base> several => several,
                _ => [],
            };
            foreach (var candidate in candidates)
            {
                if (seen++ >= MostAuthors || (authors.HasPerson && authors.HasOrganization))
                    break;
                authors.Take(candidate as ResourceReference ?? Inner(candidate), element is "custodian" or "serviceProvider");
                authors.Take(candidate.Element("onBehalfOf") as ResourceReference, isOrganization: true);
            }
        }
        return authors.HasPerson || authors.HasOrganization
            ? new EntryAuthor(authors.person.Id, authors.person.Name, authors.person.Role, authors.organization.Id, authors.organization.Name)
            : null;
    }

    private bool HasPerson => (person.Id ?? person.Name ?? person.Role) is not null;

    private bool HasOrganization => (organization.Id ?? organization.Name) is not null;

    private static ResourceReference? Inner(Base candidate) =>
        (candidate.Element("actor") ?? candidate.Element("individual")) as ResourceReference;

    private void Take(ResourceReference? reference, bool isOrganization)
    {
        if (reference is null)
            return;
        var target = Resolve(reference);
        var (id, name) = Who(reference, target);
        if (isOrganization || reference.Type == "Organization" || target is Organization || PointsToOrganization(reference.Reference))
        {
            if (!HasOrganization)
                organization = (id, name);
            return;
        }
        string? roleCode = null;
        if (target is PractitionerRole role)
        {
            Take(role.Organization, isOrganization: true);
            var (practitionerId, practitionerName) = role.Practitioner is { } practitioner ? Who(practitioner, Resolve(practitioner)) : default;
            (id, name) = (IdOf(reference.Identifier) ?? practitionerId, Texts.Stated(reference.Display) ?? practitionerName);
            roleCode = RoleOf(role);
        }
        if (!HasPerson)
            person = (id, name, roleCode);
    }

    private (string? Id, string? Name) Who(ResourceReference reference, Resource? target) =>
        (IdOf(reference.Identifier) ?? IdOf(target), Texts.Stated(reference.Display) ?? NameOf(target));

    private Resource? Resolve(ResourceReference reference) => reference.Reference is ['#', _, ..] local
        ? contained.FirstOrDefault(resource => resource.Id == local[1..])
        : null;

    private static bool PointsToOrganization(string? target) => target is not null
        && (target.StartsWith("Organization/", StringComparison.Ordinal) || target.Contains("/Organization/", StringComparison.Ordinal));

    private static string? IdOf(Resource? resource)
    {
        var stated = (resource?.Identifiers("identifier") ?? []).Where(static identifier => !string.IsNullOrEmpty(identifier.Value)).ToList();
        return IdOf(stated.Find(static identifier => identifier.System is NationalProfessionalId or NationalRpps) ?? stated.FirstOrDefault());
    }

    // TRE_G08: PS_IdNat is the RPPS number with an 8 in front.
    private static string? IdOf(Identifier? identifier) => identifier switch
    {
        { System: NationalRpps, Value.Length: 11 } => "8" + identifier.Value,
        _ => Texts.Stated(identifier?.Value),
    };

    private static string? NameOf(Resource? resource) => resource?.Element("name") switch
    {
        HumanName one => Print(one),
        IEnumerable<Base> several => several.OfType<HumanName>().Select(Print).FirstOrDefault(static name => name is not null),
        var text => Texts.Of(text),
    };

    private static string? Print(HumanName name) => Texts.Stated(name.Text) ?? Texts.Stated(string.Join(
        ' ', name.Prefix.Concat(name.Given).Append(name.Family).Concat(name.Suffix).Where(static word => !string.IsNullOrEmpty(word))));

    // The form of XDS authorSpecialty (domain of JDV_J01): G15_10/SM26.
    private static string? RoleOf(PractitionerRole role)
    {
        var profession = Concept.Of(role.Code).Chosen();
        var specialty = Concept.Of(role.Specialty).Chosen()?.Code;
        if (specialty?.Contains('/', StringComparison.Ordinal) == true)
            return specialty;
        var prefix = profession?.System?.Contains("TRE_G15", StringComparison.Ordinal) == true
            && profession.Code?.StartsWith("G15_", StringComparison.Ordinal) == false ? "G15_" : "";
        var code = profession?.Code is { } stated ? prefix + stated : null;
        return code is null || specialty is null ? code ?? specialty : $"{code}/{specialty}";
    }
}
