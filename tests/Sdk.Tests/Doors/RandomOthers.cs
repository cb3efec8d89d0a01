using Hl7.Fhir.Model;

namespace DmpFederation.Sdk.Tests.Doors;

/// <summary>Random resources of types that have no category of their own.</summary>
internal sealed class RandomOthers(Choices choices, RandomElements some)
{
    public Resource Make() => choices.Below(10) switch
    {
        0 => new Composition
        {
            Type = choices.Maybe(some.Concept),
            Title = choices.Maybe(some.Text),
            Date = choices.Maybe(some.Date),
            Author = choices.Several(some.Reference),
            Confidentiality = choices.Of<Composition.V3ConfidentialityClassification?>(null, Composition.V3ConfidentialityClassification.R),
            Identifier = choices.Maybe(some.Identifier),
            Custodian = choices.Maybe(some.Reference),
            Subject = choices.Maybe(some.Reference),
            Status = CompositionStatus.Final,
        },
        1 => new ServiceRequest
        {
            Code = choices.Maybe(some.Concept),
            AuthoredOn = choices.Maybe(some.Date),
            Requester = choices.Maybe(some.Reference),
            Occurrence = choices.Of<DataType?>(null, some.Period(), some.DateTime()),
            Performer = choices.Several(some.Reference),
            Status = RequestStatus.Active,
        },
        2 => new Goal
        {
            Description = choices.Maybe(some.Concept),
            Subject = choices.Maybe(some.Reference),
            LifecycleStatus = Goal.GoalLifecycleStatus.Active,
        },
        3 => new Flag
        {
            Code = choices.Maybe(some.Concept),
            Period = choices.Maybe(some.Period),
            Author = choices.Maybe(some.Reference),
            Status = Flag.FlagStatus.Active,
        },
        4 => new Consent
        {
            DateTime = choices.Maybe(some.Date),
            Patient = choices.Maybe(some.Reference),
            Performer = choices.Several(some.Reference),
            Category = choices.Several(some.Concept),
            Identifier = choices.Several(some.Identifier),
        },
        5 => new QuestionnaireResponse
        {
            Authored = choices.Maybe(some.Date),
            Author = choices.Maybe(some.Reference),
            Identifier = choices.Maybe(some.Identifier),
            Subject = choices.Maybe(some.Reference),
        },
        6 => new Device
        {
            Type = choices.Maybe(some.Concept),
            Patient = choices.Maybe(some.Reference),
            Identifier = choices.Several(some.Identifier),
        },
        7 => new RiskAssessment
        {
            Code = choices.Maybe(some.Concept),
            Occurrence = choices.Of<DataType?>(null, some.Period(), some.DateTime()),
            Performer = choices.Maybe(some.Reference),
        },
        8 => new Patient
        {
            Name = choices.Several(some.Name),
            Identifier = choices.Several(some.Identifier),
            BirthDate = choices.Maybe(() => "1979-03-28"),
        },
        _ => new Communication
        {
            Sent = choices.Maybe(some.Date),
            Sender = choices.Maybe(some.Reference),
            Category = choices.Several(some.Concept),
            Subject = choices.Maybe(some.Reference),
        },
    };
}
