using System.Text;
using DmpFederation.Sdk.Conformance.Fixtures;

namespace DmpFederation.Sdk.Conformance.Legacies;

/// <summary>A legacy that is a folder of files.</summary>
internal sealed class FilesLegacy : RunningLegacy
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private readonly Fixture fixture;
    private readonly string source;
    private readonly string folder;
    private DateTime written;

    public FilesLegacy(Fixture fixture, string source, string folder, DateTimeOffset begun)
    {
        written = begun.UtcDateTime - Age(fixture);
        this.fixture = fixture;
        this.source = source;
        this.folder = folder;
        Copy(Path.Combine(source, fixture.Legacy.Folder!));
    }

    public override string Fill(string setting) => setting.Replace("{folder}", folder, StringComparison.Ordinal);

    public override Task ApplyAsync(LegacyStepFixture step)
    {
        Continue();
        if (step.Folder is not null)
            Copy(Path.Combine(source, step.Folder));
        foreach (var name in step.Remove)
            File.Delete(Path.Combine(folder, name));
        return Task.CompletedTask;
    }

    public override async Task BreakAsync(string fault)
    {
        if (fault == LegacyFaults.Away)
        {
            Directory.Delete(folder, recursive: true);
            return;
        }
        Continue();
        foreach (var file in Files(folder))
        {
            if (fault == LegacyFaults.Garbage)
                await File.WriteAllTextAsync(file, Babble(fixture), Encoding.UTF8);
            else if (await File.ReadAllBytesAsync(file) is { Length: > 1 } whole)
                await File.WriteAllBytesAsync(file, whole[..Cut(whole)]);
            Stamp(file);
        }
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Half way, but between two signs of one line: a file cut at the end of a line may be a whole file.</summary>
    private static int Cut(byte[] whole)
    {
        for (var at = whole.Length / 2; at > 0; at--)
        {
            if (whole[at - 1] > ' ' && whole[at] > ' ')
                return at;
        }
        return whole.Length / 2;
    }

    private void Copy(string from)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in Files(from))
        {
            var target = Path.Combine(folder, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
            Stamp(target);
        }
    }

    /// <summary>
    /// A copy keeps the time of its original; a legacy's file is as old as its writing. Each is a little newer than the one before.
    /// </summary>
    private void Stamp(string file)
    {
        File.SetLastWriteTimeUtc(file, written);
        written += Tick;
    }

    /// <summary>What is written from now on is newer than what was there.</summary>
    private void Continue()
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime - Age(fixture);
        written = now > written ? now : written;
    }

    private static TimeSpan Age(Fixture fixture) => TimeSpan.FromMinutes(fixture.Legacy.WrittenMinutesAgo);

    /// <summary>In an order of their own: the file system lists in any.</summary>
    private static IOrderedEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
}
