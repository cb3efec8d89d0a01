using System.Xml.Linq;
using DmpFederation.SyntheticFrance.Model;
using static DmpFederation.LegacySystems.FrancheComte.CdaXml;

namespace DmpFederation.LegacySystems.FrancheComte;

/// <summary>Treatments of a summary, vaccines given, boxes handed over.</summary>
internal static class CdaMedicines
{
    private const string Box = "30009000";

    internal static XElement Treatment(SyntheticFact fact, XElement id, string target) => E(
        "substanceAdministration", A("classCode", "SBADM"), A("moodCode", "EVN"), Template("1.3.6.1.4.1.19376.1.5.3.1.4.7"), id,
        Code("code", "DRUG", "2.16.840.1.113883.5.4", "Médicament"),
        CdaEntries.Text(fact.Text is null ? target : target + "-texte"),
        Status("completed"),
        E("effectiveTime", Type("IVL_TS"), E("low", A("value", Day(fact.Date))), E("high", A("nullFlavor", "UNK"))),
        E("consumable", Product(fact, target)));

    internal static XElement Vaccination(SyntheticFact fact, XElement id, string target) => E(
        "substanceAdministration", A("classCode", "SBADM"), A("moodCode", "EVN"), A("negationInd", "false"),
        Template("1.3.6.1.4.1.19376.1.5.3.1.4.12"), id,
        Code("code", "IMMUNIZ", "2.16.840.1.113883.5.4", "Vaccination sans autres précisions"),
        CdaEntries.Text(target),
        Status("completed"),
        CdaEntries.At(fact),
        E("consumable", A("typeCode", "CSM"), Product(fact, target)),
        CdaHeader.Performer(fact.Author));

    internal static XElement Dispensation(SyntheticFact fact, XElement id, string target) => E(
        "supply", A("classCode", "SPLY"), A("moodCode", "EVN"), Template("1.3.6.1.4.1.19376.1.9.1.3.4"), id,
        CdaEntries.Text(target),
        CdaEntries.At(fact),
        E("quantity", A("value", Number(fact.Value ?? 1)), A("unit", Box)),
        E("product", Product(fact, target)),
        CdaHeader.Performer(fact.Author));

    // The box by its CIP13 in a translation, the class it belongs to by its ATC code, as eDISP-MED has them.
    private static XElement Product(SyntheticFact fact, string target)
    {
        var boxes = fact.Codes.Where(code => !IsAtc(code)).ToList();
        var kind = fact.Codes.FirstOrDefault(IsAtc);
        return E(
            "manufacturedProduct", A("classCode", "MANU"),
            E(
                "manufacturedMaterial",
                E("code", Wording(target), boxes.Select(code => Code("translation", code))),
                E("name", fact.Codes[0].Label),
                kind is null ? null : new XElement(
                    Pharm + "asSpecializedKind", A("classCode", "GRIC"),
                    new XElement(
                        Pharm + "generalizedMedicineClass", A("classCode", "MMAT"),
                        new XElement(Pharm + "code", A("code", kind.Code), A("codeSystem", OidOf(kind.System)), A("displayName", kind.Label)),
                        new XElement(Pharm + "name", kind.Label)))));
    }

    private static bool IsAtc(SyntheticCode code) => code.System == "http://www.whocc.no/atc";
}
