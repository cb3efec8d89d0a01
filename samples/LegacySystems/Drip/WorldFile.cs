using DmpFederation.SyntheticFrance.Living;

namespace DmpFederation.LegacySystems.Drip;

/// <summary>A written world: where it is and what it was written from.</summary>
/// <param name="Data">Its folder.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Patients">How many patients it has.</param>
/// <param name="WrittenOn">Its reference day.</param>
internal sealed record WorldFile(string Data, int Seed, int Patients, DateOnly WrittenOn)
{
    /// <summary>True when a world was written there.</summary>
    public bool Exists => File.Exists(TruthFile.PathIn(Data));

    /// <summary>The world as it goes on.</summary>
    public LivingWorld Living(IWorldChanges changes) => new(Seed, Patients, WrittenOn, changes);

    /// <summary>Writes <c>truth.ndjson</c> anew.</summary>
    /// <param name="visibleOn">Day for which the windows of the sources are applied.</param>
    /// <param name="cancellationToken">Leaves the truth as it was.</param>
    public void WriteTruth(DateOnly visibleOn, CancellationToken cancellationToken)
    {
        using var changes = ChangeStore.Open(Data);
        new TruthFile(Data).WriteAll(Living(changes), Patients, changes.SeqOf, visibleOn, cancellationToken);
    }
}
