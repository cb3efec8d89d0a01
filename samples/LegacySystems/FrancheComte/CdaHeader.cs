using System.Xml.Linq;
using DmpFederation.SyntheticFrance.Model;
using static DmpFederation.LegacySystems.FrancheComte.CdaXml;

namespace DmpFederation.LegacySystems.FrancheComte;

/// <summary>Header of a document (CI-SIS, structuration minimale).</summary>
internal static class CdaHeader
{
    private const string InsCRoot = "1.2.250.1.213.1.4.2";
    private const string ProfessionalRoot = "1.2.250.1.71.4.2.1";
    private const string StructureRoot = "1.2.250.1.71.4.2.2";

    internal static IEnumerable<XElement> Of(DocumentDeposit deposit)
    {
        var fact = deposit.Fact;
        var moment = Moment(fact.Date);
        yield return E("realmCode", A("code", "FR"));
        yield return E("typeId", A("root", "2.16.840.1.113883.1.3"), A("extension", "POCD_HD000040"));
        yield return Template("2.16.840.1.113883.2.8.2.1");
        yield return Template("1.2.250.1.213.1.1.1.1");
        if (deposit.Kind.TemplateId is { } model)
            yield return Template(model);
        yield return IdOf(deposit.UniqueId);
        yield return Code("code", fact.Codes[0]);
        yield return E("title", deposit.Kind.Title);
        yield return E("effectiveTime", A("value", moment));
        yield return Code("confidentialityCode", "N", "2.16.840.1.113883.5.25", "Normal");
        yield return E("languageCode", A("code", "fr-FR"));
        yield return IdOf(deposit.Series, "setId");
        yield return E("versionNumber", A("value", deposit.Version));
        yield return RecordTarget(InsCRoot, deposit.Identity.InsC, deposit.Identity);
        yield return E("author", E("time", A("value", moment)), Assigned("assignedAuthor", fact.Author));
        yield return E("custodian", E("assignedCustodian", Organization("representedCustodianOrganization", fact.Author)));
        yield return E(
            "legalAuthenticator", E("time", A("value", moment)), E("signatureCode", A("code", "S")), Assigned("assignedEntity", fact.Author));
        yield return E(
            "participant", A("typeCode", "INF"), Code("functionCode", "PCP", "2.16.840.1.113883.5.88", "Médecin traitant"),
            E("time", A("nullFlavor", "NA")), AttendingOf(deposit.Patient));
        yield return E(
            "documentationOf",
            E("serviceEvent", Code("code", fact.Codes[0]), E("effectiveTime", E("low", A("value", moment))), Performer(fact.Author)));
        if (deposit.Replaces is { } replaced)
            yield return E("relatedDocument", A("typeCode", "RPLC"), E("parentDocument", IdOf(replaced)));
        yield return E(
            "componentOf",
            E(
                "encompassingEncounter", Code("code", "AMB", "2.16.840.1.113883.5.4", "ambulatoire"),
                E("effectiveTime", E("low", A("value", moment))),
                E("location", E("healthCareFacility", Code("code", deposit.Kind.FacilityCode, "1.2.250.1.71.4.2.4", deposit.Kind.FacilityLabel)))));
    }

    internal static XElement Performer(SyntheticAuthor author) => E("performer", A("typeCode", "PRF"), Assigned("assignedEntity", author));

    internal static XElement RecordTarget(string root, string identifier, RecordedIdentity patient) => E(
        "recordTarget",
        E(
            "patientRole",
            Id(root, identifier),
            patient.City.Length == 0 ? E("addr", A("nullFlavor", "NASK")) : E(
                "addr", A("use", "H"), E("streetAddressLine", patient.AddressLine), E("postalCode", patient.PostalCode), E("city", patient.City),
                E("country", "FRANCE")),
            E("telecom", A("nullFlavor", "NASK")),
            E(
                "patient", A("classCode", "PSN"),
                E(
                    "name", E("family", A("qualifier", "BR"), patient.BirthName),
                    patient.UsedName is { } used ? E("family", A("qualifier", "SP"), used) : null,
                    E("given", string.Join(' ', patient.GivenNames)),
                    E("given", A("qualifier", "BR"), patient.GivenNames[0])),
                Code("administrativeGenderCode", patient.Sex, "2.16.840.1.113883.5.1", patient.Sex == "F" ? "Féminin" : "Masculin"),
                E("birthTime", A("value", patient.BirthDate.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture))),
                E("birthplace", E("place", E("addr", E("county", patient.BirthPlaceCode), E("city", patient.BirthPlaceName)))))));

    private static XElement AttendingOf(SyntheticPatient patient)
    {
        var entity = Assigned("associatedEntity", patient.Attending);
        entity.SetAttributeValue("classCode", "PROV");
        entity.Element(Ns + "assignedPerson")!.Name = Ns + "associatedPerson";
        entity.Element(Ns + "representedOrganization")!.Name = Ns + "scopingOrganization";
        return entity;
    }

    internal static XElement Assigned(string name, SyntheticAuthor author) => E(
        name,
        Id(ProfessionalRoot, "8" + author.Rpps),
        Code("code", author.Specialty, "1.2.250.1.213.1.1.4.5", null),
        E("addr", A("nullFlavor", "NAV")),
        E("telecom", A("nullFlavor", "NAV")),
        E("assignedPerson", E("name", E("family", author.FamilyName), E("given", author.GivenName), E("suffix", "DR"))),
        Organization("representedOrganization", author));

    internal static XElement Organization(string name, SyntheticAuthor author) =>
        E(name, Id(StructureRoot, "1" + author.Finess), E("name", author.OrganizationName));
}
