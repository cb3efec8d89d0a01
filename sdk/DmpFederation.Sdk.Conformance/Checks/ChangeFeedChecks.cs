using DmpFederation.Sdk.Conformance.Fixtures;
using DmpFederation.Sdk.Conformance.Legacies;

namespace DmpFederation.Sdk.Conformance.Checks;

/// <summary><see cref="IChangeFeed"/>.</summary>
internal static class ChangeFeedChecks
{
    private const string Now = "CNF-631";
    private const string Steps = "CNF-632";

    /// <summary>A change without the plug-in's objects.</summary>
    private sealed record Seen(string Cursor, string Id, bool Withdrawn, string? Unreadable, DossierEntry? Entry);

    public static IReadOnlyList<Check> All { get; } =
    [
        new(Now, "Nothing has changed since the cursor of now",
            "Take the cursor from the legacy's own count or clock, and yield only what came later.", bench =>
            Capability.ProveAsync<IChangeFeed>(
                bench, "changes", bench.Fixture.Changes is not null, (feed, session) => NothingAsync(bench, feed, session)))
        { Needs = [ReadingChecks.ReadsRight] },
        new(Steps, "Each step's changes, corrections and withdrawals are seen, and no others",
            "Yield every change after the cursor: new and corrected facts as they stand now, and withdrawals.", bench =>
            WalkAsync(bench, StepsAsync))
        { Needs = [Now] },
        new("CNF-633", "A reader that starts again at any cursor misses nothing",
            "Let a cursor stand for everything up to its change, and for nothing beyond.", bench =>
            WalkAsync(bench, RestartAsync))
        { Needs = [Steps] },
        new("CNF-634", "A cursor the source never gave is refused", "Throw SourceFaultException, with CURSOR_EXPIRED when a copy must begin again.",
            bench =>
            Capability.AlsoAsync<IChangeFeed>(bench, bench.Fixture.Changes is not null, async (feed, _) =>
            {
                var end = await AskAsync(bench, feed, bench.Fixture.Changes!.BadCursor);
                return Verdict.Of(end.Good
                    ? $"it was read from, with {end.Value!.Count} changes"
                    : FaultChecks.Problem("ReadChangesAsync", end, bench.Deadline));
            }))
        { Needs = [Now] },
    ];

    private static Task<CallEnd<List<Seen>>> AskAsync(Bench bench, IChangeFeed feed, string? cursor) =>
        bench.CallAsync("ReadChangesAsync", async token =>
            await feed.ReadChangesAsync(cursor, token).Take(BoundedReader.MostItems).Select(Copy).ToListAsync(token));

    private static Task<CallEnd<string>> CursorAsync(Bench bench, IChangeFeed feed) =>
        bench.CallAsync("CurrentCursorAsync", async token => await feed.CurrentCursorAsync(token));

    private static Seen Copy(SourceChange change) => change switch
    {
        EntryChanged changed => new Seen(changed.Cursor, changed.Entry.LocalId, false, null, changed.Entry),
        EntryWithdrawn withdrawn => new Seen(withdrawn.Cursor, withdrawn.LocalId, true, null, null),
        ItemUnreadable item => new Seen(item.Cursor, "", false, item.Item.Code, null),
        _ => throw new InvalidOperationException("A change is null or of an unknown kind."),
    };

    private static async Task<Verdict> NothingAsync(Bench bench, IChangeFeed feed, Session session)
    {
        var cursor = await CursorAsync(bench, feed);
        if (cursor.Problem("CurrentCursorAsync", bench.Deadline) is { } noCursor)
            return Verdict.Fail(noCursor + bench.UnansweredBy(session));
        if (string.IsNullOrEmpty(cursor.Value))
            return Verdict.Fail("the cursor of now is empty");
        var changes = await AskAsync(bench, feed, cursor.Value);
        if (changes.Problem("ReadChangesAsync", bench.Deadline) is { } problem)
            return Verdict.Fail(problem + bench.UnansweredBy(session));
        return changes.Value!.Count == 0 ? Verdict.Pass : Verdict.Fail($"{changes.Value.Count} changes came after the cursor of now");
    }

    /// <summary>Runs a check over a legacy that lives on while readers come and go.</summary>
    private static Task<Verdict> WalkAsync(Bench bench, Func<Bench, IChangeFeed, RunningLegacy, Task<Verdict>> walk) =>
        Capability.AlsoAsync<IChangeFeed>(bench, bench.Fixture.Changes is not null, (feed, session) => walk(bench, feed, session.Legacy));

    private static async Task<Verdict> StepsAsync(Bench bench, IChangeFeed feed, RunningLegacy legacy)
    {
        var cursor = (await CursorAsync(bench, feed)).Value!;
        foreach (var step in bench.Fixture.Changes!.Steps)
        {
            await legacy.ApplyAsync(step);
            await using var later = await bench.OpenAsync(over: legacy);
            if (later.Connector is not IChangeFeed reader)
                return Verdict.Fail(later.Problem ?? "a second connector does not implement IChangeFeed");
            var end = await AskAsync(bench, reader, cursor);
            if (end.Problem("ReadChangesAsync", bench.Deadline) is { } problem)
                return Verdict.Fail($"step '{step.Name}': {problem}{bench.UnansweredBy(later)}");
            if (Difference(step, end.Value!) is { } difference)
                return Verdict.Fail($"step '{step.Name}': {difference}{bench.UnansweredBy(later)}");
            if (end.Value!.Select(change => change.Entry is null ? null : EntryProblem.Of(change.Entry)).OfType<string>().FirstOrDefault() is { } bad)
                return Verdict.Fail($"step '{step.Name}': {bad}");
            cursor = end.Value!.LastOrDefault()?.Cursor ?? cursor;
        }
        return Verdict.Pass;
    }

    /// <summary>The last word on each local id is what counts; an earlier one may have been overtaken.</summary>
    private static string? Difference(ChangeStepFixture step, List<Seen> changes)
    {
        var last = changes.Where(change => change.Unreadable is null).GroupBy(change => change.Id).Select(group => group.Last()).ToList();
        return Differs("changed", step.Changed, last.Where(change => !change.Withdrawn))
            ?? Differs("withdrawn", step.Withdrawn, last.Where(change => change.Withdrawn))
            ?? (changes.Select(change => change.Unreadable).OfType<string>().Order().SequenceEqual(step.Unreadable.Order()) ? null
                : "the unreadable changes are not those expected");

        static string? Differs(string what, List<string> expected, IEnumerable<Seen> seen)
        {
            var found = seen.Select(change => change.Id).ToList();
            var (missing, extra) = (expected.Except(found).ToList(), found.Except(expected).ToList());
            return missing.Count + extra.Count == 0
                ? null
                : $"{what}: missing [{string.Join(", ", missing)}], not expected [{string.Join(", ", extra)}]";
        }
    }

    private static async Task<Verdict> RestartAsync(Bench bench, IChangeFeed feed, RunningLegacy legacy)
    {
        var start = (await CursorAsync(bench, feed)).Value!;
        foreach (var step in bench.Fixture.Changes!.Steps)
            await legacy.ApplyAsync(step);
        var whole = await AskAsync(bench, feed, start);
        if (whole.Problem("ReadChangesAsync", bench.Deadline) is { } trouble)
            return Verdict.Fail(trouble);
        var changes = whole.Value!;
        for (var at = 0; at < changes.Count; at++)
        {
            await using var again = await bench.OpenAsync(over: legacy);
            var end = await AskAsync(bench, (IChangeFeed)again.Connector!, changes[at].Cursor);
            if (end.Problem("ReadChangesAsync", bench.Deadline) is { } problem)
                return Verdict.Fail($"from the cursor of change {at + 1} of {changes.Count}: {problem}{bench.UnansweredBy(again)}");
            // Some that were seen may come again; those behind must come, also when they share the cursor.
            var rest = changes.Skip(at + 1).Select(Name).ToHashSet();
            var seen = end.Value!.Select(Name).ToHashSet();
            if (!rest.IsSubsetOf(seen))
                return Verdict.Fail($"from the cursor of change {at + 1} of {changes.Count}, {rest.Except(seen).Count()} later changes are missed");
            if (at == changes.Count - 1 && seen.Count > 0)
                return Verdict.Fail($"{seen.Count} changes come again after the cursor of the last one");
        }
        var now = await CursorAsync(bench, feed);
        if (now.Value is null)
            return Verdict.Fail(now.Problem("CurrentCursorAsync", bench.Deadline) ?? "the cursor of now is null");
        var later = await AskAsync(bench, feed, now.Value);
        return later.Value is { Count: > 0 }
            ? Verdict.Fail("changes came after the cursor of now")
            : Verdict.Of(later.Problem("ReadChangesAsync", bench.Deadline));

        static string Name(Seen change) =>
            $"{change.Id} {change.Withdrawn} {change.Unreadable} {(change.Entry is null ? "" : ItemPrint.Of(change.Entry))}";
    }
}
