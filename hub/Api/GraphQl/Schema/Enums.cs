using DmpFederation.Hub.Access;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Identity.Traits;
using DmpFederation.Hub.Quarantine;
using DmpFederation.Sdk;
using GraphQL.Types;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>An enum of the domain under its wire names (SCREAMING_SNAKE), with a description for the type and for each value.</summary>
internal abstract class DescribedEnum<TEnum> : EnumerationGraphType<TEnum>
    where TEnum : struct, Enum
{
    protected DescribedEnum(string name, string description, Func<TEnum, string> describe)
    {
        Name = name;
        Description = description;
        foreach (var value in Values)
            value.Description = describe((TEnum)value.Value!);
    }
}

internal sealed class EntryCategoryEnum() : DescribedEnum<EntryCategory>(
    "EntryCategory", "What a fact is about. Each has exactly one.", value => value switch
{
    EntryCategory.Medication => "A medicine prescribed, dispensed or taken.",
    EntryCategory.LabResult => "A laboratory result or report.",
    EntryCategory.Document => "A document with content of its own.",
    EntryCategory.Condition => "A problem, diagnosis or antecedent.",
    EntryCategory.Allergy => "An allergy or intolerance, or the statement that none is known.",
    EntryCategory.Immunization => "A vaccine given or not given.",
    EntryCategory.Procedure => "An act performed on the patient.",
    EntryCategory.Encounter => "A stay, visit or consultation.",
    EntryCategory.VitalSign => "Weight, height, blood pressure, pulse and the like.",
    EntryCategory.Imaging => "An imaging study or report.",
    EntryCategory.CarePlan => "A care plan.",
    EntryCategory.Reimbursement => "A reimbursed act or product; proves that it was done, never its result.",
    EntryCategory.Other => "Anything else.",
    _ => throw new ArgumentOutOfRangeException(nameof(value)),
});

internal sealed class PurposeEnum() : DescribedEnum<Purpose>("Purpose", "Why the answer is wanted. It is audited.", value => value switch
{
    Purpose.Treatment => "Care of the patient.",
    Purpose.Emergency => "Emergency care: the patient cannot consent.",
    Purpose.PatientRequest => "The patient asks for their own dossier.",
    Purpose.Stewardship => "Care of identities and sources.",
    _ => throw new ArgumentOutOfRangeException(nameof(value)),
});

internal sealed class SourceStatusEnum() : DescribedEnum<SourceStatus>(
    "SourceStatus", "What became of one source in one answer.", value => value switch
{
    SourceStatus.Answered => "It answered wholly.",
    SourceStatus.Partial => "Part of its answer arrived.",
    SourceStatus.UnknownPatient => "It does not know the patient.",
    SourceStatus.NotAsked => "It holds nothing of what was selected, or cannot know the patient.",
    SourceStatus.NotAllowed => "Policy keeps it from being asked.",
    SourceStatus.TimedOut => "It did not answer in time.",
    SourceStatus.CircuitOpen => "It failed repeatedly and is left alone for a moment.",
    SourceStatus.Failed => "It failed.",
    SourceStatus.Quarantined =>
        "Its data are kept out: shut until an operator has checked it, or it files somebody else under this identifier (TRAITS_MISMATCH).",
    _ => throw new ArgumentOutOfRangeException(nameof(value)),
});

internal sealed class StoreEnum() : DescribedEnum<Store>("Store", "Which store served a fact.", value => value switch
{
    Store.Legacy => "The legacy system itself.",
    Store.National => "The national store, after migration.",
    _ => throw new ArgumentOutOfRangeException(nameof(value)),
});

internal sealed class SourceStateEnum() : DescribedEnum<SourceState>("SourceState", "State of a configured source.", value => value switch
{
    SourceState.Starting => "Open; not yet known to answer.",
    SourceState.Active => "Answered its last probe or call.",
    SourceState.Unreachable => "Its last probe failed.",
    SourceState.Disabled => "Switched off in the configuration.",
    SourceState.Misconfigured => "Its configuration is unusable.",
    SourceState.NotSupported => "Its plug-in is made for another SDK.",
    SourceState.Malfunctioned => "Its plug-in could not be loaded or opened.",
    SourceState.Quarantined => "It gave data of another patient: shut until an operator lets it in again.",
    _ => throw new ArgumentOutOfRangeException(nameof(value)),
});

internal sealed class ActorRoleEnum() : DescribedEnum<ActorRole>("ActorRole", "The roles the charter knows.", value => value switch
{
    ActorRole.Professional => "A health professional.",
    ActorRole.Patient => "A patient.",
    ActorRole.Analyst => "An analyst of a study.",
    ActorRole.RegionOperator => "An operator of a region.",
    ActorRole.NationalOperator => "A national operator.",
    ActorRole.Dpo => "The data protection officer.",
    _ => throw new ArgumentOutOfRangeException(nameof(value)),
});

internal sealed class TraitSexEnum() : DescribedEnum<TraitSex>("Sex", "Administrative sex as an identity trait.", value => value switch
{
    TraitSex.Unknown => "Not stated.",
    TraitSex.Female => "Female.",
    TraitSex.Male => "Male.",
    _ => throw new ArgumentOutOfRangeException(nameof(value)),
});

internal sealed class IdentityStatusEnum() : DescribedEnum<IdentityStatus>(
    "IdentityStatus", "How sure an identity is (référentiel national d'identitovigilance).", value => value switch
    {
        IdentityStatus.Provisional => "Neither fetched from INSi nor checked against a document (PROV).",
        IdentityStatus.Retrieved => "Fetched from INSi, not checked against a document (RECUP).",
        IdentityStatus.Validated => "Checked against a document, not fetched from INSi (VALI).",
        IdentityStatus.Qualified => "Fetched from INSi and checked against a document (QUAL).",
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    });

internal sealed class IdentityTraitEnum() : DescribedEnum<IdentityTrait>(
    "IdentityTrait", "An identity trait that systems may disagree on.", value => value switch
    {
        IdentityTrait.BirthName => "Nom de naissance.",
        IdentityTrait.GivenNames => "Prénoms de naissance.",
        IdentityTrait.BirthDate => "Date of birth.",
        IdentityTrait.Sex => "Administrative sex.",
        IdentityTrait.BirthPlace => "Place of birth.",
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    });

internal sealed class QuarantineStateEnum() : DescribedEnum<QuarantineState>(
    "QuarantineState", "What became of something that could not be read.", value => value switch
    {
        QuarantineState.Held => "Kept until its plug-in can read it.",
        QuarantineState.Replayed => "Read by a later build of its plug-in.",
        QuarantineState.Discarded => "Given up by an operator.",
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    });
