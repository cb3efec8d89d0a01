using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CiSisCda.Extraction;

/// <summary>
/// The plan a document as a whole is: a plan personnalisé de soins (18776-5), or the proposition of a réunion de concertation pluridisciplinaire
/// (34794-8). Its headings become notes, title first; the steps planned in the plan-of-care section become activities.
/// </summary>
internal static class CarePlanReader
{
    private const string CarePlanSection = "18776-5";
    private const string Proposition = "21874-3";

    internal static Fact? Read(CdaDocument document, IReadOnlyList<SectionText> sections, IReadOnlyList<Fact> facts)
    {
        var isPlan = document.Type.Has(CarePlanSection) || document.HasTemplate("1.2.250.1.213.1.1.1.26");
        var isMeeting = document.Type.Has("34794-8") || document.HasTemplate("1.2.250.1.213.1.1.1.8");
        if (!isPlan && !isMeeting)
            return null;
        var headings = sections.Where(section => section.Text.Length > 0).ToList();
        var proposition = headings.Find(section => section.Code == Proposition)?.Text;
        var steps = facts.Where(fact => fact.ResourceType == "ServiceRequest" && fact.Code.Label is not null).Select(fact => fact.Code).ToList();
        var status = document.Created is null ? "unknown" : "active";
        var title = document.Title ?? document.Type.Label;
        return new Fact
        {
            ResourceType = "CarePlan",
            Category = EntryCategory.CarePlan,
            // Of no section in particular: ordinal 0 is used by no entry.
            Position = $"{(isPlan ? CarePlanSection : Proposition)}/0",
            Code = document.Type,
            Title = title,
            Date = document.ServiceStart ?? document.Created,
            Status = status,
            Author = document.Author,
            Value = proposition is null ? null : new EntryValue { Text = proposition },
            Body = json =>
            {
                json.WriteString("status", status);
                json.WriteString("intent", isPlan ? "plan" : "proposal");
                json.Concepts("category", document.Type);
                json.Text("title", title);
                json.Text("description", proposition);
                json.Period("period", document.ServiceStart, document.ServiceStop);
                json.Time("created", document.Created);
                json.Person("author", document.Author);
                if (steps.Count > 0)
                {
                    json.WriteStartArray("activity");
                    foreach (var step in steps)
                    {
                        json.WriteStartObject();
                        json.WriteStartObject("detail");
                        json.Concept("code", step);
                        json.WriteString("status", "not-started");
                        json.WriteEndObject();
                        json.WriteEndObject();
                    }
                    json.WriteEndArray();
                }
                json.Note([.. headings.Select(section => section.Title is { } heading ? $"{heading}\n{section.Text}" : section.Text)]);
            },
        };
    }
}
