namespace DmpFederation.Sdk.Conformance.Checks;

/// <summary><see cref="IFilePreview"/>.</summary>
internal static class PreviewChecks
{
    private const string Reads = "CNF-651";

    public static IReadOnlyList<Check> All { get; } =
    [
        new(Reads, "Files are previewed as the fixture expects", "Read a file as the connector would.", async bench =>
        {
            var hasData = bench.Fixture.Previews.Count > 0;
            if (bench.Plugin!.Entry is not IFilePreview preview)
                return hasData ? Verdict.Fail("not declared: the fixture has 'previews', the plug-in does not implement IFilePreview")
                    : Verdict.NotApplicable(NotDeclared);
            return hasData ? await ReadAsync(bench, preview)
                : Verdict.Fail("not proven: the plug-in implements IFilePreview, the fixture has no 'previews'");
        })
        { Needs = [PackageChecks.Ready] },
        new("CNF-652", "A preview never throws for what is in a file", "Yield Unreadable with the reason and the bytes.", async bench =>
            bench.Plugin!.Entry is IFilePreview preview && bench.Fixture.Previews.Count > 0 ? await OddAsync(bench, preview)
                : Verdict.NotApplicable(NotDeclared))
        { Needs = [Reads] },
    ];

    private const string NotDeclared = "the plug-in does not implement IFilePreview";

    private static async Task<(BoundedReader Reader, CallEnd<bool> End)> AskAsync(Bench bench, IFilePreview preview, string name, byte[] file)
    {
        var reader = new BoundedReader(bench);
        using var content = new MemoryStream(file, writable: false);
        var end = await bench.CallAsync("PreviewAsync", token => reader.ReadAsync(preview.PreviewAsync(name, content, token), token));
        return (reader, end);
    }

    private static async Task<Verdict> ReadAsync(Bench bench, IFilePreview preview)
    {
        foreach (var expected in bench.Fixture.Previews)
        {
            var file = await File.ReadAllBytesAsync(Path.Combine(bench.FixtureFolder, expected.File));
            var (reader, end) = await AskAsync(bench, preview, Path.GetFileName(expected.File), file);
            var problem = end.Problem("PreviewAsync", bench.Deadline) ?? reader.Problem
                ?? ExpectedEntries.Difference(expected.Entries, reader.Items.OfType<DossierEntry>())
                ?? reader.Items.OfType<DossierEntry>().Select(EntryProblem.Of).FirstOrDefault(one => one is not null);
            var codes = reader.Items.OfType<Unreadable>().Select(item => item.Code).Order();
            if (problem is null && !codes.SequenceEqual(expected.Unreadable.Order()))
                problem = $"Unreadable expected: {string.Join(", ", expected.Unreadable)}; seen: {string.Join(", ", codes)}";
            if (problem is not null)
                return Verdict.Fail($"{expected.File}: {problem}");
        }
        return Verdict.Pass;
    }

    private static async Task<Verdict> OddAsync(Bench bench, IFilePreview preview)
    {
        foreach (var sample in bench.Fixture.Previews)
        {
            var whole = await File.ReadAllBytesAsync(Path.Combine(bench.FixtureFolder, sample.File));
            foreach (var (what, file, mustSay) in OddBytes.Of(whole))
            {
                var (reader, end) = await AskAsync(bench, preview, Path.GetFileName(sample.File), file);
                if ((end.Problem("PreviewAsync", bench.Deadline) ?? reader.Problem) is { } problem)
                    return Verdict.Fail($"{sample.File}, {what}: {problem}");
                if (mustSay && !reader.Items.Any(item => item is Unreadable))
                    return Verdict.Fail($"{sample.File}, {what}: nothing says that it cannot be read");
            }
        }
        return Verdict.Pass;
    }
}
