using System.Text.Json;
using System.Xml.Linq;
using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CiSisCda.Extraction;

/// <summary>Allergies and intolerances, and the statement that none is known.</summary>
internal static class AllergyReader
{
    internal const string Section = "48765-2";

    private const string Template = "1.3.6.1.4.1.19376.1.5.3.1.4.6";

    internal static bool IsAllergy(XElement observation, EntryScope scope) =>
        observation.HasTemplate(Template) || (scope.Sections.Contains(Section) && KindOf(observation.Part("code").Attr("code")) is not null);

    internal static Fact Read(XElement observation, XElement? concern, EntryScope scope)
    {
        var kind = KindOf(observation.Part("code").Attr("code"));
        var code = CodeOf(observation, scope);
        var state = new ClinicalStatus(observation, concern, scope);
        var onset = CdaTime.LowOf(observation.Part("effectiveTime")) ?? CdaTime.LowOf(concern.Part("effectiveTime"));
        var author = scope.AuthorOf(observation) ?? scope.Document.Author;
        // "None known" is a positive statement; refuting it would say the contrary.
        var verification = IsNoneKnown(code) ? "confirmed" : state.Verification;
        return new Fact
        {
            ResourceType = "AllergyIntolerance",
            Category = EntryCategory.Allergy,
            Source = observation,
            Position = scope.Position,
            Code = code,
            Fallback = scope.SectionTitle ?? "Allergie",
            Date = onset ?? scope.Document.Created,
            Status = state.Clinical,
            Author = author,
            PatientProperty = "patient",
            Body = json =>
            {
                if (state.Clinical is "active" or "inactive" or "resolved")
                    json.Code("clinicalStatus", "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", state.Clinical);
                if (verification is "confirmed" or "unconfirmed" or "refuted" or "entered-in-error")
                    json.Code("verificationStatus", "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification", verification);
                if (kind is { } known)
                {
                    json.Text("type", known.Type);
                    if (known.Category is { } category)
                    {
                        json.WriteStartArray("category");
                        json.WriteStringValue(category);
                        json.WriteEndArray();
                    }
                }
                if (state.Criticality.First?.Code is "low" or "high" or "unable-to-assess")
                    json.WriteString("criticality", state.Criticality.First.Code);
                json.RequiredConcept("code", code);
                json.Time("onsetDateTime", onset);
                json.Time("recordedDate", scope.Document.Created);
                json.Person("asserter", author);
                json.Note(scope.CommentOf(observation));
                WriteReactions(json, observation, scope);
            },
        };
    }

    private static Concept CodeOf(XElement observation, EntryScope scope)
    {
        var agent = observation.Parts("participant").Where(one => one.Attr("typeCode") == "CSM")
            .Select(one => one.At("participantRole", "playingEntity")).FirstOrDefault(entity => entity is not null);
        var named = scope.Concepts.Read(agent.Part("code"));
        if (named.Text is null)
            named = named.WithText(agent.Part("name").Line());
        if (!named.IsEmpty)
            return named;
        var wording = scope.TextOf(observation.Part("text"));
        if (observation.IsNegated())
        {
            // A negated kind of allergy without an agent is the coded "no known allergy" of the kind.
            var none = KindOf(observation.Part("code").Attr("code"))?.NoneKnown ?? "716186003";
            return new Concept([new Coding(CodeSystems.Snomed, none, "Aucune allergie connue")], wording);
        }
        var type = scope.Concepts.Read(observation.Part("code"));
        if (IsNoneKnown(type))
            return type.Text is null ? type.WithText(wording) : type;
        var value = scope.Concepts.Read(observation.Part("value"));
        if (!value.IsEmpty)
            return value;
        // "Allergie médicamenteuse" without agent, value or wording may stand for its contrary ("Pas d'allergie connue"): the section's text decides.
        return new Concept([], wording ?? scope.SectionText ?? type.Label);
    }

    private static bool IsNoneKnown(Concept code) =>
        code.First is { System: CodeSystems.Snomed, Code: "716186003" or "409137002" or "429625007" or "428607008" or "160244002" or "1003774007" };

    internal static void WriteReactions(Utf8JsonWriter json, XElement observation, EntryScope scope)
    {
        var reactions = observation.Parts("entryRelationship").Where(relation => relation.Attr("typeCode") == "MFST")
            .Select(relation => relation.Part("observation")).OfType<XElement>()
            .Where(reaction => !reaction.IsNegated()).ToList();
        if (reactions.Count == 0)
            return;
        json.WriteStartArray("reaction");
        foreach (var reaction in reactions)
        {
            var manifestation = scope.Concepts.Read(reaction.Part("value"));
            json.WriteStartObject();
            json.WriteStartArray("manifestation");
            json.ConceptValue(manifestation.IsEmpty ? manifestation.WithText(scope.TextOf(reaction.Part("text")) ?? "Non précisée") : manifestation);
            json.WriteEndArray();
            json.Time("onset", CdaTime.StartOf(reaction.Part("effectiveTime")));
            json.Text("severity", ClinicalStatus.SeverityOf(new ClinicalStatus(reaction, null, scope).Severity));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    // SNOMED CT kinds of CI-SIS 2022 and later, HL7 ActCode kinds of the models before.
    private static (string? Type, string? Category, string NoneKnown)? KindOf(string? code) => code switch
    {
        "416098002" or "DALG" => ("allergy", "medication", "409137002"),
        "414285001" or "FALG" => ("allergy", "food", "429625007"),
        "426232007" or "EALG" => ("allergy", "environment", "428607008"),
        "419199007" or "609328004" or "ALG" or "OALG" => ("allergy", null, "716186003"),
        "59037007" or "DINT" or "DNAINT" => ("intolerance", "medication", "409137002"),
        "235719002" or "FINT" or "FNAINT" => ("intolerance", "food", "429625007"),
        "ENAINT" or "EINT" => ("intolerance", "environment", "428607008"),
        "419511003" => (null, "medication", "409137002"),
        "418471000" => (null, "food", "429625007"),
        "420134006" or "418038007" or "OINT" or "NAINT" => (null, null, "716186003"),
        "716186003" or "409137002" or "429625007" or "428607008" or "160244002" or "1003774007" => (null, null, "716186003"),
        _ => null,
    };
}
