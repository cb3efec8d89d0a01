using System.Xml.Linq;
using DmpFederation.SyntheticFrance.Model;
using static DmpFederation.LegacySystems.FrancheComte.CdaXml;

namespace DmpFederation.LegacySystems.FrancheComte;

/// <summary>A fact as an entry of a section (IHE XD-LAB, PCC and PHARM templates under the CI-SIS). The id of the origin is the entry's id.</summary>
internal static class CdaEntries
{
    internal static XElement Of(SyntheticFact fact, SyntheticOrigin origin, string target)
    {
        var id = IdOf(origin.LocalId[(origin.LocalId.IndexOf('#', StringComparison.Ordinal) + 1)..]);
        return fact.Kind switch
        {
            FactKind.LabResult => Result(fact, origin, id, target),
            FactKind.VitalSign => Measure(fact, id, target),
            FactKind.Problem => Problem(fact, id, target),
            FactKind.Allergy => Allergy(fact, id, target),
            FactKind.Prescription => CdaMedicines.Treatment(fact, id, target),
            FactKind.Vaccination => CdaMedicines.Vaccination(fact, id, target),
            FactKind.Dispensation => CdaMedicines.Dispensation(fact, id, target),
            FactKind.Act => E(
                "procedure", A("classCode", "PROC"), A("moodCode", "EVN"), Template("1.3.6.1.4.1.19376.1.5.3.1.4.19"), id,
                Code("code", fact.Codes[0]), Text(target), Status("completed"), At(fact), CdaHeader.Performer(fact.Author)),
            FactKind.Stay => E(
                "encounter", A("classCode", "ENC"), A("moodCode", "EVN"), Template("1.3.6.1.4.1.19376.1.5.3.1.4.14"), id,
                Code("code", "IMP", "2.16.840.1.113883.5.4", "Hospitalisation", Wording(target)), Text(target),
                E("effectiveTime", E("low", A("value", Moment(fact.Date))), fact.End is { } end ? E("high", A("value", Moment(end))) : null),
                CdaHeader.Performer(fact.Author)),
            FactKind.CarePlan or FactKind.Document => throw new ArgumentException("Neither a plan nor a document is an entry.", nameof(fact)),
            _ => throw new ArgumentOutOfRangeException(nameof(fact)),
        };
    }

    internal static XElement VitalSigns(IEnumerable<XElement> measures) => E(
        "organizer", A("classCode", "CLUSTER"), A("moodCode", "EVN"), Template("1.3.6.1.4.1.19376.1.5.3.1.4.13.1"),
        Code("code", "85353-1", Loinc, "Signes vitaux"), Status("completed"), measures.Select(measure => E("component", measure)));

    internal static XElement Text(string target) => E("text", Reference(target));

    internal static XElement At(SyntheticFact fact) => E("effectiveTime", A("value", Day(fact.Date)));

    private static XElement Result(SyntheticFact fact, SyntheticOrigin origin, XElement id, string target)
    {
        var variant = origin.Variant;
        var low = variant is null ? fact.ReferenceLow : variant.ReferenceLow;
        var high = variant is null ? fact.ReferenceHigh : variant.ReferenceHigh;
        var unit = variant?.Unit ?? fact.Unit;
        return E(
            "observation", A("classCode", "OBS"), A("moodCode", "EVN"), Template("1.3.6.1.4.1.19376.1.3.1.6"), id,
            Code("code", variant?.Code ?? fact.Codes[0], Wording(target)),
            Status("completed"),
            E("effectiveTime", A("value", Moment(fact.Date))),
            Quantity("value", variant?.Value ?? fact.Value, unit, Type("PQ")),
            fact.Flag is { } flag ? Code("interpretationCode", flag, "2.16.840.1.113883.5.83", null) : null,
            low is null && high is null ? null : E(
                "referenceRange", A("typeCode", "REFV"),
                E(
                    "observationRange", A("classCode", "OBS"), A("moodCode", "EVN.CRT"),
                    E(
                        "value", Type("IVL_PQ"),
                        low is null ? null : Quantity("low", low, unit), high is null ? null : Quantity("high", high, unit)))));
    }

    private static XElement Measure(SyntheticFact fact, XElement id, string target) => E(
        "observation", A("classCode", "OBS"), A("moodCode", "EVN"), Template("1.3.6.1.4.1.19376.1.5.3.1.4.13.2"), id, Code("code", fact.Codes[0]),
        Text(target), Status("completed"), E("effectiveTime", A("value", Moment(fact.Date))), Quantity("value", fact.Value, fact.Unit, Type("PQ")));

    private static XElement Problem(SyntheticFact fact, XElement id, string target) => Concern(
        fact, "1.3.6.1.4.1.19376.1.5.3.1.4.5.2",
        E(
            "observation", A("classCode", "OBS"), A("moodCode", "EVN"), A("negationInd", "false"), Template("1.3.6.1.4.1.19376.1.5.3.1.4.5"), id,
            Code("code", "282291009", Snomed, "interprétation diagnostique"), Text(target), Status("completed"),
            E("effectiveTime", E("low", A("value", Day(fact.Date)))),
            Code("value", fact.Codes[0], Type("CD"), Wording(target)),
            Attribute("33999-4", "Statut", "active", "2.16.840.1.113883.4.642.1.1074")));

    private static XElement Allergy(SyntheticFact fact, XElement id, string target)
    {
        // "No known allergy" is a kind of its own; an allergy to something is a kind and an agent.
        var isNone = fact.Codes[0].Code is "716186003" or "409137002" or "429625007" or "428607008";
        return Concern(
            fact, "1.3.6.1.4.1.19376.1.5.3.1.4.5.3",
            E(
                "observation", A("classCode", "OBS"), A("moodCode", "EVN"), A("negationInd", "false"), Template("1.3.6.1.4.1.19376.1.5.3.1.4.6"), id,
                isNone ? Code("code", fact.Codes[0], Wording(target)) : Code("code", "609328004", Snomed, "allergie"),
                Text(target), Status("completed"), E("effectiveTime", E("low", A("value", Day(fact.Date)))),
                E("value", Type("CD"), Wording(target)),
                isNone ? null : E(
                    "participant", A("typeCode", "CSM"),
                    E("participantRole", E("playingEntity", Code("code", fact.Codes[0], Wording(target)), E("name", fact.Codes[0].Label)))),
                Attribute("33999-4", "Statut", "active", "2.16.840.1.113883.4.642.4.1373"),
                isNone || fact.Text is null ? null : E(
                    "entryRelationship", A("typeCode", "MFST"),
                    E(
                        "observation", A("classCode", "OBS"), A("moodCode", "EVN"), Template("1.3.6.1.4.1.19376.1.5.3.1.4.5"),
                        Code("code", "418799008", Snomed, "symptôme rapporté par le patient ou le répondant"), Status("completed"),
                        E("value", Type("CD"), Wording(target + "-texte"))))));
    }

    private static XElement Concern(SyntheticFact fact, string template, XElement observation) => E(
        "act", A("classCode", "ACT"), A("moodCode", "EVN"), Template("1.3.6.1.4.1.19376.1.5.3.1.4.5.1"), Template(template),
        E("code", A("nullFlavor", "NA")), Status("active"), E("effectiveTime", E("low", A("value", Day(fact.Date)))),
        E("entryRelationship", A("typeCode", "SUBJ"), A("inversionInd", "false"), observation));

    private static XElement Attribute(string code, string label, string value, string oid) => E(
        "entryRelationship", A("typeCode", "REFR"), A("inversionInd", "false"),
        E(
            "observation", A("classCode", "OBS"), A("moodCode", "EVN"), Code("code", code, Loinc, label), Status("completed"),
            E("value", Type("CE"), A("code", value), A("codeSystem", oid))));

    private static XElement Quantity(string name, decimal? number, string? unit, params object?[] inside) => number is { } value
        ? E(name, inside, A("value", Number(value)), unit is null ? null : A("unit", unit))
        : E(name, inside, A("nullFlavor", "NAV"));
}
