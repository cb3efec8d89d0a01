using CsCheck;
using Hl7.Fhir.Model;

namespace DmpFederation.Sdk.Tests.Doors;

/// <summary>Random resources of every type the reader knows, and of some it does not.</summary>
internal sealed class RandomResources(Choices choices)
{
    private readonly RandomElements some = new(choices);

    public static Gen<Resource> Any { get; } = Choices.Draw.Select(drawn => new RandomResources(new Choices(drawn)).Make());

    public Resource Make()
    {
        var resource = Typed();
        resource.Id = choices.Of("1", "a-b.c", "9f3c0a52-8e8f-4a53-9ad5-000000000000");
        resource.Meta = choices.Maybe(() => new Meta
        {
            VersionId = choices.Maybe(() => "3"),
            LastUpdated = choices.Flip() ? some.Moment().Value : null,
            Security = choices.Several(some.Coding),
            Tag = choices.Several(some.Coding),
        });
        if (resource is DomainResource domain)
        {
            domain.Contained = some.Contained();
            domain.Text = choices.Maybe(() => new Narrative("<div xmlns=\"http://www.w3.org/1999/xhtml\">é \"x\"</div>"));
        }
        return resource;
    }

    private Resource Typed() => choices.Below(24) switch
    {
        0 => Observation(),
        1 => Observation(),
        2 => Report(),
        3 => MedicationRequest(),
        4 => MedicationDispense(),
        5 => MedicationStatement(),
        6 => Document(),
        7 => Condition(),
        8 => Allergy(),
        9 => Immunization(),
        10 => Procedure(),
        11 => Encounter(),
        12 => Imaging(),
        13 => CarePlan(),
        14 => Benefit(),
        _ => new RandomOthers(choices, some).Make(),
    };

    private DataType? Effective() => choices.Below(4) switch { 0 => null, 1 => some.DateTime(), 2 => some.Period(), _ => new Timing() };

    private Observation Observation() => new()
    {
        Status = choices.Of<ObservationStatus?>(null, ObservationStatus.Final, ObservationStatus.EnteredInError),
        Code = choices.Maybe(some.Concept),
        Category = choices.Several(some.Concept),
        Subject = choices.Maybe(some.Reference),
        Effective = choices.Flip() ? some.Moment() : Effective(),
        IssuedElement = choices.Maybe(some.Moment),
        Performer = choices.Several(some.Reference),
        Value = some.Value(),
        Interpretation = choices.Several(some.Concept),
        Identifier = choices.Several(some.Identifier),
        ReferenceRange = choices.Several(() => new Observation.ReferenceRangeComponent
        {
            Low = choices.Maybe(some.Quantity),
            High = choices.Maybe(some.Quantity),
            Text = choices.Maybe(some.Text),
        }),
        Component = choices.Several(() => new Observation.ComponentComponent { Code = choices.Maybe(some.Concept), Value = some.Value() }),
    };

    private DiagnosticReport Report() => new()
    {
        Status = DiagnosticReport.DiagnosticReportStatus.Final,
        Code = choices.Maybe(some.Concept),
        Category = choices.Several(some.Concept),
        Effective = Effective(),
        IssuedElement = choices.Maybe(some.Moment),
        Performer = choices.Several(some.Reference),
        ResultsInterpreter = choices.Several(some.Reference),
        Conclusion = choices.Maybe(some.Text),
        Result = choices.Several(some.Reference),
        Subject = choices.Maybe(some.Reference),
        Identifier = choices.Several(some.Identifier),
    };

    private DataType Medicine() => choices.Flip() ? some.Reference() : some.Concept();

    private MedicationRequest MedicationRequest() => new()
    {
        Status = Hl7.Fhir.Model.MedicationRequest.MedicationrequestStatus.Active,
        Medication = choices.Maybe(Medicine),
        AuthoredOn = choices.Maybe(some.Date),
        Requester = choices.Maybe(some.Reference),
        Recorder = choices.Maybe(some.Reference),
        Performer = choices.Maybe(some.Reference),
        Subject = choices.Maybe(some.Reference),
        Category = choices.Several(some.Concept),
        DispenseRequest = choices.Maybe(() => new MedicationRequest.DispenseRequestComponent { Quantity = choices.Maybe(some.Quantity) }),
    };

    private MedicationDispense MedicationDispense() => new()
    {
        Status = Hl7.Fhir.Model.MedicationDispense.MedicationDispenseStatusCodes.Completed,
        Medication = choices.Maybe(Medicine),
        WhenHandedOver = choices.Maybe(some.Date),
        WhenPrepared = choices.Maybe(some.Date),
        Quantity = choices.Maybe(some.Quantity),
        Performer = choices.Several(() => new MedicationDispense.PerformerComponent
        {
            Actor = choices.Maybe(some.Reference),
            Function = choices.Maybe(some.Concept),
        }),
        Context = choices.Maybe(some.Reference),
        Type = choices.Maybe(some.Concept),
        Identifier = choices.Several(some.Identifier),
        Subject = choices.Maybe(some.Reference),
    };

    private MedicationStatement MedicationStatement() => new()
    {
        Status = Hl7.Fhir.Model.MedicationStatement.MedicationStatusCodes.Active,
        Medication = choices.Maybe(Medicine),
        Effective = Effective(),
        DateAsserted = choices.Maybe(some.Date),
        InformationSource = choices.Maybe(some.Reference),
        Category = choices.Maybe(some.Concept),
    };

    private DocumentReference Document() => new()
    {
        Status = DocumentReferenceStatus.Current,
        Type = choices.Maybe(some.Concept),
        Category = choices.Several(some.Concept),
        DateElement = choices.Maybe(some.Moment),
        Description = choices.Maybe(some.Text),
        Author = choices.Several(some.Reference),
        Custodian = choices.Maybe(some.Reference),
        SecurityLabel = choices.Several(some.Concept),
        MasterIdentifier = choices.Maybe(some.Identifier),
        Identifier = choices.Several(some.Identifier),
        Content = choices.Several(() => new DocumentReference.ContentComponent
        {
            Attachment = choices.Maybe(() => new Attachment { Title = choices.Maybe(some.Text), Data = [1, 2, 3] }),
        }),
        Context = choices.Maybe(() => new DocumentReference.ContextComponent { Period = choices.Maybe(some.Period) }),
        Subject = choices.Maybe(some.Reference),
    };

    private DataType? Onset() => choices.Below(4) switch { 0 => some.DateTime(), 1 => some.Period(), 2 => new FhirString("childhood"), _ => null };

    private Condition Condition() => new()
    {
        ClinicalStatus = choices.Maybe(some.Concept),
        VerificationStatus = choices.Maybe(some.Concept),
        Code = choices.Maybe(some.Concept),
        Onset = Onset(),
        RecordedDate = choices.Maybe(some.Date),
        Recorder = choices.Maybe(some.Reference),
        Asserter = choices.Maybe(some.Reference),
        Category = choices.Several(some.Concept),
        Subject = choices.Maybe(some.Reference),
        Identifier = choices.Several(some.Identifier),
    };

    private AllergyIntolerance Allergy() => new()
    {
        ClinicalStatus = choices.Maybe(some.Concept),
        VerificationStatus = choices.Maybe(some.Concept),
        Code = choices.Maybe(some.Concept),
        Onset = Onset(),
        RecordedDate = choices.Maybe(some.Date),
        Recorder = choices.Maybe(some.Reference),
        Asserter = choices.Maybe(some.Reference),
        Type = AllergyIntolerance.AllergyIntoleranceType.Allergy,
        Patient = choices.Maybe(some.Reference),
        Category = [AllergyIntolerance.AllergyIntoleranceCategory.Food],
    };

    private Immunization Immunization() => new()
    {
        Status = Hl7.Fhir.Model.Immunization.ImmunizationStatusCodes.NotDone,
        VaccineCode = choices.Maybe(some.Concept),
        Recorded = choices.Maybe(some.Date),
        Occurrence = choices.Flip() ? some.DateTime() : new FhirString("once"),
        DoseQuantity = choices.Maybe(some.Quantity),
        Patient = choices.Maybe(some.Reference),
        Performer = choices.Several(() => new Immunization.PerformerComponent { Actor = choices.Maybe(some.Reference) }),
        Manufacturer = choices.Maybe(some.Reference),
    };

    private Procedure Procedure() => new()
    {
        Status = EventStatus.Completed,
        Code = choices.Maybe(some.Concept),
        Category = choices.Maybe(some.Concept),
        Performed = Onset(),
        Performer = choices.Several(() => new Procedure.PerformerComponent
        {
            Actor = choices.Maybe(some.Reference),
            OnBehalfOf = choices.Maybe(some.Reference),
        }),
        Recorder = choices.Maybe(some.Reference),
        Asserter = choices.Maybe(some.Reference),
        Subject = choices.Maybe(some.Reference),
    };

    private Encounter Encounter() => new()
    {
        Status = Hl7.Fhir.Model.Encounter.EncounterStatus.Finished,
        Class = choices.Maybe(some.Coding),
        Type = choices.Several(some.Concept),
        Period = choices.Maybe(some.Period),
        ServiceProvider = choices.Maybe(some.Reference),
        Subject = choices.Maybe(some.Reference),
        Participant = choices.Several(() => new Encounter.ParticipantComponent
        {
            Individual = choices.Maybe(some.Reference),
            Type = choices.Several(some.Concept),
        }),
    };

    private ImagingStudy Imaging() => new()
    {
        Status = ImagingStudy.ImagingStudyStatus.Available,
        Started = choices.Maybe(some.Date),
        Modality = choices.Several(some.Coding),
        ProcedureCode = choices.Several(some.Concept),
        Description = choices.Maybe(some.Text),
        Interpreter = choices.Several(some.Reference),
        Referrer = choices.Maybe(some.Reference),
        Identifier = choices.Several(some.Identifier),
    };

    private CarePlan CarePlan() => new()
    {
        Status = RequestStatus.Active,
        Title = choices.Maybe(some.Text),
        Description = choices.Maybe(some.Text),
        Category = choices.Several(some.Concept),
        Period = choices.Maybe(some.Period),
        Created = choices.Maybe(some.Date),
        Author = choices.Maybe(some.Reference),
        Contributor = choices.Several(some.Reference),
    };

    private ExplanationOfBenefit Benefit() => new()
    {
        Status = ExplanationOfBenefit.ExplanationOfBenefitStatus.Active,
        Type = choices.Maybe(some.Concept),
        BillablePeriod = choices.Maybe(some.Period),
        Created = choices.Maybe(some.Date),
        Provider = choices.Maybe(some.Reference),
        Patient = choices.Maybe(some.Reference),
        Item = choices.Several(() => new ExplanationOfBenefit.ItemComponent
        {
            Sequence = 1,
            ProductOrService = choices.Maybe(some.Concept),
            Quantity = choices.Maybe(some.Quantity),
        }),
    };
}
