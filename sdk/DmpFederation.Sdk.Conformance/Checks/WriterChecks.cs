using DmpFederation.Sdk.Conformance.Fixtures;

namespace DmpFederation.Sdk.Conformance.Checks;

/// <summary><see cref="IEntryWriter"/>.</summary>
internal static class WriterChecks
{
    private const string Once = "CNF-641";

    public static IReadOnlyList<Check> All { get; } =
    [
        new(Once, "A fact written twice under one key is written once",
            "Keep the idempotency key beside the fact, and answer the first local id again.", bench =>
            Capability.ProveAsync<IEntryWriter>(bench, "writes", bench.Fixture.Writes.Count > 0, (writer, session) => TwiceAsync(bench, writer,
                session)))
        { Needs = [ReadingChecks.ReadsRight] },
        new("CNF-642", "Other bytes under the same key are a conflict", "Throw SourceFaultException with CONFLICT.", bench =>
            Capability.AlsoAsync<IEntryWriter>(bench, bench.Fixture.Writes.Count > 0, (writer, session) => ConflictAsync(bench, writer, session)))
        { Needs = [Once] },
    ];

    private static async Task<CallEnd<string>> WriteAsync(Bench bench, IEntryWriter writer, WriteFixture write, string file)
    {
        var resource = await File.ReadAllBytesAsync(Path.Combine(bench.FixtureFolder, file));
        var entry = DossierEntry.FromJson(resource, new EntryContext(bench.Fixture.Patient(write.Patient).Key.Key, write.LocalId));
        return await bench.CallAsync("WriteAsync", async token => await writer.WriteAsync(entry, $"conformance-{write.LocalId}", token));
    }

    private static async Task<Verdict> TwiceAsync(Bench bench, IEntryWriter writer, Session session)
    {
        foreach (var write in bench.Fixture.Writes)
        {
            var first = await WriteAsync(bench, writer, write, write.Resource);
            if (first.Problem("WriteAsync", bench.Deadline) is { } problem)
                return Verdict.Fail($"{write.LocalId}: {problem}{bench.UnansweredBy(session)}");
            if (string.IsNullOrEmpty(first.Value))
                return Verdict.Fail($"{write.LocalId}: it answered no local id");
            if (write.Written is not null)
                await session.Legacy.ApplyAsync(write.Written);
            var second = await WriteAsync(bench, writer, write, write.Resource);
            if (second.Problem("WriteAsync", bench.Deadline) is { } again)
                return Verdict.Fail($"{write.LocalId}, written again: {again}{bench.UnansweredBy(session)}");
            if (second.Value != first.Value)
                return Verdict.Fail($"{write.LocalId}, written again: another local id was answered");
            var read = await bench.ReadAsync(session, bench.Fixture.Patient(write.Patient));
            if (read.Entries.Count(entry => entry.LocalId == first.Value) is var count && count != 1)
                return Verdict.Fail($"{write.LocalId}: it is there {count} times when the patient is read{bench.UnansweredBy(session)}");
        }
        return Verdict.Pass;
    }

    private static async Task<Verdict> ConflictAsync(Bench bench, IEntryWriter writer, Session session)
    {
        foreach (var write in bench.Fixture.Writes)
        {
            var first = await WriteAsync(bench, writer, write, write.Resource);
            if (first.Problem("WriteAsync", bench.Deadline) is { } problem)
                return Verdict.Fail($"{write.LocalId}: {problem}");
            if (write.Written is not null)
                await session.Legacy.ApplyAsync(write.Written);
            var other = await WriteAsync(bench, writer, write, write.OtherResource);
            if (other.Fault?.Code != SourceFaultCodes.Conflict)
            {
                var seen = other.Problem("WriteAsync", bench.Deadline) ?? "it was accepted";
                return Verdict.Fail($"{write.LocalId}, with other bytes: {seen}{bench.UnansweredBy(session)}");
            }
        }
        return Verdict.Pass;
    }
}
