using System.Globalization;
using System.Xml.Linq;
using DmpFederation.LegacySystems.FrancheComte;
using DmpFederation.SyntheticFrance.Model;
using static DmpFederation.LegacySystems.FrancheComte.CdaXml;

namespace DmpFederation.LegacySystems.WebMedecin;

/// <summary>Lines as entries of the model CNAM-HR. Dates of treatment are unknown there: the day stands with who delivered.</summary>
internal static class HistoryEntries
{
    internal static XElement Of(ReimbursedLineRow line, string target) => line.Nature switch
    {
        LineNature.Medicine => E(
            "substanceAdministration", A("classCode", "SBADM"), A("moodCode", "EVN"), Template("1.3.6.1.4.1.19376.1.5.3.1.4.7"), IdOf(line),
            CdaEntries.Text(target),
            Status("completed"),
            E("effectiveTime", Type("IVL_TS"), E("low", A("nullFlavor", "UNK")), E("high", A("nullFlavor", "UNK"))),
            E("consumable", Product(line, target, CnamOids.AtcGroup)), Supplied(line)),
        LineNature.Vaccine => E(
            "substanceAdministration", A("classCode", "SBADM"), A("moodCode", "EVN"), A("negationInd", "false"),
            Template("1.3.6.1.4.1.19376.1.5.3.1.4.12"),
            IdOf(line), Code("code", "IMMUNIZ", CnamOids.ActCode, "Vaccination sans autres précisions"), CdaEntries.Text(target), Status("completed"),
            E("effectiveTime", A("nullFlavor", "UNK")),
            E("consumable", A("typeCode", "CSM"), Product(line, target, CnamOids.AtcValence)), Supplied(line)),
        LineNature.Device => E(
            "supply", A("classCode", "SPLY"), A("moodCode", "EVN"), IdOf(line), CdaEntries.Text(target),
            E("effectiveTime", Type("IVL_TS"), E("low", A("nullFlavor", "UNK"))), Quantity(line), Delivered(line), Prescribed(line),
            E(
                "participant", A("typeCode", "DEV"),
                E(
                    "participantRole", A("classCode", "MANU"),
                    E("playingDevice", A("classCode", "DEV"), E("code", Wording(target), Code("translation", line.Code, line.System, line.Label)))))),
        LineNature.Stay => E(
            "encounter", A("classCode", "ENC"), A("moodCode", "EVN"), IdOf(line),
            Code(
                "code", line.Code, line.System, line.Label,
                line.Group is { } group ? E("qualifier", Code("value", group, CnamOids.Ghm, line.Label)) : null),
            CdaEntries.Text(target),
            E("effectiveTime", E("low", A("value", Day(line.Day))), line.End is { } end ? E("high", A("value", Day(end))) : null),
            E("performer", A("typeCode", "PRF"), Structure(line.Performer))),
        LineNature.Act => E(
            "procedure", A("classCode", "PROC"), A("moodCode", "EVN"), IdOf(line),
            Code("code", line.Code, line.System, line.Label), CdaEntries.Text(target),
            Status("completed"), E("effectiveTime", A("value", Day(line.Day))), CdaHeader.Performer(line.Performer)),
        _ => throw new ArgumentOutOfRangeException(nameof(line)),
    };

    private static XElement IdOf(ReimbursedLineRow line) =>
        line.Identifier is { } identifier ? CdaXml.IdOf(identifier) : E("id", A("nullFlavor", "UNK"));

    private static XElement Product(ReimbursedLineRow line, string target, string groupSystem) => E(
        "manufacturedProduct",
        E(
            "manufacturedMaterial",
            E(
                "code", Wording(target), Code("translation", line.Code, line.System, line.Label),
                line.Group is { } group ? Code("translation", group, groupSystem, null) : null),
            E("name", line.Label)));

    private static XElement Supplied(ReimbursedLineRow line) => E(
        "entryRelationship", A("typeCode", "REFR"), A("inversionInd", "false"),
        E(
            "supply", A("classCode", "SPLY"), A("moodCode", "EVN"), E("id", A("nullFlavor", "UNK")), Quantity(line), Delivered(line), Prescribed(line)));

    private static XElement? Quantity(ReimbursedLineRow line) => line.Quantity is { } count ? E("quantity", A("value", count)) : null;

    // The pharmacy is named, the pharmacist is not.
    private static XElement Delivered(ReimbursedLineRow line) =>
        E("performer", A("typeCode", "PRF"), E("time", A("value", Day(line.Day))), Structure(line.Performer));

    private static XElement? Prescribed(ReimbursedLineRow line) => line.Prescriber is { } prescriber
        ? E("author", E("time", A("value", Day(line.Day))), CdaHeader.Assigned("assignedAuthor", prescriber))
        : null;

    private static XElement Structure(SyntheticAuthor author) =>
        E("assignedEntity", E("id", A("nullFlavor", "UNK")), CdaHeader.Organization("representedOrganization", author));

    private static string Day(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
