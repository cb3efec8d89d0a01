using System.Xml.Linq;
using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CiSisCda.Extraction;

/// <summary>Problems, diagnoses and antecedents of the patient.</summary>
internal static class ProblemReader
{
    private const string Template = "1.3.6.1.4.1.19376.1.5.3.1.4.5";

    /// <summary>Active problems, antecedents, discharge and admission diagnoses, tumour.</summary>
    private static readonly HashSet<string> Sections =
        ["11450-4", "11348-0", "11535-2", "46241-6", "72135-7", "42347-5", "8648-8", "29299-5", "10160-7"];

    /// <summary>Diagnosis, problem, finding, symptom, disease, functional finding, complaint (SNOMED CT).</summary>
    private static readonly HashSet<string> Kinds =
        ["282291009", "55607006", "404684003", "418799008", "64572001", "248536006", "409586006"];

    internal static bool IsProblem(XElement observation, EntryScope scope)
    {
        // "Diabète: false" in a risk list is an answer, not a diagnosis.
        if (observation.Part("value")?.DataType() is not (null or "CD" or "CE" or "CV" or "ST" or "ED"))
            return false;
        if (scope.IsProblem && (observation.HasTemplate(Template) || observation.Part("code").Attr("code") is null))
            return true;
        if (scope.Sections.Any(Sections.Contains) && observation.Part("code").Attr("code") is { } kind && Kinds.Contains(kind))
            return true;
        // The template also serves for reasons and events told in words: only a coded diagnosis is one.
        return observation.HasTemplate(Template)
            && scope.Concepts.Read(observation.Part("value")) is var value
            && (value.HasSystem(CodeSystems.Icd10) || value.HasSystem(CodeSystems.Snomed));
    }

    /// <summary>Null when nothing says what the problem is.</summary>
    internal static Fact? Read(XElement observation, XElement? concern, EntryScope scope)
    {
        var value = scope.Concepts.Read(observation.Part("value"));
        var code = value.IsEmpty ? value.WithText(scope.TextOf(observation.Part("text"))) : value;
        if (code.IsEmpty && code.NullFlavor != "MSK")
            return null;
        var time = observation.Part("effectiveTime");
        var onset = CdaTime.LowOf(time) ?? CdaTime.LowOf(concern.Part("effectiveTime"));
        var abatement = CdaTime.HighOf(time) ?? CdaTime.HighOf(concern.Part("effectiveTime"));
        var state = new ClinicalStatus(observation, concern, scope);
        var author = scope.AuthorOf(observation) ?? scope.Document.Author;
        var isRefuted = state.Verification == "refuted";
        return new Fact
        {
            ResourceType = "Condition",
            Category = EntryCategory.Condition,
            Source = observation,
            Position = scope.Position,
            Code = code,
            Fallback = scope.SectionTitle,
            Date = onset ?? scope.Document.Created,
            // Neither a list nor a count may take "no paralysis" for a paralysis.
            Title = isRefuted && code.Label is { } label ? $"Absence : {label}" : null,
            Status = isRefuted ? "refuted" : state.Clinical,
            Author = author,
            Body = json =>
            {
                if (!isRefuted && state.Clinical is { } clinical)
                    json.Code("clinicalStatus", "http://terminology.hl7.org/CodeSystem/condition-clinical", clinical);
                if (state.Verification is { } verification)
                    json.Code("verificationStatus", "http://terminology.hl7.org/CodeSystem/condition-ver-status", verification);
                json.Codes("category", "http://terminology.hl7.org/CodeSystem/condition-category",
                    scope.Sections.Contains("11535-2") || scope.Sections.Contains("46241-6") ? "encounter-diagnosis" : "problem-list-item");
                json.Concept("severity", state.Severity);
                json.RequiredConcept("code", code);
                json.Concepts("bodySite", scope.Concepts.Read(observation.Part("targetSiteCode")));
                json.Time("onsetDateTime", onset);
                json.Time("abatementDateTime", abatement);
                json.Time("recordedDate", scope.Document.Created);
                json.Person("asserter", author);
                json.Note(scope.CommentOf(observation));
            },
        };
    }
}
