using DmpFederation.Sdk.Conformance.Fixtures;

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
        new("CNF-635", "A source whose private state is lost misses nothing, or says that the cursor is expired",
            "Let a cursor depend on the legacy alone, or throw CURSOR_EXPIRED when the state it belongs to is gone.", bench =>
            WalkAsync(bench, ForgottenAsync))
        { Needs = [Steps] },
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
    private static Task<Verdict> WalkAsync(Bench bench, Func<Bench, IChangeFeed, Session, Task<Verdict>> walk) =>
        Capability.AlsoAsync<IChangeFeed>(bench, bench.Fixture.Changes is not null, (feed, session) => walk(bench, feed, session));

    private static async Task<Verdict> StepsAsync(Bench bench, IChangeFeed feed, Session first)
    {
        var cursor = (await CursorAsync(bench, feed)).Value!;
        foreach (var step in bench.Fixture.Changes!.Steps)
        {
            await first.Legacy.ApplyAsync(step);
            await using var later = await bench.OpenAsync(after: first);
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

    private static Task<Verdict> RestartAsync(Bench bench, IChangeFeed feed, Session first) =>
        LaterAsync(bench, feed, first, async (reader, _, changes) =>
    {
        for (var at = 0; at < changes.Count; at++)
        {
            await using var again = await bench.OpenAsync(after: first);
            var end = await AskAsync(bench, (IChangeFeed)again.Connector!, changes[at].Cursor);
            if (end.Problem("ReadChangesAsync", bench.Deadline) is { } problem)
                return Verdict.Fail($"from the cursor of change {at + 1} of {changes.Count}: {problem}{bench.UnansweredBy(again)}");
            // Some that were seen may come again; those behind must come, also when they share the cursor.
            var behind = changes.Skip(at + 1).Select(Name).ToHashSet();
            var seen = end.Value!.Select(Name).ToHashSet();
            if (!behind.IsSubsetOf(seen))
                return Verdict.Fail($"from the cursor of change {at + 1} of {changes.Count}, {behind.Except(seen).Count()} later changes are missed");
            if (at == changes.Count - 1 && seen.Count > 0)
                return Verdict.Fail($"{seen.Count} changes come again after the cursor of the last one");
        }
        var now = await CursorAsync(bench, reader);
        if (now.Value is null)
            return Verdict.Fail(now.Problem("CurrentCursorAsync", bench.Deadline) ?? "the cursor of now is null");
        var rest = await AskAsync(bench, reader, now.Value);
        return rest.Value is { Count: > 0 }
            ? Verdict.Fail("changes came after the cursor of now")
            : Verdict.Of(rest.Problem("ReadChangesAsync", bench.Deadline));
    });

    private static Task<Verdict> ForgottenAsync(Bench bench, IChangeFeed feed, Session first) =>
        LaterAsync(bench, feed, first, async (_, start, changes) =>
    {
        await using var forgetful = await bench.OpenAsync(after: first, forgets: true);
        var end = await AskAsync(bench, (IChangeFeed)forgetful.Connector!, start);
        if (end.Fault?.Code == SourceFaultCodes.CursorExpired)
            return Verdict.Pass;
        if (end.Problem("ReadChangesAsync", bench.Deadline) is { } problem)
            return Verdict.Fail(problem + bench.UnansweredBy(forgetful));
        var missed = changes.Select(Name).Except(end.Value!.Select(Name)).Count();
        return missed == 0 ? Verdict.Pass : Verdict.Fail($"without its state, {missed} changes are missed and nothing says so");
    });

    /// <summary>Judges the source started again after everything has changed, by what it tells from before: without a change nothing can be judged.</summary>
    private static async Task<Verdict> LaterAsync(
        Bench bench, IChangeFeed feed, Session first, Func<IChangeFeed, string, List<Seen>, Task<Verdict>> judge)
    {
        var start = (await CursorAsync(bench, feed)).Value!;
        foreach (var step in bench.Fixture.Changes!.Steps)
            await first.Legacy.ApplyAsync(step);
        await using var later = await bench.OpenAsync(after: first);
        if (later.Connector is not IChangeFeed reader)
            return Verdict.Fail(later.Problem ?? "a second connector does not implement IChangeFeed");
        var whole = await AskAsync(bench, reader, start);
        if (whole.Problem("ReadChangesAsync", bench.Deadline) is { } problem)
            return Verdict.Fail(problem);
        return whole.Value!.Count == 0 ? Verdict.Fail("no change came after all the steps at once") : await judge(reader, start, whole.Value);
    }

    private static string Name(Seen change) =>
        $"{change.Id} {change.Withdrawn} {change.Unreadable} {(change.Entry is null ? "" : ItemPrint.Of(change.Entry))}";
}
