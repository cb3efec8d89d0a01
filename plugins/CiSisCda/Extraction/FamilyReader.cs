using System.Xml.Linq;
using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CiSisCda.Extraction;

/// <summary>Problems of relatives. They must never be read as problems of the patient.</summary>
internal static class FamilyReader
{
    internal static bool IsAboutRelative(XElement statement) => statement.At("subject", "relatedSubject") is not null;

    internal static Fact? Read(XElement organizer, EntryScope scope)
    {
        var relationship = scope.Concepts.Read(organizer.At("subject", "relatedSubject", "code"));
        var problems = organizer.Parts("component").Select(component => component.Part("observation")).OfType<XElement>()
            .Where(observation => !observation.IsNegated())
            .Select(observation => (Code: ProblemOf(observation, scope), Note: scope.CommentOf(observation)))
            .Where(problem => !problem.Code.IsEmpty).ToList();
        if (problems.Count == 0 && relationship.IsEmpty)
            return null;
        var said = string.Join(", ", problems.Select(problem => problem.Code.Label).OfType<string>());
        return new Fact
        {
            ResourceType = "FamilyMemberHistory",
            Category = EntryCategory.Other,
            Source = CdaId.FirstOf(organizer) is null && organizer.Part("component").Part("observation") is { } first ? first : organizer,
            Position = scope.Position,
            Code = relationship,
            Title = $"{relationship.Label ?? "Parent"} : {(said.Length > 0 ? said : "non précisé")}",
            Date = scope.Document.Created,
            Status = "completed",
            Author = scope.AuthorOf(organizer) ?? scope.Document.Author,
            Value = said.Length > 0 ? new EntryValue { Text = said } : null,
            PatientProperty = "patient",
            Body = json =>
            {
                json.WriteString("status", "completed");
                json.Time("date", scope.Document.Created);
                json.RequiredConcept("relationship", relationship);
                if (problems.Count == 0)
                    return;
                json.WriteStartArray("condition");
                foreach (var (code, note) in problems)
                {
                    json.WriteStartObject();
                    json.RequiredConcept("code", code);
                    json.Note(note);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
            },
        };
    }

    private static Concept ProblemOf(XElement observation, EntryScope scope)
    {
        var value = scope.Concepts.Read(observation.Part("value"));
        return value.IsEmpty ? value.WithText(scope.TextOf(observation.Part("text")) ?? scope.Concepts.Read(observation.Part("code")).Label) : value;
    }
}
