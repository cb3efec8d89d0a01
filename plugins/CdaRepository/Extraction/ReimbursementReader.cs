using System.Xml.Linq;
using DmpFederation.Plugins.CdaRepository.Cda;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CdaRepository.Extraction;

/// <summary>
/// Lines of an historique des remboursements (CNAM-HR): medicines, vaccines, devices, stays, acts. A line proves that something was paid for: a
/// reimbursed vaccine is a box, not an injection. Treatment dates are null there; the usable one is that of the supply's performer.
/// </summary>
internal static class ReimbursementReader
{
    private const string Type = "REMB";
    private const string Template = "1.2.250.1.213.1.1.1.36";

    internal static bool Is(CdaDocument document) => document.Type.Has(Type) || document.HasTemplate(Template);

    internal static Fact? Read(XElement line, EntryScope scope)
    {
        var item = line.Name.LocalName switch
        {
            "substanceAdministration" => MedicineReader.Read(line, scope),
            "supply" => scope.Concepts.Read(
                line.Parts("participant").Select(one => one.At("participantRole", "playingDevice", "code")).FirstOrDefault()),
            _ => scope.Concepts.Read(line.Part("code")),
        };
        if (item.IsEmpty)
            item = item.WithText(scope.TextOf(line.Part("text")));
        if (item.IsEmpty)
            return null;
        var supply = line.Parts("entryRelationship").Select(relation => relation.Part("supply")).FirstOrDefault(one => one is not null) ?? line;
        var start = line.Parts("effectiveTime").Select(CdaTime.StartOf).FirstOrDefault(time => time is not null)
            ?? CdaTime.StartOf(supply.Part("performer").Part("time")) ?? CdaTime.StartOf(supply.Part("author").Part("time"));
        var end = CdaTime.HighOf(line.Part("effectiveTime"));
        var provider = CdaAuthors.PerformerOf(line) ?? CdaAuthors.PerformerOf(supply) ?? CdaAuthors.AuthorOf(supply);
        var quantity = Quantity.Of(supply.Part("quantity"));
        return new Fact
        {
            ResourceType = "ExplanationOfBenefit",
            Category = EntryCategory.Reimbursement,
            Source = line,
            Position = scope.Position,
            Code = item,
            Date = start,
            Status = "active",
            Author = provider,
            PatientProperty = "patient",
            Body = json =>
            {
                json.WriteString("status", "active");
                json.Code("type", "http://terminology.hl7.org/CodeSystem/claim-type", line.Name.LocalName switch
                {
                    "substanceAdministration" => "pharmacy",
                    "encounter" => "institutional",
                    _ => "professional",
                });
                json.WriteString("use", "claim");
                json.Period("billablePeriod", start, end);
                json.Time("created", scope.Document.Created);
                WriteDisplay("insurer", "Assurance maladie");
                WriteDisplay("provider", provider?.OrganizationName ?? provider?.Name ?? "Non précisé");
                json.WriteString("outcome", "complete");
                json.WriteStartArray("insurance");
                json.WriteStartObject();
                json.WriteBoolean("focal", true);
                WriteDisplay("coverage", "Assurance maladie obligatoire");
                json.WriteEndObject();
                json.WriteEndArray();
                json.WriteStartArray("item");
                json.WriteStartObject();
                json.WriteNumber("sequence", 1);
                json.RequiredConcept("productOrService", item);
                if (end is not null)
                    json.Period("servicedPeriod", start, end);
                else if (start is { Precision: DatePrecision.Instant, Day: { } day })
                    json.Time("servicedDate", FhirDate.FromDay(day));
                else
                    json.Time("servicedDate", start);
                quantity?.Write(json, "quantity");
                json.WriteEndObject();
                json.WriteEndArray();

                void WriteDisplay(string name, string display)
                {
                    json.WriteStartObject(name);
                    json.WriteString("display", display);
                    json.WriteEndObject();
                }
            },
        };
    }
}
