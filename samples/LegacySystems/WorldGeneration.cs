using System.Text;
using DmpFederation.LegacySystems.Drip;
using DmpFederation.SyntheticFrance;
using DmpFederation.SyntheticFrance.Truth;

namespace DmpFederation.LegacySystems;

/// <summary>What a generation wrote, and how long each writer was at work.</summary>
/// <param name="Facts">How many facts the world holds.</param>
/// <param name="Writers">Each system, the truth and the list of patients, with the time it took.</param>
internal sealed record GenerationReport(long Facts, IReadOnlyList<(string Name, TimeSpan Busy)> Writers);

/// <summary>
/// Fills every legacy system, the truth and the list of patients in one pass over the world. The writers work side by side, each in the order of the
/// world, so that what they write does not depend on how fast they are; the fastest is never far ahead of the slowest.
/// </summary>
internal static class WorldGeneration
{
    private const int PatientsPerHandover = 16;

    public static async Task<GenerationReport> WriteAsync(
        IReadOnlyList<LegacySystem> systems, string data, int seed, int patients, DateOnly today, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(data);
        ChangeStore.Delete(data);
        TruthLedger.Delete(data);
        var desks = new List<WriterDesk>();
        var facts = 0L;
        try
        {
            desks.Add(new WriterDesk("truth", new TruthWriter(File.Create(TruthFile.PathIn(data), 1 << 16))));
            desks.Add(new WriterDesk(
                "patients", new PatientListWriter(new StreamWriter(Path.Combine(data, "patients.csv"), append: false, new UTF8Encoding(false)))));
            foreach (var system in systems)
                desks.Add(new WriterDesk(system.Name, system.OpenWriter(Path.Combine(data, system.Name), today)));
            foreach (var some in World.Generate(seed, patients, today).Chunk(PatientsPerHandover))
            {
                foreach (var patient in some)
                    facts += patient.Facts.Count;
                foreach (var desk in desks)
                    await desk.HandOverAsync(some, cancellationToken);
            }
        }
        finally
        {
            // Each writer is finished and closed, whatever became of the others.
            await Task.WhenAll(desks.Select(desk => desk.FinishAsync()));
        }

        return new GenerationReport(facts, [.. desks.Select(desk => (desk.Name, desk.Busy))]);
    }
}
