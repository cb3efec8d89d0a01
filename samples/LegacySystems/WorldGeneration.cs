using System.Text;
using DmpFederation.SyntheticFrance;
using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Truth;

namespace DmpFederation.LegacySystems;

/// <summary>Fills every legacy system, the truth and the list of patients in one pass over the world.</summary>
internal static class WorldGeneration
{
    /// <returns>How many facts the world holds.</returns>
    public static long Write(IReadOnlyList<LegacySystem> systems, string data, int seed, int patients, DateOnly today)
    {
        Directory.CreateDirectory(data);
        var writers = new List<IWorldWriter>();
        var facts = 0L;
        try
        {
            writers.Add(new TruthWriter(File.Create(Path.Combine(data, "truth.ndjson"))));
            writers.Add(new PatientListWriter(new StreamWriter(Path.Combine(data, "patients.csv"), append: false, new UTF8Encoding(false))));
            foreach (var system in systems)
                writers.Add(system.OpenWriter(Path.Combine(data, system.Name), today));
            foreach (var patient in World.Generate(seed, patients, today))
            {
                facts += patient.Facts.Count;
                foreach (var writer in writers)
                    writer.Add(patient);
            }
        }
        finally
        {
            foreach (var writer in writers)
                writer.Dispose();
        }

        return facts;
    }
}
