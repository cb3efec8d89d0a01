using Hl7.Fhir.Model;

namespace DmpFederation.Sdk.Tests.Doors;

/// <summary>A random person, written into the object model the way one of the editions of FR Core writes it, with what is no trait around it.</summary>
internal sealed class RandomPatient(Choices choices)
{
    private const string FrCore = "https://hl7.fr/ig/fhir/core/StructureDefinition/";
    private const string Interop = "http://interopsante.org/fhir/StructureDefinition/";

    private static readonly string[] Names = ["TILLEUL", "D'HÊTRE", "LE GOFF", "日本", "Ng\"o\\", "O/X"];
    private static readonly string[] Given = ["Rose", "MARIE-LOUISE", "Jean", "Jeanne", "Zoé", "X"];

    private readonly bool isOld = choices.Flip();

    public (Patient Patient, PatientTraits Traits) Make()
    {
        var traits = new PatientTraits
        {
            BirthName = choices.Maybe(() => choices.Of(Names)),
            UsedName = choices.Maybe(() => choices.Of(Names)),
            GivenNames = choices.Several(() => choices.Of(Given)),
            BirthDate = choices.Flip() ? FhirDate.Parse(choices.Of("1979-03-28", "1951", "1951-03")) : null,
            Sex = choices.Of(TraitSex.Unknown, TraitSex.Female, TraitSex.Male),
            BirthPlaceCode = choices.Maybe(() => choices.Of("51215", "2B033", "99109")),
            Keys = choices.Several(Key).Distinct().ToArray(),
            Status = isOld
                ? choices.Of(IdentityStatus.Provisional, IdentityStatus.Qualified)
                : choices.Of(IdentityStatus.Provisional, IdentityStatus.Retrieved, IdentityStatus.Validated, IdentityStatus.Qualified),
        };
        var patient = new Patient
        {
            Id = "7",
            BirthDate = traits.BirthDate?.ToString(),
            Gender = traits.Sex switch
            {
                TraitSex.Female => AdministrativeGender.Female,
                TraitSex.Male => AdministrativeGender.Male,
                _ => choices.Of<AdministrativeGender?>(null, AdministrativeGender.Unknown, AdministrativeGender.Other),
            },
            Name = NamesOf(traits),
            Identifier = IdentifiersOf(traits),
            Contact = choices.Several(() => new Patient.ContactComponent { Name = new HumanName { Use = HumanName.NameUse.Official, Family = "OTHER" } }),
        };
        AddExtensions(patient, traits);
        return (patient, traits);
    }

    private List<HumanName> NamesOf(PatientTraits traits)
    {
        var official = new HumanName { Use = isOld ? HumanName.NameUse.Maiden : HumanName.NameUse.Official, Family = traits.BirthName };
        var isListed = traits.GivenNames.Count > 0 && choices.Flip();
        official.Given = isListed ? traits.GivenNames.Take(1) : traits.GivenNames;
        if (isListed)
            official.AddExtension(FrCore + "fr-core-patient-birth-list-given-name", new FhirString(string.Join(' ', traits.GivenNames)));
        var names = new List<HumanName> { official };
        if (traits.UsedName is { } used)
            names.Insert(choices.Below(2), new HumanName { Use = HumanName.NameUse.Usual, Family = used, Given = choices.Several(() => "Ninon") });
        if (choices.Flip())
        {
            names.Insert(choices.Below(2), new HumanName
            {
                Use = choices.Of<HumanName.NameUse?>(null, HumanName.NameUse.Old, HumanName.NameUse.Nickname),
                Family = "FORMER",
                Given = ["Other"],
            });
        }
        return names;
    }

    private List<Identifier> IdentifiersOf(PatientTraits traits)
    {
        var identifiers = traits.Keys
            .Select(key => new Identifier(key.System, key.Value)
            {
                Use = choices.Of<Identifier.IdentifierUse?>(null, Identifier.IdentifierUse.Official, Identifier.IdentifierUse.Secondary),
                Type = choices.Maybe(() => new CodeableConcept("https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0203", "INS-NIR")),
            })
            .ToList();
        if (choices.Flip())
        {
            identifiers.Insert(choices.Below(identifiers.Count + 1), new Identifier(PatientKeySystems.InsNir, "200000000000099")
            {
                Type = new CodeableConcept("http://terminology.hl7.org/CodeSystem/v2-0203", "NH"),
            });
        }
        if (choices.Flip())
            identifiers.Add(new Identifier(PatientKeySystems.InsNir, "100000000000099") { Use = Identifier.IdentifierUse.Old });
        if (choices.Flip())
            identifiers.Add(new Identifier { Value = "no system" });
        return identifiers;
    }

    private void AddExtensions(Patient patient, PatientTraits traits)
    {
        if (choices.Flip())
            patient.AddExtension(FrCore + "fr-core-patient-death-place", new Address { District = "75056" });
        if (traits.BirthPlaceCode is { } place)
        {
            var address = new Address { City = "REIMS" };
            if (isOld)
                address.District = place;
            else
                address.AddExtension(FrCore + "fr-core-address-insee-code", new Hl7.Fhir.Model.Coding("urn:x", place));
            patient.AddExtension("http://hl7.org/fhir/StructureDefinition/patient-birthPlace", address);
        }
        if (traits.Status == IdentityStatus.Provisional && choices.Flip())
            return;
        var reliability = new Extension { Url = isOld ? Interop + "fr-core-ident-reliability" : FrCore + "fr-core-identity-reliability" };
        if (choices.Flip())
            reliability.AddExtension("lastUpdated", new Date("2024-01-01"));
        var (system, code) = (isOld, traits.Status) switch
        {
            (true, IdentityStatus.Qualified) => ("http://interopsante.org/fhir/CodeSystem/fr-v2-0445", "VALI"),
            (true, _) => ("http://interopsante.org/fhir/CodeSystem/fr-v2-0445", choices.Of("PROV", "DOUB", "CACH")),
            (_, IdentityStatus.Qualified) => (FrCore + "fr-core-cs-identity-status", "QUAL"),
            (_, IdentityStatus.Validated) => (FrCore + "fr-core-cs-identity-status", "VALI"),
            (_, IdentityStatus.Retrieved) => (FrCore + "fr-core-cs-identity-status", "RECUP"),
            _ => (FrCore + "fr-core-cs-identity-status", "PROV"),
        };
        reliability.AddExtension(isOld ? "identityReliability" : "identityStatus", new Hl7.Fhir.Model.Coding(system, code));
        patient.Extension.Insert(choices.Below(patient.Extension.Count + 1), reliability);
    }

    private PatientKey Key() => choices.Of(
        new PatientKey(PatientKeySystems.InsNirTest, "279035121518989"), new PatientKey("urn:oid:1.2.250.1.176.1.2", "DP1"),
        new PatientKey(PatientKeySystems.InsC, "1541187387477485562488"), new PatientKey("https://chu.example/ipp", "é|1"));
}
