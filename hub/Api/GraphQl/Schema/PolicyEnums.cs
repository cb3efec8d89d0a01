using DmpFederation.Hub.Access.BreakGlass;
using DmpFederation.Hub.Access.Policy;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

internal sealed class DossierStateEnum() : DescribedEnum<DossierState>("DossierStatus", "Whether a dossier may be used.", value => value switch
{
    DossierState.NeverOpened => "Nobody has opened it.",
    DossierState.Open => "In use.",
    DossierState.Closed => "Closed: unusable, kept ten years, may be opened again.",
    _ => throw new ArgumentOutOfRangeException(nameof(value)),
});

internal sealed class ConsentActionEnum() : DescribedEnum<ConsentAction>("ConsentAction", "What a consent is about.", value => value switch
{
    ConsentAction.Opening => "That there is a dossier.",
    ConsentAction.Feeding => "Alimentation: that professionals write into it.",
    ConsentAction.Reading => "Consultation: that professionals read it.",
    _ => throw new ArgumentOutOfRangeException(nameof(value)),
});

internal sealed class ConsentChoiceEnum() : DescribedEnum<ConsentChoice>("ConsentDecision", "What the patient decided.", value => value switch
{
    ConsentChoice.Permit => "Permitted.",
    ConsentChoice.Deny => "Refused, or withdrawn.",
    _ => throw new ArgumentOutOfRangeException(nameof(value)),
});

internal sealed class GranteeKindEnum() : DescribedEnum<GranteeKind>("GranteeKind", "To whom a consent applies.", value => value switch
{
    GranteeKind.Everyone => "Every professional in a situation d'exercice.",
    GranteeKind.Profession => "Every professional of one profession (TRE_G15).",
    GranteeKind.CareTeam => "The declared équipe de soins.",
    GranteeKind.Organization => "Every professional acting for one structure (STRUCT_IdNat).",
    GranteeKind.Professional => "One professional (PS_IdNat).",
    _ => throw new ArgumentOutOfRangeException(nameof(value)),
});

internal sealed class ReviewOutcomeEnum() : DescribedEnum<ReviewOutcome>("ReviewOutcome", "What the review of a break-glass access found.", value => value switch
{
    ReviewOutcome.Pending => "Not reviewed yet.",
    ReviewOutcome.Justified => "It was justified.",
    ReviewOutcome.Unjustified => "It was not.",
    _ => throw new ArgumentOutOfRangeException(nameof(value)),
});

internal sealed class VisibilityEnum() : DescribedEnum<Visibility>("Visibility", "From whom something is hidden (TRE_A07).", value => value switch
{
    Visibility.MasquePs => "Hidden from professionals.",
    Visibility.InvisiblePatient => "Not shown to the patient before the consultation d'annonce.",
    Visibility.InvisibleRepresentantsLegaux => "Hidden from the legal representatives of a minor.",
    _ => throw new ArgumentOutOfRangeException(nameof(value)),
});

/// <summary>Names as TRE_R248 writes them, in capitals.</summary>
internal sealed class EmergencyModeEnum : DescribedEnum<EmergencyMode>
{
    public EmergencyModeEnum()
        : base("EmergencyMode", "Mode of an access without the patient's authorisation (TRE_R248).", static value => value switch
        {
            EmergencyMode.BrisDeGlace => "A professional in the presence of a patient who cannot consent.",
            EmergencyMode.Centre15 => "Medical regulation by the SAMU.",
            _ => throw new ArgumentOutOfRangeException(nameof(value)),
        })
    {
    }

    protected override string ChangeEnumCase(string val) =>
        Enum.TryParse<EmergencyMode>(val, out var mode) ? EmergencyModeCode.Of(mode) : base.ChangeEnumCase(val);
}
