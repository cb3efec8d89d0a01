using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.LegacySystems.LabosRhoneAlpes;

/// <summary>
/// The drop folder of Rhône-Alpes: laboratories put result files into it, a week's patients in each, and software that reads them takes them from
/// there. No server.
/// </summary>
internal static class LabosRhoneAlpesSystem
{
    /// <summary>Id of the source, and folder of the system.</summary>
    public const string Name = "labos-rhone-alpes";

    /// <summary>A writer into an emptied drop folder.</summary>
    public static IWorldWriter OpenWriter(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        return new LabosWorldWriter(folder);
    }
}
