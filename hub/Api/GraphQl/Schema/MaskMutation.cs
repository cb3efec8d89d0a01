using System.ComponentModel;
using DmpFederation.Hub.Access;
using DmpFederation.Hub.Access.Changes;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Api.GraphQl.Execution;
using DmpFederation.Hub.Federation.Masking;
using DmpFederation.Hub.Identity;
using GraphQL;
using MediatR;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>Masks.</summary>
internal sealed partial class DossierMutation
{
    [Cost(self: 2_000)]
    [Description(
        "Hides something: MASQUE_PS from professionals, INVISIBLE_REPRESENTANTS_LEGAUX from the legal representatives of a minor (the patient, or a "
        + "professional at the patient's wish), INVISIBLE_PATIENT from the patient until the consultation d'annonce (a professional). Copies of a "
        + "hidden fact in other dossiers are hidden too, and nothing in an answer tells.")]
    public static Task<MaskStateView> MaskAsync(
        [Description("The patient.")] InsArgument ins,
        [Description("What is hidden.")] MaskTargetInput target,
        [Description("From whom.")] Visibility visibility,
        IResolveFieldContext context,
        [FromServices] IMediator mediator) => SetMaskAsync(ins, target, visibility, MaskAct.Lay, context, mediator);

    [Cost(self: 2_000)]
    [Description("Shows again what is hidden from professionals, or what `visibility` says; also what a source labels so by itself.")]
    public static Task<MaskStateView> UnmaskAsync(
        [Description("The patient.")] InsArgument ins,
        [Description("What is shown again.")] MaskTargetInput target,
        [Description("Which mask; left out: MASQUE_PS.")] Visibility? visibility,
        IResolveFieldContext context,
        [FromServices] IMediator mediator) =>
        SetMaskAsync(ins, target, visibility ?? Visibility.MasquePs, MaskAct.Lift, context, mediator);

    [Cost(self: 2_000)]
    [Description("Says that the consultation d'annonce has taken place: the patient sees what was INVISIBLE_PATIENT. A professional (TD3.3b).")]
    public static Task<MaskStateView> RecordAnnouncementAsync(
        [Description("The patient.")] InsArgument ins,
        [Description("What has been announced.")] MaskTargetInput target,
        IResolveFieldContext context,
        [FromServices] IMediator mediator) => SetMaskAsync(ins, target, Visibility.InvisiblePatient, MaskAct.Lift, context, mediator);

    private static async Task<MaskStateView> SetMaskAsync(
        InsArgument ins, MaskTargetInput target, Visibility visibility, MaskAct act, IResolveFieldContext context, IMediator mediator)
    {
        var request = new SetMask(context.Actor(), PolicyArgument.Patient(ins), target.ToTarget(), visibility, act);
        return await mediator.Send(request, context.CancellationToken) switch
        {
            PolicyResult.Holds holds => new MaskStateView(holds.Patient, MaskStateView.Shown(holds.Policy, request.Actor, request.Target)),
            PolicyResult.Refused refused => throw new CodedError(ProblemMap.Refused(refused.Code, refused.RuleId)),
            _ => throw new InvalidOperationException("The family of policy results is closed."),
        };
    }
}

/// <summary>GraphQL type <c>MaskState</c>.</summary>
[Name("MaskState")]
[Description("Masks in force, as far as the asker may know of them: the patient's own, or the one a professional has just laid.")]
internal sealed class MaskStateView(Ins patient, IReadOnlyList<Mask> masks)
{
    [Description("The patient.")]
    public Ins Ins => patient;

    [Description("The masks.")]
    public IReadOnlyList<MaskView> Masks => [.. masks.Select(static mask => new MaskView(mask))];

    /// <summary>
    /// What somebody may know: patients nothing of what waits for its announcement, representatives nothing of what is hidden from them, professionals
    /// nothing but what they name.
    /// </summary>
    internal static IReadOnlyList<Mask> Shown(PatientPolicy policy, Actor actor, MaskTarget? named) =>
    [
        .. policy.Masks.Where(mask => !mask.Lifts && !RememberedLabels.IsLabel(mask.SetBy)
            && (actor.Role == ActorRole.Patient
                ? mask.Visibility != Visibility.InvisiblePatient
                    && (actor.Representative is null || mask.Visibility != Visibility.InvisibleRepresentantsLegaux)
                : mask.Target == named && mask.SetBy == actor.Id)),
    ];
}

/// <summary>GraphQL type <c>Mask</c>.</summary>
[Name("Mask")]
[Description("Something that is hidden.")]
internal sealed class MaskView(Mask mask)
{
    [Description("What kind of thing.")]
    public MaskTargetKind TargetKind => mask.Target.Kind;

    [Id]
    [Description("Its id, code or number.")]
    public string Target => mask.Target.Id;

    [Description("From whom.")]
    public Visibility Visibility => mask.Visibility;

    [Description("Since when.")]
    public DateTimeOffset Since => mask.Since;

    [Id]
    [Description("Who laid it.")]
    public string SetBy => mask.SetBy;
}

internal sealed class MaskTargetKindEnum() : DescribedEnum<MaskTargetKind>("MaskTargetKind", "What a mask is laid on.", value => value switch
{
    MaskTargetKind.Entry => "One fact.",
    MaskTargetKind.DocumentType => "Every document of a type, and the facts out of it.",
    MaskTargetKind.Author => "Everything one professional wrote.",
    MaskTargetKind.Episode => "Everything of one stay or consultation.",
    MaskTargetKind.Source => "Everything of one dossier.",
    _ => throw new ArgumentOutOfRangeException(nameof(value)),
});
