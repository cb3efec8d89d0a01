using DmpFederation.Sdk.Conformance.Fixtures;

namespace DmpFederation.Sdk.Conformance.Checks;

/// <summary><see cref="IItemReplay"/>, of the connector or else of the plug-in.</summary>
internal static class ReplayChecks
{
    private const string Reads = "CNF-661";

    public static IReadOnlyList<Check> All { get; } =
    [
        new(Reads, "Kept items are read again as the fixture expects",
            "Read the kept bytes as the connector would have read them where they stood, file them under the item's patient, and ask no legacy.",
            async bench =>
        {
            await using var session = await bench.OpenAsync();
            var hasData = bench.Fixture.Replays.Count > 0;
            if (ReplayOf(bench, session) is not { } replay)
                return hasData ? Verdict.Fail("not declared: the fixture has 'replays', neither connector nor plug-in implements IItemReplay")
                    : Verdict.NotApplicable(NotDeclared);
            return hasData ? await ReadAsync(bench, session, replay)
                : Verdict.Fail("not proven: IItemReplay is implemented, the fixture has no 'replays'");
        })
        { Needs = [ReadingChecks.ReadsRight] },
        new("CNF-662", "What cannot be read is still unreadable in a replay, and no byte of it makes one throw",
            "Yield Unreadable with the reason; take any bytes.", async bench =>
        {
            await using var session = await bench.OpenAsync();
            return ReplayOf(bench, session) is { } replay && bench.Fixture.Replays.Count > 0
                ? await StillAsync(bench, replay) ?? await OddAsync(bench, replay)
                : Verdict.NotApplicable(NotDeclared);
        })
        { Needs = [Reads] },
    ];

    private const string NotDeclared = "neither connector nor plug-in implements IItemReplay";

    private static IItemReplay? ReplayOf(Bench bench, Session session) => session.Connector as IItemReplay ?? bench.Plugin!.Entry as IItemReplay;

    private static async Task<(BoundedReader Reader, string? Problem)> AskAsync(Bench bench, IItemReplay replay, Unreadable item)
    {
        var reader = new BoundedReader(bench);
        var end = await bench.CallAsync("ReplayAsync", token => reader.ReadAsync(replay.ReplayAsync(item, token), token));
        return (reader, end.Problem("ReplayAsync", bench.Deadline) ?? reader.Problem);
    }

    private static async Task<Verdict> ReadAsync(Bench bench, Session session, IItemReplay replay)
    {
        foreach (var expected in bench.Fixture.Replays)
        {
            var item = Item(bench, expected, await BytesAsync(bench, expected));
            var before = session.Legacy.Contacts;
            var (reader, problem) = await AskAsync(bench, replay, item);
            var entries = reader.Items.OfType<DossierEntry>().ToList();
            problem ??= session.Legacy.Contacts != before ? "the legacy was asked" : null;
            problem ??= ExpectedEntries.Difference(expected.Entries, entries)
                ?? entries.Select(EntryProblem.Of).FirstOrDefault(one => one is not null)
                ?? (item.Patient is { } patient && entries.Exists(entry => entry.FiledUnder != patient)
                    ? "an entry is filed under another patient than the item" : null);
            var codes = reader.Items.OfType<Unreadable>().Select(still => still.Code).Order();
            if (problem is null && !codes.SequenceEqual(expected.Unreadable.Order()))
                problem = $"Unreadable expected: {string.Join(", ", expected.Unreadable)}; seen: {string.Join(", ", codes)}";
            if (problem is not null)
                return Verdict.Fail($"{expected.File}: {problem}");
        }
        return Verdict.Pass;
    }

    /// <summary>What this build could not read a moment ago, it cannot read now.</summary>
    private static async Task<Verdict?> StillAsync(Bench bench, IItemReplay replay)
    {
        foreach (var item in bench.Reads.Values.SelectMany(read => read.Items).OfType<Unreadable>())
        {
            var (reader, problem) = await AskAsync(bench, replay, item);
            if (problem is null && !reader.Items.Any(read => read is Unreadable))
                problem = "nothing says that it still cannot be read";
            if (problem is not null)
                return Verdict.Fail($"an item read as {item.Code}: {problem}");
        }
        return null;
    }

    private static async Task<Verdict> OddAsync(Bench bench, IItemReplay replay)
    {
        foreach (var sample in bench.Fixture.Replays)
        {
            foreach (var (what, bytes, mustSay) in OddBytes.Of(await BytesAsync(bench, sample)))
            {
                var (reader, problem) = await AskAsync(bench, replay, Item(bench, sample, bytes));
                if (problem is null && mustSay && !reader.Items.Any(item => item is Unreadable))
                    problem = "nothing says that it cannot be read";
                if (problem is not null)
                    return Verdict.Fail($"{sample.File}, {what}: {problem}");
            }
        }
        return Verdict.Pass;
    }

    private static Task<byte[]> BytesAsync(Bench bench, ReplayFixture replay) =>
        File.ReadAllBytesAsync(Path.Combine(bench.FixtureFolder, replay.File));

    private static Unreadable Item(Bench bench, ReplayFixture replay, byte[] raw) => new()
    {
        Code = replay.Code,
        Reason = "It could not be read.",
        Patient = replay.Patient is { } name ? bench.Fixture.Patient(name).Key.Key : null,
        LocalId = replay.LocalId,
        Position = replay.Position,
        Raw = raw,
    };
}
