using System.Globalization;
using DmpFederation.LegacySystems.DossierPharmaceutique;
using DmpFederation.LegacySystems.Picardie;
using DmpFederation.SyntheticFrance;
using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.Hub.HostTests.Drills;

/// <summary>Invented patients of whom one source holds very much.</summary>
internal static class ManyFacts
{
    private const int DaysBack = 300;

    /// <summary>One with many boxes at the pharmacies' host, one with many results in Picardie; nothing of them is anywhere else.</summary>
    /// <param name="after">Patients of the world before them.</param>
    /// <param name="count">Facts of each.</param>
    /// <param name="today">Reference day of the world.</param>
    public static IReadOnlyList<SyntheticPatient> Generate(int after, int count, DateOnly today)
    {
        var world = World.Generate(2009, after + 40, today).ToList();
        var free = world.Skip(after).Where(static patient => patient.Traps.Count == 0).Take(2).ToList();
        return
        [
            Filled(free[0], Model(world, FactKind.Dispensation, DossierPharmaceutiqueSystem.Name), DossierPharmaceutiqueSystem.Name, "many-", count, today),
            Filled(free[1], Model(world, FactKind.LabResult, PicardieSystem.Name), PicardieSystem.Name, "Observation/many-", count, today),
        ];
    }

    private static SyntheticFact Model(IEnumerable<SyntheticPatient> world, FactKind kind, string source) => world
        .SelectMany(static patient => patient.Facts)
        .First(fact => fact.Kind == kind && fact.Origins.Any(origin => origin.SourceId == source && origin.Visible));

    private static SyntheticPatient Filled(
        SyntheticPatient patient, SyntheticFact model, string source, string localId, int count, DateOnly today)
    {
        var first = new DateTimeOffset(today.AddDays(-DaysBack), TimeOnly.MinValue, TimeSpan.Zero);
        var step = TimeSpan.FromDays(DaysBack - 2) / count;
        return patient with
        {
            Facts =
            [
                .. Enumerable.Range(0, count).Select(number => model with
                {
                    Id = string.Create(CultureInfo.InvariantCulture, $"p{patient.Index}-many{number}"),
                    Date = first + (step * number),
                    Author = patient.Attending,
                    Origins =
                    [
                        new SyntheticOrigin { SourceId = source, LocalId = string.Create(CultureInfo.InvariantCulture, $"{localId}{number:D5}") },
                    ],
                }),
            ],
        };
    }
}
