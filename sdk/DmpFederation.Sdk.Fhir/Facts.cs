using Hl7.Fhir.Model;

namespace DmpFederation.Sdk.Fhir;

/// <summary>The parts of an envelope that depend on the type of the resource.</summary>
internal sealed record Facts(EntryCategory Category, Concept Main, string? Title, FhirDate? Date, string? Status, EntryAuthor? Author)
{
    internal EntryValue? Value { get; init; }

    internal static Facts Of(Resource resource) => resource switch
    {
        Observation observation => Observed(observation),
        DiagnosticReport report => Reported(report),
        MedicationRequest request => Medicine(
            request, request.Medication, Texts.FirstDate(request.AuthoredOn), request.DispenseRequest?.Quantity,
            Authors.Of(request, "requester", "recorder")),
        MedicationDispense dispense => Medicine(
            dispense, dispense.Medication, Texts.FirstDate(dispense.WhenHandedOver, dispense.WhenPrepared), dispense.Quantity,
            Authors.Of(dispense, "performer")),
        MedicationStatement statement => Medicine(
            statement, statement.Medication, Texts.FirstDate(statement.Effective, statement.DateAsserted), null,
            Authors.Of(statement, "informationSource")),
        DocumentReference document => Document(document),
        Condition condition => Problem(
            EntryCategory.Condition, condition, condition.Code, Texts.FirstDate(condition.Onset, condition.RecordedDate),
            condition.ClinicalStatus, condition.VerificationStatus),
        AllergyIntolerance allergy => Problem(
            EntryCategory.Allergy, allergy, allergy.Code, Texts.FirstDate(allergy.Onset, allergy.RecordedDate),
            allergy.ClinicalStatus, allergy.VerificationStatus),
        Immunization immunization => Act(
            EntryCategory.Immunization, immunization, Concept.Of(immunization.VaccineCode),
            Texts.FirstDate(immunization.Occurrence, immunization.Recorded), Authors.Of(immunization, "performer")) with
        {
            Value = Values.Of(immunization.DoseQuantity),
        },
        Procedure procedure => Act(
            EntryCategory.Procedure, procedure, Concept.Of(procedure.Code), Texts.FirstDate(procedure.Performed),
            Authors.Of(procedure, "performer", "recorder", "asserter")),
        Encounter encounter => Act(
            EntryCategory.Encounter, encounter, Concept.Of(encounter.Type).Or(Concept.Of(encounter.Class)), Texts.FirstDate(encounter.Period),
            Authors.Of(encounter, "participant", "serviceProvider")) with
        {
            Title = Concept.Of(encounter.Type).Label() ?? Concept.Of(encounter.Class).Label(),
        },
        ImagingStudy study => Act(
            EntryCategory.Imaging, study, Concept.Of(study.ProcedureCode).Or(Concept.Of(study.Modality)), Texts.FirstDate(study.Started),
            Authors.Of(study, "interpreter")) with
        {
            Title = Texts.Shown(study.Description) ?? Concept.Of(study.ProcedureCode).Label() ?? Concept.Of(study.Modality).Label(),
        },
        CarePlan plan => Act(
            EntryCategory.CarePlan, plan, Concept.Of(plan.Category), Texts.FirstDate(plan.Period, plan.Created),
            Authors.Of(plan, "author", "contributor")) with
        {
            Title = Texts.Shown(plan.Title) ?? Concept.Of(plan.Category).Label() ?? Texts.Shown(plan.Description),
        },
        ExplanationOfBenefit benefit => Reimbursed(benefit),
        _ => Another(resource),
    };

    private static Facts Act(EntryCategory category, Resource resource, Concept main, FhirDate? date, EntryAuthor? author) =>
        new(category, main, main.Label(), date, Texts.Of(resource.Element("status")), author);

    private static Facts Observed(Observation observation)
    {
        var main = Concept.Of(observation.Code);
        var category = EntryCategories.OfObservation(Codings(observation.Category), main.Codings, Values.IsMeasured(observation));
        var date = Texts.FirstDate(observation.Effective, observation.IssuedElement);
        return Act(category, observation, main, date, Authors.Of(observation, "performer")) with
        {
            Value = Values.Of(observation),
        };
    }

    private static Facts Reported(DiagnosticReport report)
    {
        var main = Concept.Of(report.Code);
        var category = EntryCategories.OfDiagnosticReport(Codings(report.Category), main.Codings, report.Result.Any(IsStated));
        var date = Texts.FirstDate(report.Effective, report.IssuedElement);
        return Act(category, report, main, date, Authors.Of(report, "performer", "resultsInterpreter")) with
        {
            Value = Texts.Stated(report.Conclusion) is { } conclusion ? new EntryValue { Text = conclusion } : null,
        };
    }

    private static bool IsStated(ResourceReference reference) =>
        Texts.Stated(reference.Reference) is not null || Texts.Stated(reference.Display) is not null || Texts.Stated(reference.Identifier?.Value) is not null;

    private static Facts Medicine(DomainResource resource, DataType? medicine, FhirDate? date, Quantity? quantity, EntryAuthor? author)
    {
        var reference = medicine as ResourceReference;
        var contained = reference?.Reference is ['#', _, ..] local ? resource.Contained.Find(one => one.Id == local[1..]) : null;
        var main = Concept.Of(contained?.Element("code") ?? medicine);
        return Act(EntryCategory.Medication, resource, main, date, author) with
        {
            Title = main.Label() ?? Texts.Shown(reference?.Display),
            Value = Values.Of(quantity),
        };
    }

    private static Facts Document(DocumentReference document)
    {
        var main = Concept.Of(document.Type);
        var attachmentTitle = document.Content.Find(static content => !string.IsNullOrEmpty(content.Attachment?.Title))?.Attachment?.Title;
        var date = Texts.FirstDate(document.DateElement, document.Context?.Period);
        return Act(EntryCategory.Document, document, main, date, Authors.Of(document, "author", "custodian")) with
        {
            Title = Texts.Shown(document.Description) ?? main.Label() ?? Texts.Shown(attachmentTitle) ?? Concept.Of(document.Category).Label(),
        };
    }

    private static Facts Problem(
        EntryCategory category, Resource resource, CodeableConcept? code, FhirDate? date, CodeableConcept? clinical, CodeableConcept? verification)
    {
        var verified = Concept.Of(verification).Chosen()?.Code;
        return Act(category, resource, Concept.Of(code), date, Authors.Of(resource, "recorder", "asserter")) with
        {
            Status = verified == "entered-in-error" ? verified : Concept.Of(clinical).Chosen()?.Code ?? verified,
        };
    }

    private static Facts Reimbursed(ExplanationOfBenefit benefit)
    {
        var billed = benefit.Item.Select(static item => Concept.Of(item.ProductOrService)).FirstOrDefault(static one => !one.IsNone) ?? Concept.None;
        var kind = Concept.Of(benefit.Type);
        var date = Texts.FirstDate(benefit.BillablePeriod, benefit.Created);
        return Act(EntryCategory.Reimbursement, benefit, billed.Or(kind), date, Authors.Of(benefit, "provider")) with
        {
            Title = billed.Label() ?? kind.Label(),
        };
    }

    private static Facts Another(Resource resource)
    {
        var code = Concept.Of(resource.Element("code"));
        var kind = Concept.Of(resource.Element("type"));
        var described = Concept.Of(resource.Element("description") as CodeableConcept);
        object?[] dates =
        [
            .. new[]
            {
                "effective", "occurrence", "performed", "date", "dateTime", "authored", "authoredOn", "period", "started", "billablePeriod",
                "issued", "sent", "recordedDate", "recorded", "created",
            }.Select(resource.Element),
        ];
        return Act(
            EntryCategory.Other, resource, code.Or(kind).Or(described), Texts.FirstDate(dates),
            Authors.Of(resource, "author", "performer", "requester", "recorder", "asserter", "provider", "sender", "custodian")) with
        {
            Title = Texts.Shown(Texts.Of(resource.Element("title")))
                ?? code.Label()
                ?? Texts.Shown(Texts.Of(resource.Element("description")))
                ?? kind.Label()
                ?? described.Label(),
        };
    }

    private static IReadOnlyList<Coding> Codings(IEnumerable<CodeableConcept> concepts) =>
        [.. concepts.SelectMany(static concept => Concept.Of(concept).Codings)];
}
