using DmpFederation.Sdk.Conformance.Fixtures;

namespace DmpFederation.Sdk.Conformance.Checks;

/// <summary>Opening a source, and asking whether it answers.</summary>
internal static class OpeningChecks
{
    public const string Opens = "CNF-201";

    public static IReadOnlyList<Check> All { get; } =
    [
        new(Opens, "A source opens at once and without asking the legacy", "Do no I/O in Open and in constructors; ask when a call needs it.",
            async bench =>
        {
            await using var session = await bench.OpenAsync();
            if (session.Problem is { } problem)
                return Verdict.Fail(problem);
            return session.Legacy.Contacts is > 0 and var contacts ? Verdict.Fail($"the legacy was asked {contacts} times while the source opened")
                : Verdict.Pass;
        })
        { Needs = [PackageChecks.Ready] },
        new("CNF-202", "A source opens while its legacy is away",
            "Do no I/O in Open; a source whose legacy is down must still be there when it comes back.", async bench =>
        {
            await using var session = await bench.OpenAsync(LegacyFaults.Away);
            return Verdict.Of(session.Problem);
        })
        { Needs = [Opens] },
        new("CNF-203", "A probe of a legacy that answers is good", "Let ProbeAsync end without an exception when the legacy answers.", async bench =>
        {
            await using var session = await bench.OpenAsync();
            var end = await ProbeAsync(bench, session);
            return Verdict.Of(end.Problem("ProbeAsync", bench.Deadline) is { } problem ? problem + bench.UnansweredBy(session) : null);
        })
        { Needs = [Opens] },
        new("CNF-204", "A probe of a legacy that is away says so", "Throw SourceFaultException with UNREACHABLE from ProbeAsync.", bench =>
            ProbeBrokenAsync(bench, LegacyFaults.Away))
        { Needs = ["CNF-202"] },
        new("CNF-205", "A probe of a legacy that answers errors says so", "Throw SourceFaultException with ERROR_STATUS from ProbeAsync.", bench =>
            ProbeBrokenAsync(bench, LegacyFaults.ErrorStatus))
        { Needs = [Opens] },
    ];

    public static Task<CallEnd<bool>> ProbeAsync(Bench bench, Session session, CancellationToken cancellationToken = default) =>
        bench.CallAsync("ProbeAsync", async token =>
        {
            await session.Connector!.ProbeAsync(token);
            return true;
        }, cancellationToken);

    private static async Task<Verdict> ProbeBrokenAsync(Bench bench, string fault)
    {
        if (FaultChecks.DoesNotApply(bench, fault) is { } reason)
            return Verdict.NotApplicable(reason);
        await using var session = await bench.OpenAsync(fault);
        var end = await ProbeAsync(bench, session);
        return Verdict.Of(end.Good ? "ProbeAsync ended as if all was well" : FaultChecks.Problem("ProbeAsync", end, bench.Deadline));
    }
}
