using DmpFederation.Hub.Access;
using DmpFederation.Hub.Identity;

namespace DmpFederation.TestKit;

/// <summary>Builds askers.</summary>
internal static class AnActor
{
    /// <summary>A general practitioner in a situation d'exercice.</summary>
    public static Actor Doctor() => new()
    {
        Role = ActorRole.Professional,
        Id = "899700218896",
        Name = "Dr Essai",
        Profession = "10",
        Specialty = "SM26",
        OrganizationId = "1690781810",
    };

    public static Actor Patient(Ins ins) => new() { Role = ActorRole.Patient, Id = "patient-1", PatientIns = ins };

    public static Actor Of(ActorRole role) => new() { Role = role, Id = "someone" };
}
