using System.ComponentModel;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Identity.Traits;
using DmpFederation.Sdk;
using GraphQL;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>GraphQL type <c>PatientIdentity</c>.</summary>
[Name("PatientIdentity")]
[Description("Identity traits the hub holds of the patient. Null means not stated.")]
internal sealed class PatientIdentityView(PatientTraits traits, IReadOnlyList<IdentityDisagreement> disagreements)
{
    [Description("Nom de naissance.")]
    public string? BirthName => traits.BirthName;

    [Description("Nom utilisé.")]
    public string? UsedName => traits.UsedName;

    [Description("Prénoms de naissance in recorded order.")]
    public IReadOnlyList<string> GivenNames => traits.GivenNames;

    [Description("Birth date as recorded; the day may be unknown.")]
    public FhirDate? BirthDate => traits.BirthDate;

    [Description("Administrative sex.")]
    public TraitSex Sex => traits.Sex;

    [Description("Place of birth: code officiel géographique of the INSEE.")]
    public string? BirthPlaceCode => traits.BirthPlaceCode;

    [Description("How sure this identity is.")]
    public IdentityStatus Status => traits.Status;

    [Cost(items: 5)]
    [Description("Sources that state other traits: what is kept out because of it, and what is tolerated. Empty when all agree.")]
    public IReadOnlyList<IdentityDisagreementView> Disagreements =>
        [.. disagreements.Select(static disagreement => new IdentityDisagreementView(disagreement))];
}

/// <summary>GraphQL type <c>IdentityDisagreement</c>.</summary>
[Name("IdentityDisagreement")]
[Description("A source that states other traits than the certified ones. The values it states are not shown: they may be another person's.")]
internal sealed class IdentityDisagreementView(IdentityDisagreement disagreement)
{
    [Id]
    [Description("The source.")]
    public string SourceId => disagreement.SourceId;

    [Description("`Origin.localId` of the document that names another person; null when it is all the source files under this patient.")]
    public string? DocumentLocalId => disagreement.DocumentLocalId;

    [Cost(items: 2)]
    [Description("Which traits differ, and by what rule.")]
    public IReadOnlyList<TraitDifferenceView> Differences =>
        [.. disagreement.Differences.Select(static difference => new TraitDifferenceView(difference))];

    [Description("The rule that makes it another person (`IDV-2…`, hub/Identity/README.md); null when the difference is tolerated.")]
    public string? Rule => disagreement.RuleId;

    [Description("Whether what is filed under these traits is kept out of the dossier.")]
    public bool KeptOut => disagreement.KeptOut;
}

/// <summary>GraphQL type <c>TraitDifference</c>.</summary>
[Name("TraitDifference")]
[Description("One trait that differs.")]
internal sealed class TraitDifferenceView(TraitDifference difference)
{
    [Description("The trait.")]
    public IdentityTrait Trait => difference.Trait;

    [Description("The rule that says how it differs (`IDV-1…`, hub/Identity/README.md).")]
    public string Rule => difference.RuleId;
}
