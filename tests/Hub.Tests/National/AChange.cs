using DmpFederation.Hub.Access.Policy;
using DmpFederation.Sdk;
using DmpFederation.TestKit;

namespace DmpFederation.Hub.Tests.National;

/// <summary>Changes of a policy; what a test leaves out is always the same.</summary>
internal static class AChange
{
    public const string Doctor = "810100997245";
    public const string OtherDoctor = "810101451689";
    public const string Hospital = "1750712184";
    public const string Steward = "steward-1";

    public static readonly DateTimeOffset Morning = new(2009, 10, 1, 8, 0, 0, TimeSpan.Zero);

    /// <summary>The identifiers of an invented person, the INS first.</summary>
    public static IReadOnlyList<PatientKey> Keys(int person = 1) => [APatient.Number(person).Ins.Key, APatient.Number(person).InsC.Key];

    public static Consent Consent(
        ConsentAction action = ConsentAction.Reading, ConsentChoice choice = ConsentChoice.Permit, Grantee? grantee = null,
        DateTimeOffset? until = null, params string[] sources) => new()
        {
            Sequence = 0,
            Action = action,
            Choice = choice,
            Grantee = grantee ?? new Grantee(GranteeKind.Professional, Doctor),
            Sources = sources,
            Since = Morning,
            Until = until,
            CollectedBy = Doctor,
            Evidence = "form 17",
        };

    public static PolicyChange.Open Opening() => new(Consent(ConsentAction.Opening, grantee: Grantee.Everyone));

    public static PolicyChange.Record Permit(string professional = Doctor) => new(Consent(grantee: new Grantee(GranteeKind.Professional, professional)));

    public static PolicyChange.Record Deny(string professional = Doctor) =>
        new(Consent(choice: ConsentChoice.Deny, grantee: new Grantee(GranteeKind.Professional, professional)));

    public static Mask Mask(
        MaskTargetKind kind = MaskTargetKind.Entry, string id = "entry-1", Visibility visibility = Visibility.MasquePs, params string[] reach) => new()
        {
            Target = new MaskTarget(kind, id),
            Visibility = visibility,
            Reach = reach,
            Since = Morning,
            SetBy = "patient",
        };

    public static PolicyChange.OpenTicket Ticket(string id = "ticket-1", DateTimeOffset? since = null, DateTimeOffset? reviewBy = null) => new(
        new BreakGlassTicket
        {
            Id = id,
            Mode = EmergencyMode.BrisDeGlace,
            Professional = Doctor,
            Organization = Hospital,
            Reason = "unconscious",
            Since = since ?? Morning,
            Until = (since ?? Morning).AddHours(1),
            Sources = ["dp"],
        },
        new Notice("BREAK_GLASS", "Un professionnel a ouvert votre dossier en urgence.", id),
        reviewBy ?? Morning.AddDays(7));

    public static Task<PatientPolicy> ApplyAsync(this NationalNode node, PolicyChange change, int person = 1) =>
        node.Policies.ApplyAsync(Keys(person), change, "patient", default);

    public static async Task<PatientPolicy> FindAsync(this NationalNode node, int person = 1) => await node.Policies.FindAsync(Keys(person)[0], default);
}
