using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.LegacySystems.DossierPharmaceutique;

/// <summary>Turns the invented patients into dossiers and lines, in batches.</summary>
internal sealed class DpWorldWriter(DpRegister register, DateOnly today) : IWorldWriter
{
    private const int BatchLines = 5_000;

    private readonly List<(string, string, string)> dossiers = [];
    private readonly List<DpLine> lines = [];
    private readonly List<(string Line, int Boxes)> corrections = [];
    private readonly List<string> cancellations = [];

    public void Add(SyntheticPatient patient)
    {
        var number = DpWorldLine.NumberOf(patient);
        var opened = "";
        foreach (var fact in patient.Facts)
        {
            foreach (var origin in fact.Origins)
            {
                if (origin.SourceId != DossierPharmaceutiqueSystem.Name)
                    continue;
                var line = DpWorldLine.Of(fact, origin, number, today);
                if (opened.Length == 0)
                    opened = line.DateDelivrance;
                lines.Add(line);
                if (origin.Withdrawn)
                    cancellations.Add(line.Id);
                else if (origin.Erratum is not null)
                    corrections.Add((line.Id, (int)fact.Value!.Value));
            }
        }
        if (opened.Length == 0)
            return;
        dossiers.Add((number, patient.RecordedIdentity(DossierPharmaceutiqueSystem.Name).InsNir, opened));
        if (lines.Count >= BatchLines)
            Flush();
    }

    public void Dispose()
    {
        Flush();
        register.Dispose();
    }

    private void Flush()
    {
        register.Record(dossiers, lines);
        foreach (var (line, boxes) in corrections)
            register.CorrectQuantity(line, boxes);
        foreach (var line in cancellations)
            register.Cancel(line);
        dossiers.Clear();
        lines.Clear();
        corrections.Clear();
        cancellations.Clear();
    }
}
