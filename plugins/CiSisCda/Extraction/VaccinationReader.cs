using System.Globalization;
using System.Xml.Linq;
using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CiSisCda.Extraction;

/// <summary>Vaccines given or not given.</summary>
internal static class VaccinationReader
{
    private const string Section = "11369-6";

    internal static bool IsVaccination(XElement administration, EntryScope scope) =>
        administration.HasTemplate("1.3.6.1.4.1.19376.1.5.3.1.4.12")
        || scope.Sections.Contains(Section)
        || administration.Part("code").Attr("code") is "IMMUNIZ" or "INITIMMUNIZ" or "BOOSTER";

    internal static Fact? Read(XElement administration, EntryScope scope)
    {
        var vaccine = MedicineReader.Read(administration, scope);
        if (vaccine.IsEmpty)
            vaccine = vaccine.WithText(scope.TextOf(administration.Part("text")));
        if (vaccine.IsEmpty && vaccine.NullFlavor != "MSK")
            return null;
        var given = administration.Parts("effectiveTime").Select(CdaTime.StartOf).FirstOrDefault(time => time is not null);
        var status = administration.IsNegated() ? "not-done" : "completed";
        var performer = scope.PerformerOf(administration) ?? scope.Document.Author;
        var rank = Attribute(administration, "30973-2") is { } ranked
            && int.TryParse(ranked.Attr("value"), CultureInfo.InvariantCulture, out var dose) && dose > 0
                ? dose
                : (int?)null;
        var series = scope.Concepts.Read(administration.Part("code")).Label;
        var amount = Quantity.Of(administration.Part("doseQuantity"));
        return new Fact
        {
            ResourceType = "Immunization",
            Category = EntryCategory.Immunization,
            Source = administration,
            Position = scope.Position,
            Code = vaccine,
            Fallback = "Vaccin",
            Date = given,
            Status = status,
            Author = performer,
            Value = amount is null ? null : new EntryValue { Number = amount.Number, Unit = amount.UnitLabel, UnitCode = amount.UcumUnit },
            PatientProperty = "patient",
            Body = json =>
            {
                json.WriteString("status", status);
                json.Concept("statusReason", status == "not-done" ? ReasonOf(administration, scope) : Concept.Empty);
                json.RequiredConcept("vaccineCode", vaccine);
                if (given is null)
                    json.WriteString("occurrenceString", "Date inconnue");
                json.Time("occurrenceDateTime", given);
                json.Text("lotNumber", MedicineReader.LotOf(administration));
                if (MedicineReader.ExpiryOf(administration) is { Precision: not DatePrecision.Instant } expiry)
                    json.Time("expirationDate", expiry);
                json.Concept("site", scope.Concepts.Read(administration.Part("approachSiteCode")));
                json.Concept("route", scope.Concepts.Read(administration.Part("routeCode")));
                amount?.Write(json, "doseQuantity");
                json.Actor("performer", performer);
                json.Note(scope.CommentOf(administration), ReactionsOf(administration, scope));
                if (rank is null && series is null)
                    return;
                json.WriteStartArray("protocolApplied");
                json.WriteStartObject();
                json.Text("series", series);
                if (rank is { } number)
                    json.WriteNumber("doseNumberPositiveInt", number);
                else
                    json.WriteString("doseNumberString", "Non précisé");
                json.WriteEndObject();
                json.WriteEndArray();
            },
        };
    }

    private static XElement? Attribute(XElement administration, string code) =>
        administration.Parts("entryRelationship").Select(relation => relation.Part("observation"))
            .FirstOrDefault(one => one.Part("code").Attr("code") == code).Part("value");

    private static Concept ReasonOf(XElement administration, EntryScope scope)
    {
        var reason = administration.Parts("entryRelationship").Where(relation => relation.Attr("typeCode") == "RSON")
            .SelectMany(relation => relation.Elements()).FirstOrDefault(element => element.Name.LocalName is "act" or "observation");
        return scope.Concepts.Read(reason.Part("value")).Or(scope.Concepts.Read(reason.Part("code")));
    }

    // An R4 reaction points at an Observation resource; the wording says it without one.
    private static string? ReactionsOf(XElement administration, EntryScope scope)
    {
        var reactions = administration.Parts("entryRelationship").Where(relation => relation.Attr("typeCode") is "CAUS" or "MFST")
            .Select(relation => scope.Concepts.Read(relation.Part("observation").Part("value")).Label)
            .OfType<string>().ToList();
        return reactions.Count == 0 ? null : $"Réaction : {string.Join(", ", reactions)}";
    }
}
