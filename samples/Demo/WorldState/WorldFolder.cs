using System.Globalization;
using DmpFederation.Demo.Processes;

namespace DmpFederation.Demo.WorldState;

/// <summary>Makes the data folder hold the world that is asked for, and the truth about it for today.</summary>
internal sealed class WorldFolder(DemoOptions options, TimeProvider clock, TextWriter console)
{
    /// <returns>The day the world was written for.</returns>
    /// <exception cref="DemoFault">The folder is somebody else's, or the world could not be written.</exception>
    public async Task<DateOnly> PrepareAsync(CancellationToken cancellationToken)
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
            return today;
        }

        if (found!.Day > today)
        {
            throw new DemoFault($"The world in {options.Data} was written for {found.Day:yyyy-MM-dd}, after today: check the clock, or add --fresh.");
        }

        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"world        {options.Patients} patients, seed {options.Seed}, as written on {found.Day:yyyy-MM-dd}"));
        // The windows of the sources move with the days, and the legacy systems may have gone on living.
        await WriteAsync(["truth", .. DemoPrograms.WorldOf(options, found.Day)], "The truth", cancellationToken);
        return found.Day;
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
        var written = await WriteAsync(["generate", .. DemoPrograms.WorldOf(options, wanted.Day)], "The world", cancellationToken);
        wanted.Write(options.Data);
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

    /// <summary>Lets the legacy systems' program write something.</summary>
    /// <returns>What it said.</returns>
    private static async Task<string> WriteAsync(IReadOnlyList<string> arguments, string what, CancellationToken cancellationToken)
    {
        var start = ChildEnvironment.Dotnet(BuiltPrograms.LegacySystems);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        var (exit, said, complained) = await ChildEnvironment.RunAsync(start, cancellationToken);
        return exit == 0 ? said : throw new DemoFault($"{what} could not be written: {complained}");
    }
}
