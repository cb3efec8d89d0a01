using System.Diagnostics;
using System.Globalization;
using DmpFederation.Demo.Processes;
using DmpFederation.SyntheticFrance;
using DmpFederation.SyntheticFrance.Truth;

namespace DmpFederation.Demo.WorldState;

/// <summary>Makes the data folder hold the world that is asked for, and the truth about it for today.</summary>
internal sealed class WorldFolder(DemoOptions options, TimeProvider clock, TextWriter console)
{
    /// <exception cref="DemoFault">The folder is somebody else's, or the world could not be written.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (options.Fresh)
            Empty();
        Directory.CreateDirectory(options.Data);
        Directory.CreateDirectory(options.Logs);

        var today = ParisToday(clock);
        var program = BuiltPrograms.LegacySystems;
        var library = Path.Combine(Path.GetDirectoryName(program)!, "DmpFederation.SyntheticFrance.dll");
        var wanted = new WorldStamp(options.Seed, options.Patients, WorldStamp.DigestOf(program, library), today);
        var found = WorldStamp.Read(options.Data);
        if (!wanted.IsSameWorld(found))
        {
            await GenerateAsync(wanted, cancellationToken);
        }
        else if (found!.Day > today)
        {
            throw new DemoFault($"The world in {options.Data} was written for {found.Day:yyyy-MM-dd}, after today: check the clock, or add --fresh.");
        }
        else
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"world        {options.Patients} patients, seed {options.Seed}, as written on {found.Day:yyyy-MM-dd}"));

            // The windows of the sources move with the days; the world does not.
            if (found.Day != today)
                RewriteTruth(found.Day, today);
        }
    }

    public static DateOnly ParisToday(TimeProvider clock)
    {
        var paris = TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Paris", out var zone) ? zone : TimeZoneInfo.Utc;
        return DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), paris).DateTime);
    }

    private void Empty()
    {
        if (!Directory.Exists(options.Data) || !Directory.EnumerateFileSystemEntries(options.Data).Any())
            return;
        if (WorldStamp.Read(options.Data) is null && !Directory.Exists(options.Logs))
            throw new DemoFault($"{options.Data} holds something else than a demo's state: --fresh does not delete it. Choose another folder with --data.");
        Directory.Delete(options.Data, recursive: true);
    }

    private async Task GenerateAsync(WorldStamp wanted, CancellationToken cancellationToken)
    {
        WorldStamp.Remove(options.Data);
        ForgetOldWorld();
        var started = clock.GetTimestamp();
        var start = ChildEnvironment.Dotnet(BuiltPrograms.LegacySystems);
        foreach (var argument in (string[])["generate", "--data", options.Data, "--patients", Text(wanted.Patients), "--seed", Text(wanted.Seed),
            "--today", wanted.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)])
            start.ArgumentList.Add(argument);
        start.RedirectStandardError = true;
        using var process = Process.Start(start) ?? throw new DemoFault("The generator could not be started.");
        var said = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var complained = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
            throw new DemoFault($"The world could not be written: {complained.Trim()}");
        wanted.Write(options.Data);
        var written = (await said).Trim();
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"world        {written}, seed {wanted.Seed}, written in {clock.GetElapsedTime(started).TotalSeconds:0.0} s"));
    }

    /// <summary>What the hub's connectors kept of the old systems is of systems that are no more; so is a folder that was moved away.</summary>
    private void ForgetOldWorld()
    {
        foreach (var folder in (string[])[Path.Combine(options.Data, "hub", "sources"), options.LabosFolder + ".away"])
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }

    private void RewriteTruth(DateOnly writtenFor, DateOnly today)
    {
        using var truth = new TruthWriter(File.Create(options.Truth));
        foreach (var patient in World.Generate(options.Seed, options.Patients, writtenFor, today))
            truth.Add(patient);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
