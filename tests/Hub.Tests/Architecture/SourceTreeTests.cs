using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Architecture;

/// <summary>Rules a reader of the tree relies on.</summary>
public sealed class SourceTreeTests
{
    [Fact]
    public void No_source_file_is_longer_than_four_hundred_lines() =>
        SourceFiles().Where(static file => File.ReadLines(file).Count() > 400).Select(Relative).Should().BeEmpty("such a file is two things");

    [Fact]
    public void Nothing_else_stands_at_the_top_level()
    {
        string[] folders = ["hub", "plugins", "sdk", "tests", "samples"];
        string[] files = ["DmpFederation.sln", "plugins.json", "README.md", "LICENSE", "global.json", "nuget.config", "BannedSymbols.txt"];
        Directory.EnumerateDirectories(RepositoryFiles.Root).Select(Path.GetFileName).Where(static name => name![0] != '.').Should().BeSubsetOf(folders);
        Directory.EnumerateFiles(RepositoryFiles.Root).Select(Path.GetFileName)
            .Where(static name => name![0] != '.' && !name.StartsWith("Directory.", StringComparison.Ordinal)).Should().BeSubsetOf(files);
    }

    [Fact]
    public void No_folder_is_named_after_a_kind_of_type()
    {
        string[] refused = ["Helpers", "Utils", "Utilities", "Common", "Models", "Interfaces", "Services", "Managers"];
        SourceFiles().SelectMany(static file => Relative(Path.GetDirectoryName(file)!).Split('/', '\\')).Distinct().Should().NotContain(refused);
    }

    private static IEnumerable<string> SourceFiles() =>
        new[] { "hub", "plugins", "sdk", "tests", "samples" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(RepositoryFiles.Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(static file => !Relative(file).Split('/', '\\').Any(static part => part is "bin" or "obj" or "node_modules" or "Migrations"));

    private static string Relative(string path) => Path.GetRelativePath(RepositoryFiles.Root, path);
}
