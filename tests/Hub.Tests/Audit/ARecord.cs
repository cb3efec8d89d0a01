using System.Globalization;
using DmpFederation.Hub.Audit;
using DmpFederation.TestKit;

namespace DmpFederation.Hub.Tests.Audit;

/// <summary>Invented records with valid data by default.</summary>
internal static class ARecord
{
    public static AuditRecord OfAReading(int number = 1, int entries = 50) => new()
    {
        Action = AuditAction.DossierRead,
        Actor = Doctor,
        Rule = "ACC-120",
        Patient = APatient.Number(number).Ins,
        Purpose = "TREATMENT",
        Sources =
        [
            new AuditedSource("dp", "ANSWERED", null), new AuditedSource("franche-comte", "TIMED_OUT", "DEADLINE"),
            new AuditedSource("picardie", "ANSWERED", null), new AuditedSource("web-medecin", "UNKNOWN_PATIENT", null),
        ],
        Entries = AuditedEntries.Of([.. Enumerable.Range(number * 1_000, entries).Select(Id)]),
        CorrelationId = string.Create(CultureInfo.InvariantCulture, $"{number:x32}"),
    };

    public static AuditActor Doctor { get; } = new()
    {
        Role = "PROFESSIONAL",
        Id = "899700218896",
        Name = "Anne ESSAI",
        Profession = "10",
        Specialty = "SM26",
        OrganizationId = "1690781810",
        OrganizationName = "Cabinet des Charmes",
        ClientId = "portail",
        Authentication = "DIRECT",
    };

    public static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"{number:x32}");
}
