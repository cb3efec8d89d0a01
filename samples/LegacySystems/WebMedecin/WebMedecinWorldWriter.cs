using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Truth;

namespace DmpFederation.LegacySystems.WebMedecin;

/// <summary>Fills the register from a world, replacing what is there.</summary>
internal sealed class WebMedecinWorldWriter : IWorldWriter
{
    private const int LinesPerTransaction = 10_000;

    private readonly LineDeposits deposits;
    private int lines;

    internal WebMedecinWorldWriter(string folder)
    {
        var register = new ReimbursementRegister(folder);
        register.Delete();
        deposits = new LineDeposits(register.OpenForWriting());
    }

    public void Add(SyntheticPatient patient)
    {
        ArgumentNullException.ThrowIfNull(patient);
        var identity = patient.RecordedIdentity(WebMedecinSystem.Name);
        long? file = null;
        foreach (var fact in patient.Facts)
        {
            foreach (var origin in fact.Origins)
            {
                if (origin.SourceId != WebMedecinSystem.Name)
                    continue;
                file ??= deposits.Know(PatientListWriter.System["urn:oid:".Length..], identity.InsNir, identity, number: patient.Index + 1L);
                deposits.Add(WorldLine.Of(fact, origin, file.Value, patient.Attending));
                lines++;
            }
        }
        if (lines < LinesPerTransaction)
            return;
        lines = 0;
        deposits.Commit();
    }

    public void Dispose()
    {
        deposits.Commit();
        deposits.Dispose();
    }
}
