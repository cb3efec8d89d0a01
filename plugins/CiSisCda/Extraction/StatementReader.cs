using System.Xml.Linq;
using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Plugins.CiSisCda.Extraction.Reimbursement;

namespace DmpFederation.Plugins.CiSisCda.Extraction;

/// <summary>
/// Reads one clinical statement and those inside it. What it is follows from the class of the entry, then its IHE template, then its section, so
/// that documents of models we have never seen read too.
/// </summary>
internal static class StatementReader
{
    private const string AttachedDocument = "1.2.250.1.213.1.1.3.18";
    private const string SpecimenCollection = "1.3.6.1.4.1.19376.1.3.1.2";

    internal static IEnumerable<Fact> Read(XElement statement, EntryScope scope) => statement.Name.LocalName switch
    {
        "act" => Act(statement, scope),
        "organizer" => Organizer(statement, scope),
        "observation" => Observation(statement, null, scope),
        "substanceAdministration" => One(Administration(statement, scope)),
        "supply" => One(Supply(statement, scope)),
        "procedure" => One(Procedure(statement, scope)),
        "encounter" => One(scope.IsReimbursement ? ReimbursementReader.Read(statement, scope)
            : ActReader.IsPlanned(statement) ? ActReader.Planned(statement, scope)
            : ActReader.Encounter(statement, scope)),
        _ => [],
    };

    private static IEnumerable<Fact> Act(XElement act, EntryScope scope)
    {
        // Comments, instructions to patient or pharmacist, references to another entry or document: read with what they are about.
        if (act.Part("code").Attr("code") is "48767-8" or "PINSTRUCT" or "FINSTRUCT"
            || act.HasTemplate("1.3.6.1.4.1.19376.1.5.3.1.4.4") || act.HasTemplate("1.3.6.1.4.1.19376.1.5.3.1.4.4.1"))
            return [];
        if (ImagingReader.IsStudy(act))
            return One(ImagingReader.Study(act, scope));
        var inside = scope with { IsLaboratory = scope.IsLaboratory || ObservationKinds.IsLaboratoryGroup(act) };
        if (IsConcern(act))
            return Children(
                act, inside with { IsProblem = true },
                (child, at) => child.Name.LocalName == "observation" ? Observation(child, act, at) : Read(child, at));
        return act.Parts("entryRelationship").Any() ? Children(act, inside, Read)
            : ActReader.IsPlanned(act) ? One(ActReader.Planned(act, scope))
            : [];
    }

    private static IEnumerable<Fact> Organizer(XElement organizer, EntryScope scope)
    {
        if (organizer.HasTemplate(AttachedDocument) || organizer.Part("code").Attr("code") is "55107-7" or "55108-5")
            return [];
        if (FamilyReader.IsAboutRelative(organizer))
            return One(FamilyReader.Read(organizer, scope));
        if (ImagingReader.IsQuotedReport(organizer))
            return One(ImagingReader.QuotedReport(organizer, scope));
        var inside = scope with
        {
            IsLaboratory = scope.IsLaboratory || ObservationKinds.IsLaboratoryGroup(organizer),
            IsVitalSigns = scope.IsVitalSigns || ObservationKinds.IsVitalSignsGroup(organizer),
        };
        return Children(organizer, inside, Read);
    }

    private static IEnumerable<Fact> Observation(XElement observation, XElement? concern, EntryScope scope)
    {
        if (ObservationKinds.IsAttribute(observation) || FamilyReader.IsAboutRelative(observation))
            yield break;
        var isPlanned = ActReader.IsPlanned(observation);
        if (!isPlanned && AdverseEffectReader.IsAdverseEffect(observation, scope))
        {
            if (AdverseEffectReader.Read(observation, scope) is { } effect)
                yield return effect;
            yield break;
        }
        var isAllergy = !isPlanned && AllergyReader.IsAllergy(observation, scope);
        var isProblem = !isPlanned && !isAllergy && ProblemReader.IsProblem(observation, scope);
        var fact = isPlanned ? ActReader.Planned(observation, scope)
            : isAllergy ? AllergyReader.Read(observation, concern, scope)
            : isProblem ? ProblemReader.Read(observation, concern, scope)
            : ObservationReader.Read(observation, scope);
        if (fact is not null)
            yield return fact;
        // Reactions and severity belong to the allergy; stage, scores and answers hung on anything else are findings of their own.
        if (isAllergy)
            yield break;
        // A medicine inside an observation is its cause or its means, not a treatment.
        foreach (var inner in Children(observation, scope with { IsProblem = false }, Finding))
            yield return inner;
    }

    private static IEnumerable<Fact> Finding(XElement statement, EntryScope scope) =>
        statement.Name.LocalName is "observation" or "organizer" or "act" ? Read(statement, scope) : [];

    private static Fact? Administration(XElement administration, EntryScope scope) =>
        scope.IsReimbursement ? ReimbursementReader.Read(administration, scope)
        : VaccinationReader.IsVaccination(administration, scope)
            ? ActReader.IsPlanned(administration) ? TreatmentReader.Read(administration, scope) : VaccinationReader.Read(administration, scope)
            : TreatmentReader.Read(administration, scope);

    private static Fact? Supply(XElement supply, EntryScope scope) =>
        scope.IsReimbursement ? ReimbursementReader.Read(supply, scope)
        : supply.Part("product") is null ? ActReader.Device(supply, scope)
        : ActReader.IsPlanned(supply) ? null
        : DispensationReader.Read(supply, scope);

    private static Fact? Procedure(XElement procedure, EntryScope scope) =>
        scope.IsReimbursement ? ReimbursementReader.Read(procedure, scope)
        : procedure.HasTemplate(SpecimenCollection) ? null
        : ActReader.IsPlanned(procedure) || IsStillToDo(procedure, scope) ? ActReader.Planned(procedure, scope)
        : ActReader.Procedure(procedure, scope);

    // In a plan of care, an act that is not completed is not done, whatever its mood says.
    private static bool IsStillToDo(XElement procedure, EntryScope scope) =>
        scope.Sections.Contains("18776-5") && procedure.Part("statusCode").Attr("code") == "active";

    // IHE PCC concern entries, or what looks like one: an act without a code of its own around an observation.
    private static bool IsConcern(XElement act) =>
        act.HasTemplate("1.3.6.1.4.1.19376.1.5.3.1.4.5.1") || act.HasTemplate("1.3.6.1.4.1.19376.1.5.3.1.4.5.2")
        || act.HasTemplate("1.3.6.1.4.1.19376.1.5.3.1.4.5.3")
        || (act.Part("code").NullFlavor() is not null
            && act.Parts("entryRelationship").Any(relation => relation.Attr("typeCode") == "SUBJ" && relation.Part("observation") is not null));

    private static IEnumerable<Fact> Children(XElement statement, EntryScope scope, Func<XElement, EntryScope, IEnumerable<Fact>> read)
    {
        var ordinal = 0;
        foreach (var relation in statement.Elements().Where(child => child.Name.LocalName is "entryRelationship" or "component"))
        {
            ordinal++;
            foreach (var child in relation.Elements())
            {
                foreach (var fact in read(child, scope.Inside(statement, ordinal)))
                    yield return fact;
            }
        }
    }

    private static IEnumerable<Fact> One(Fact? fact) => fact is null ? [] : [fact];
}
