using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.CdaRepository.Tests;

/// <summary>The public CI-SIS examples beside the repository, where they are present. They are never copied into it.</summary>
internal static class PublicSamples
{
    private static readonly string? Folder = Find();

    internal static IReadOnlyList<string> Files => Folder is null
        ? []
        : [.. new[] { "cda-ci-sis-3.0", "cda-ci-sis-2.41" }
            .Select(name => Path.Combine(Folder, name)).Where(Directory.Exists)
            .SelectMany(folder => Directory.GetFiles(folder, "*.xml")).Order(StringComparer.Ordinal)];

    internal static void SkipWhenAbsent() => Skip.If(Files.Count == 0, "The public CI-SIS examples are not beside the repository.");

    internal static async Task<List<ReadItem>> PreviewAsync(string path)
    {
        await using var file = File.OpenRead(path);
        return await Preview.OfAsync(Path.GetFileName(path), file);
    }

    /// <summary>The entries of the sample whose file name starts so, of the 3.0 set first.</summary>
    internal static async Task<List<DossierEntry>> EntriesOfAsync(string start)
    {
        SkipWhenAbsent();
        var path = Files.OrderBy(file => file.Contains("2.41", StringComparison.Ordinal))
            .First(file => Path.GetFileName(file).StartsWith(start, StringComparison.Ordinal));
        var items = await PreviewAsync(path);
        items.Should().AllBeOfType<DossierEntry>();
        return [.. items.OfType<DossierEntry>()];
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "DmpFederation.sln")))
                continue;
            var data = Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", "data"));
            return Directory.Exists(data) ? data : null;
        }
        return null;
    }
}
