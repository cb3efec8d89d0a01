using DmpFederation.SyntheticFrance.Care;
using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.LegacySystems.ReseauDiabete;

/// <summary>A diabetes network of 2009: its software exports two CSV files each week into a folder. There is no server.</summary>
internal static class ReseauDiabeteSystem
{
    /// <summary>Id of the source, and name of its folder.</summary>
    public const string Name = SourceIds.ReseauDiabete;

    /// <summary>A writer of weekly exports into a folder; exports that are there are replaced.</summary>
    /// <param name="folder">Created when missing.</param>
    /// <param name="today">Day of the last export, taken at five in the morning: facts lie before it.</param>
    public static IWorldWriter OpenWriter(string folder, DateOnly today)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(folder, "reseau-diabete_*"))
            File.Delete(file);
        return new ReseauDiabeteWorldWriter(folder, today);
    }
}
