using DmpFederation.Hub.Access;
using DmpFederation.Hub.Access.Matrix;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Access.Rules;
using DmpFederation.Hub.Identity;

namespace DmpFederation.TestKit;

/// <summary>Builds what a patient decided. A test states what matters to it.</summary>
internal static class APolicy
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>An open dossier of which nobody may read anything yet.</summary>
    public static PatientPolicy Open(params Consent[] consents) => new()
    {
        Person = new PersonId(Guid.Parse("0d6f1c9e-0000-4000-8000-000000000001")),
        Epoch = 1,
        State = DossierState.Open,
        StateSince = Now.AddYears(-1),
        Consents = [.. consents.Select(static (consent, index) => consent with { Sequence = index + 1 })],
    };

    public static Consent Permits(Grantee grantee, params string[] sources) => Decides(ConsentChoice.Permit, grantee, sources);

    public static Consent Refuses(Grantee grantee, params string[] sources) => Decides(ConsentChoice.Deny, grantee, sources);

    public static Grantee To(Actor professional) => new(GranteeKind.Professional, professional.Id);

    public static Mask Masked(MaskTarget target, Visibility visibility = Visibility.MasquePs) =>
        new() { Target = target, Visibility = visibility, Since = Now.AddDays(-1), SetBy = "patient-1" };

    public static BreakGlassTicket Ticket(Actor holder, EmergencyMode mode = EmergencyMode.BrisDeGlace) => new()
    {
        Id = "ticket-1",
        Mode = mode,
        Professional = holder.Id,
        Organization = holder.OrganizationId,
        Reason = "Patient inconscient aux urgences.",
        Since = Now.AddMinutes(-10),
        Until = Now.AddMinutes(50),
    };

    /// <summary>The law of a day, with every switch at its default.</summary>
    public static AccessLaw Law(AccessEra era = AccessEra.ExplicitConsent, DateTimeOffset? at = null) =>
        new(era, true, true, 18, HabilitationMatrix.Default.On(DateOnly.FromDateTime((at ?? Now).UtcDateTime)));

    public static DossierQuestion Question(Actor actor, PatientPolicy policy, AccessEra era = AccessEra.ExplicitConsent) => new()
    {
        Actor = actor,
        Purpose = DefaultPurpose.Of(actor.Role),
        Patient = APatient.Known().Ins,
        OwnKeys = APatient.Known().Traits.Keys,
        Policy = policy,
        At = Now,
        Law = Law(era),
    };

    private static Consent Decides(ConsentChoice choice, Grantee grantee, string[] sources) => new()
    {
        Sequence = 0,
        Action = ConsentAction.Reading,
        Choice = choice,
        Grantee = grantee,
        Sources = sources,
        Since = Now.AddMonths(-1),
        CollectedBy = "patient-1",
    };
}
