using DmpFederation.Sdk.Conformance.Fixtures;

namespace DmpFederation.Sdk.Conformance.Checks;

/// <summary><see cref="IMappingReport"/>.</summary>
internal static class MappingChecks
{
    public static IReadOnlyList<Check> All { get; } =
    [
        new("CNF-671", "The codes without a national one are listed, the most used first",
            "List every code of the legacy that the connector's table does not map, with how many facts stand under it.", bench =>
            Capability.ProveAsync<IMappingReport>(
                bench, "unmapped", bench.Fixture.Unmapped is not null, (report, session) => ListAsync(bench, report, session)))
        { Needs = [ReadingChecks.ReadsRight] },
    ];

    private static async Task<Verdict> ListAsync(Bench bench, IMappingReport report, Session session)
    {
        var end = await bench.CallAsync("ListUnmappedAsync", async token =>
            await report.ListUnmappedAsync(token).Take(BoundedReader.MostItems).ToListAsync(token));
        if (end.Problem("ListUnmappedAsync", bench.Deadline) is { } problem)
            return Verdict.Fail(problem + bench.UnansweredBy(session));
        var listed = end.Value!;
        foreach (var expected in bench.Fixture.Unmapped!)
        {
            if (!listed.Exists(code => IsOf(expected, code)))
                return Verdict.Fail($"{expected.System}|{expected.Code} with {expected.Count} facts is missing");
        }
        if (listed.Find(code => !bench.Fixture.Unmapped.Exists(expected => IsOf(expected, code))) is { } extra)
            return Verdict.Fail($"{extra.System}|{extra.Code} with {extra.Count} facts was not expected");
        return listed.Zip(listed.Skip(1)).Any(pair => pair.First.Count < pair.Second.Count)
            ? Verdict.Fail("a code comes after one that is used less")
            : Verdict.Of(listed.Count == bench.Fixture.Unmapped.Count ? null : "a code came twice");
    }

    private static bool IsOf(UnmappedFixture expected, UnmappedCode code) =>
        (expected.System, expected.Code, expected.Count) == (code.System, code.Code, code.Count)
        && (expected.Label is null || expected.Label == code.Label) && (expected.Unit is null || expected.Unit == code.Unit);
}
