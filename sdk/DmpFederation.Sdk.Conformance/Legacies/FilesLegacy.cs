using System.Text;
using DmpFederation.Sdk.Conformance.Fixtures;

namespace DmpFederation.Sdk.Conformance.Legacies;

/// <summary>A legacy that is a folder of files.</summary>
internal sealed class FilesLegacy : RunningLegacy
{
    private readonly Fixture fixture;
    private readonly string source;
    private readonly string folder;

    public FilesLegacy(Fixture fixture, string source, string folder)
    {
        this.fixture = fixture;
        this.source = source;
        this.folder = folder;
        Copy(Path.Combine(source, fixture.Legacy.Folder!));
    }

    public override string Fill(string setting) => setting.Replace("{folder}", folder, StringComparison.Ordinal);

    public override Task ApplyAsync(LegacyStepFixture step)
    {
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
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            if (fault == LegacyFaults.Garbage)
                await File.WriteAllTextAsync(file, Babble(fixture), Encoding.UTF8);
            else if (await File.ReadAllBytesAsync(file) is { Length: > 1 } whole)
                await File.WriteAllBytesAsync(file, whole[..Cut(whole)]);
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
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(folder, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
            // A copy keeps the time of its original; a legacy's file is as old as its writing.
            File.SetLastWriteTimeUtc(target, TimeProvider.System.GetUtcNow().UtcDateTime);
        }
    }
}
