using DmpFederation.Hub.Federation;
using DmpFederation.LegacySystems.ReseauDiabete;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.HostTests.Drills;

/// <summary>What befalls the diabetes network's folder of exports.</summary>
internal static class DiabetesTroubles
{
    public const string Source = ReseauDiabeteSystem.Name;

    public static IReadOnlyList<FileTrouble> All { get; } =
    [
        new(Source, "is away", SourceStatus.Failed, SourceFaultCodes.Unreachable, static world => new SetAside(world.Systems.DiabetesExports)),
        new(Source, "got an export of garbage", SourceStatus.Partial, SourceReason.Unreadable, static world =>
            Exported(world, static path => File.WriteAllBytes(path, Garbage.Bytes(256 << 10)))),
        new(Source, "got an export that was cut", SourceStatus.Partial, SourceReason.Unreadable, static world => Exported(world, static path =>
        {
            using var file = File.Open(path, FileMode.Open);
            file.SetLength(file.Length / 2);
        })),
        new(Source, "got an export of 200 MB without an end", SourceStatus.Partial, SourceReason.Unreadable, static world =>
            Exported(world, static path =>
            {
                using var file = File.Open(path, FileMode.Open);
                file.SetLength(200 << 20);
            })),
    ];

    /// <summary>Writes the next export beside the folder: its two files, the follow-up last.</summary>
    public static IReadOnlyList<string> Make(DrillWorld world, Action<FurtherExport> write)
    {
        var beside = Directory.CreateDirectory(Path.Combine(world.Folder, "diabetes-made")).FullName;
        foreach (var file in Directory.GetFiles(beside))
            File.Delete(file);
        // Named after the last one there.
        foreach (var file in Directory.EnumerateFiles(world.Systems.DiabetesExports, "*_suivi.csv"))
            File.WriteAllText(Path.Combine(beside, Path.GetFileName(file)), "");
        string name;
        using (var export = FurtherExport.Open(beside, Now))
        {
            name = export.Name;
            write(export);
        }
        return [Path.Combine(beside, $"reseau-diabete_{name}_patients.csv"), Path.Combine(beside, $"reseau-diabete_{name}_suivi.csv")];
    }

    /// <summary>Puts the files of an export into the folder.</summary>
    public static IReadOnlyList<string> Deliver(DrillWorld world, IReadOnlyList<string> files)
    {
        var delivered = files.Select(file => Path.Combine(world.Systems.DiabetesExports, Path.GetFileName(file))).ToList();
        for (var at = 0; at < files.Count; at++)
            File.Move(files[at], delivered[at]);
        return delivered;
    }

    private static DateTime Now => TimeProvider.System.GetUtcNow().UtcDateTime;

    /// <summary>A further export whose follow-up file is spoiled, old enough to be no longer waited for.</summary>
    private static Mended Exported(DrillWorld world, Action<string> spoil)
    {
        var files = Make(world, static _ => { });
        spoil(files[^1]);
        foreach (var file in files)
            File.SetLastWriteTimeUtc(file, Now.AddHours(-1));
        return new Mended([.. Deliver(world, files).Select<string, Action>(static file => () => File.Delete(file))]);
    }
}
