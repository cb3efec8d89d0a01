using System.ComponentModel;
using DmpFederation.Hub.Access;
using DmpFederation.Hub.Access.BreakGlass;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Identity;
using GraphQL;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>GraphQL type <c>DossierState</c>.</summary>
[Name("DossierState")]
[Description("Whether a dossier may be used.")]
internal sealed class DossierStateView(Ins patient, PatientPolicy policy)
{
    [Description("The patient.")]
    public Ins Ins => patient;

    [Description("Whether it may be used.")]
    public DossierState State => policy.State;

    [Description("Since when; null when it was never opened.")]
    public DateTimeOffset? Since => policy.StateSince;
}

/// <summary>GraphQL type <c>ConsentState</c>.</summary>
[Name("ConsentState")]
[Description("What the patient decided, as it stands. A professional who wrote a decision down sees that decision alone.")]
internal sealed class ConsentStateView(Ins patient, PatientPolicy policy, Actor asker)
{
    private readonly string? collector = asker.Role == ActorRole.Patient ? null : asker.Id;

    [Description("The patient.")]
    public Ins Ins => patient;

    [Description("Whether the dossier may be used.")]
    public DossierState State => policy.State;

    [Description("Consents and refusals, ended ones included, in the order of recording.")]
    public IReadOnlyList<ConsentView> Consents =>
        [.. policy.Consents.Where(consent => collector is null || consent.CollectedBy == collector).Select(static consent => new ConsentView(consent))];

    [Id]
    [Description("Professionals who never get in.")]
    public IReadOnlyList<string> Blocked => collector is null ? policy.Blocked : [];

    [Id]
    [Description("Médecin traitant; null when none is declared.")]
    public string? AttendingPhysician => collector is null ? policy.AttendingPhysician : null;

    [Description("Declared members of the équipe de soins.")]
    public IReadOnlyList<CareTeamMemberView> CareTeam =>
        [.. policy.CareTeam.Where(member => collector is null || member.Professional == collector).Select(static member => new CareTeamMemberView(member))];

    [Description("Masks in force, as far as the asker may know of them.")]
    public IReadOnlyList<MaskView> Masks =>
        [.. MaskStateView.Shown(policy, asker, null).Select(static mask => new MaskView(mask))];

    [Description("Opposed to bris de glace. Null when it is not for the asker.")]
    public bool? OpposesBreakGlass => collector is null ? policy.OpposesBreakGlass : null;

    [Description("Opposed to access by the centre 15. Null when it is not for the asker.")]
    public bool? OpposesRegulation => collector is null ? policy.OpposesRegulation : null;
}

/// <summary>GraphQL type <c>Consent</c>.</summary>
[Name("Consent")]
[Description("One decision of the patient.")]
internal sealed class ConsentView(Consent consent)
{
    [Description("What it is about.")]
    public ConsentAction Action => consent.Action;

    [Description("What the patient decided.")]
    public ConsentChoice Decision => consent.Choice;

    [Description("To whom it applies.")]
    public GranteeKind GranteeKind => consent.Grantee.Kind;

    [Id]
    [Description("The grantee; null for everyone and for the care team.")]
    public string? Grantee => consent.Grantee.Id;

    [Id]
    [Description("Dossiers it is about; empty for every dossier.")]
    public IReadOnlyList<string> Sources => consent.Sources;

    [Description("In force from then.")]
    public DateTimeOffset Since => consent.Since;

    [Description("In force until then; null for no end.")]
    public DateTimeOffset? Until => consent.Until;

    [Id]
    [Description("Who collected it.")]
    public string CollectedBy => consent.CollectedBy;

    [Description("What proves it; null when nothing was recorded.")]
    public string? Evidence => consent.Evidence;
}

/// <summary>GraphQL type <c>CareTeamMember</c>.</summary>
[Name("CareTeamMember")]
[Description("A declared member of the équipe de soins.")]
internal sealed class CareTeamMemberView(CareTeamMember member)
{
    [Id]
    [Description("PS_IdNat; null when a structure is meant.")]
    public string? Professional => member.Professional;

    [Id]
    [Description("STRUCT_IdNat; null when a professional is meant.")]
    public string? Organization => member.Organization;

    [Description("From then.")]
    public DateTimeOffset Since => member.Since;

    [Description("Until then; null for no end.")]
    public DateTimeOffset? Until => member.Until;
}

/// <summary>GraphQL type <c>BreakGlassTicket</c>.</summary>
[Name("BreakGlassTicket")]
[Description("An access without the patient's authorisation: for a time, told to the patient, reviewed. Keep its state visible while it lasts.")]
internal sealed class BreakGlassTicketView(BreakGlassTicket ticket)
{
    [Id]
    [Description("Pass as `ticket` to `dossier`.")]
    public string Id => ticket.Id;

    [Description("The mode.")]
    public EmergencyMode Mode => ticket.Mode;

    [Description("The reason given.")]
    public string Reason => ticket.Reason;

    [Description("From then.")]
    public DateTimeOffset Since => ticket.Since;

    [Description("Opens nothing from then on.")]
    public DateTimeOffset Until => ticket.Until;

    [Id]
    [Description("Dossiers it is limited to; empty for all that accept it.")]
    public IReadOnlyList<string> Sources => ticket.Sources;
}

/// <summary>GraphQL type <c>BreakGlassReview</c>.</summary>
[Name("BreakGlassReview")]
[Description("One break-glass access and what its review found. Tells no identity of the patient.")]
internal sealed class BreakGlassReviewView(BreakGlassReview review)
{
    [Id]
    [Description("The ticket.")]
    public string TicketId => review.Ticket.Id;

    [Id]
    [Description("The hub's own number of the patient: the same for every access to one dossier.")]
    public string Person => review.Person.ToString();

    [Description("The mode.")]
    public EmergencyMode Mode => review.Ticket.Mode;

    [Id]
    [Description("The professional.")]
    public string Professional => review.Ticket.Professional;

    [Id]
    [Description("Structure the professional acted for; null when none.")]
    public string? Organization => review.Ticket.Organization;

    [Description("The reason given.")]
    public string Reason => review.Ticket.Reason;

    [Description("Opened then.")]
    public DateTimeOffset Since => review.Ticket.Since;

    [Description("Ended then.")]
    public DateTimeOffset Until => review.Ticket.Until;

    [Description("Deadline of the review.")]
    public DateTimeOffset ReviewBy => review.ReviewBy;

    [Description("What was found.")]
    public ReviewOutcome Outcome => review.Outcome;

    [Description("When it was reviewed; null while pending.")]
    public DateTimeOffset? ReviewedAt => review.ReviewedAt;

    [Id]
    [Description("Who reviewed it; null while pending.")]
    public string? ReviewedBy => review.ReviewedBy;

    [Description("What the reviewer wrote; null while pending.")]
    public string? Comment => review.Comment;
}

/// <summary>GraphQL type <c>PatientNotice</c>.</summary>
[Name("PatientNotice")]
[Description("Something the patient was told at once.")]
internal sealed class PatientNoticeView(GivenNotice given)
{
    [Description("When.")]
    public DateTimeOffset At => given.At;

    [Description("Stable code of its kind: `BREAK_GLASS`.")]
    public string Kind => given.Notice.Kind;

    [Description("A sentence in plain French.")]
    public string Text => given.Notice.Text;
}
