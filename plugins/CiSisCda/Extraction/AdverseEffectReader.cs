using System.Xml.Linq;
using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CiSisCda.Extraction;

/// <summary>
/// Foreseeable adverse effects of medicines (IPS-FR, section 44939-7): the medicine is the cause and not a treatment, so the fact is an intolerance
/// to it with the effects as reactions.
/// </summary>
internal static class AdverseEffectReader
{
    private const string Section = "44939-7";

    internal static bool IsAdverseEffect(XElement observation, EntryScope scope) =>
        scope.Sections.Contains(Section) && MedicineOf(observation) is not null;

    internal static Fact? Read(XElement observation, EntryScope scope)
    {
        var medicine = MedicineReader.Read(MedicineOf(observation)!, scope);
        if (medicine.IsEmpty)
            return null;
        var onset = CdaTime.LowOf(observation.Part("effectiveTime"));
        var author = scope.AuthorOf(observation) ?? scope.Document.Author;
        return new Fact
        {
            ResourceType = "AllergyIntolerance",
            Category = EntryCategory.Allergy,
            Source = observation,
            Position = scope.Position,
            Code = medicine,
            Date = onset ?? scope.Document.Created,
            Status = "active",
            Author = author,
            PatientProperty = "patient",
            Body = json =>
            {
                json.Code("clinicalStatus", "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", "active");
                json.WriteString("type", "intolerance");
                json.WriteStartArray("category");
                json.WriteStringValue("medication");
                json.WriteEndArray();
                json.RequiredConcept("code", medicine);
                json.Time("onsetDateTime", onset);
                json.Time("recordedDate", scope.Document.Created);
                json.Person("asserter", author);
                json.Note(scope.CommentOf(observation));
                AllergyReader.WriteReactions(json, observation, scope);
            },
        };
    }

    private static XElement? MedicineOf(XElement observation) =>
        observation.Parts("entryRelationship").Select(relation => relation.Part("substanceAdministration")).FirstOrDefault(one => one is not null);
}
