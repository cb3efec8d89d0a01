using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Identity;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Access.Rules;

/// <summary>Everything the decision about one dossier rests on.</summary>
internal sealed record DossierQuestion
{
    public required Actor Actor { get; init; }

    public required Purpose Purpose { get; init; }

    public required Ins Patient { get; init; }

    /// <summary>Every identifier certified to be the asking patient's own. Empty for other roles.</summary>
    public IReadOnlyList<PatientKey> OwnKeys { get; init; } = [];

    public required PatientPolicy Policy { get; init; }

    /// <summary>Break-glass ticket shown; null for none.</summary>
    public string? Ticket { get; init; }

    /// <summary>Certified birth date of the patient; needed for a legal representative only. Null when not known.</summary>
    public FhirDate? BirthDate { get; init; }

    public required DateTimeOffset At { get; init; }

    public required AccessLaw Law { get; init; }
}

/// <summary>
/// The decision about one dossier. Pure: the same question always has the same answer. The steps are in the order of the law: role and purpose;
/// a blocked professional never gets in; no dossier, no access; a ticket opens what it says; then consent.
/// </summary>
internal static class DossierRules
{
    public static AccessDecision Decide(DossierQuestion question)
    {
        var byRole = AccessDecision.Decide(question.Actor, question.Purpose, question.Patient, question.OwnKeys);
        if (byRole is AccessDecision.Refused)
            return byRole;
        return question.Actor.Role == ActorRole.Patient ? DecidePatient(question, byRole.RuleId) : DecideProfessional(question);
    }

    /// <summary>Whether the dossier may be used at all, whoever asks.</summary>
    public static AccessDecision.Refused? RefusalOf(PatientPolicy policy, AccessEra era) => policy.State switch
    {
        DossierState.Open => null,
        DossierState.Closed => new AccessDecision.Refused(AccessRules.DossierClosed, AccessDecision.Refused.DossierNotOpen),
        // Since 2022 nobody has to open it. An identifier that leads to no known person opens none: masks hang on the person.
        DossierState.NeverOpened when era == AccessEra.OpenUnlessOpposed && policy.Person is not null => null,
        _ => new AccessDecision.Refused(AccessRules.DossierNeverOpened, AccessDecision.Refused.DossierNotOpen),
    };

    private static AccessDecision DecidePatient(DossierQuestion question, string rule)
    {
        var represented = question.Actor.Representative is not null;
        if (represented && !IsMinor(question))
            return new AccessDecision.Refused(AccessRules.NotAMinor);
        if (RefusalOf(question.Policy, question.Law.Era) is { } closed)
            return closed;
        return Allow(question, rule, represented ? ReaderKind.Representative : ReaderKind.Patient, question.Law.Matrix.Everything, null);
    }

    private static AccessDecision DecideProfessional(DossierQuestion question)
    {
        var (actor, policy) = (question.Actor, question.Policy);
        if (policy.Blocked.Any(blocked => ProfessionalId.Same(blocked, actor.Id)))
            return new AccessDecision.Refused(AccessRules.Blocked);
        var rights = question.Law.Matrix.Of(actor.Profession);
        if (!rights.AllowsAnything)
            return new AccessDecision.Refused(AccessRules.NotInMatrix);
        if (question.Ticket is not null && policy.State != DossierState.Open)
            return RefusalOf(policy, question.Law.Era) ?? TicketRefused(AccessRules.TicketUnknown);
        if (RefusalOf(policy, question.Law.Era) is { } closed)
            return closed;
        if (question.Ticket is not null)
            return DecideTicket(question, rights);
        var (permitted, rule) = ConsentRules.Decide(policy, actor, ConsentAction.Reading, null, question.At, question.Law.Era);
        return permitted
            ? Allow(question, rule, ReaderKind.Professional, rights, null)
            : new AccessDecision.Refused(rule, AccessDecision.Refused.ConsentRequired);
    }

    private static AccessDecision DecideTicket(DossierQuestion question, Matrix.MatrixRights rights)
    {
        var ticket = question.Policy.Tickets.FirstOrDefault(ticket => ticket.Id == question.Ticket);
        if (ticket is null)
            return TicketRefused(AccessRules.TicketUnknown);
        if (!ProfessionalId.Same(ticket.Professional, question.Actor.Id) || ticket.Organization != question.Actor.OrganizationId)
            return TicketRefused(AccessRules.TicketOfAnother);
        if (ticket.Until <= question.At || question.At < ticket.Since)
            return TicketRefused(AccessRules.TicketEnded);
        // The patient may have opposed since.
        if (EmergencyRefusal(question.Policy, question.Actor, ticket.Mode) is { } refusal)
            return refusal;
        return Allow(question, AccessRules.BreakGlass, ReaderKind.Professional, rights, ticket);
    }

    /// <summary>Why a professional gets no emergency access of a mode; null when nothing stands against it.</summary>
    public static AccessDecision.Refused? EmergencyRefusal(PatientPolicy policy, Actor actor, EmergencyMode mode) => mode switch
    {
        EmergencyMode.BrisDeGlace => policy.OpposesBreakGlass ? TicketRefused(AccessRules.PatientOpposes) : null,
        EmergencyMode.Centre15 when !actor.IsRegulator => TicketRefused(AccessRules.RegulatorsOnly),
        EmergencyMode.Centre15 when actor.Authentication != Authentication.Direct => TicketRefused(AccessRules.IndirectNotEnough),
        EmergencyMode.Centre15 => policy.OpposesRegulation ? TicketRefused(AccessRules.PatientOpposes) : null,
        _ => TicketRefused(AccessRules.Otherwise),
    };

    private static AccessDecision.Allowed Allow(
        DossierQuestion question, string rule, ReaderKind reader, Matrix.MatrixRights rights, BreakGlassTicket? ticket) => new(rule)
        {
            Access = new DossierAccess
            {
                Actor = question.Actor,
                Reader = reader,
                Policy = question.Policy,
                Ticket = ticket,
                At = question.At,
                Law = question.Law,
                Rights = rights,
            },
        };

    private static AccessDecision.Refused TicketRefused(string rule) => new(rule, AccessDecision.Refused.BreakGlassRefused);

    /// <summary>Not known to be a minor is not a minor.</summary>
    public static bool IsMinor(DossierQuestion question) => IsMinor(question.BirthDate, question.Law.AgeOfMajority, question.At);

    /// <summary>Not known to be a minor is not a minor.</summary>
    public static bool IsMinor(FhirDate? born, int ageOfMajority, DateTimeOffset at) =>
        born is { } birth && birth.StartUtc.AddYears(ageOfMajority) > at;
}
