using System.Text.RegularExpressions;
using DmpFederation.Sdk.Conformance.Fixtures;

namespace DmpFederation.Sdk.Conformance.Checks;

/// <summary>
/// A broken legacy is a fault with a code, a gap or something unreadable, in bounded time: never an exception of another kind, and never an
/// answer that looks whole.
/// </summary>
internal static partial class FaultChecks
{
    private const long SmallBudget = 1 << 20;

    public static IReadOnlyList<Check> All { get; } =
    [
        Broken("CNF-501", LegacyFaults.Away, "A legacy that is away is a fault", "Throw SourceFaultException with UNREACHABLE."),
        Broken("CNF-502", LegacyFaults.ErrorStatus, "A legacy that answers 500 is a fault",
            "Look at the status; throw SourceFaultException with ERROR_STATUS."),
        Broken("CNF-503", LegacyFaults.Refused, "A legacy that answers 401 is a fault",
            "Look at the status; throw SourceFaultException with REFUSED."),
        Broken("CNF-504", LegacyFaults.Garbage, "Garbage is a fault or unreadable",
            "Throw BAD_ANSWER, or yield Unreadable with the bytes; repeat nothing of them in a text."),
        Broken("CNF-505", LegacyFaults.Truncated, "An answer cut half way is a fault, a gap or unreadable",
            "Yield what is whole, and say that something is missing."),
        Broken("CNF-506", LegacyFaults.Redirect, "A redirect to another place is refused",
            "Do not follow it: patient data would go there. Throw FOREIGN_LINK."),
        Broken("CNF-507", LegacyFaults.Endless, "An answer without end is cut off",
            "Read bodies as they come and stop at a bound; SourceContext.Http throws TOO_LARGE for you."),
        new("CNF-508", "Every capability says when the legacy is away", "Throw SourceFaultException from the members of the capability too.",
            CapabilitiesAwayAsync) { Needs = ["CNF-501"] },
    ];

    /// <summary>Why a fault cannot be shown, or null.</summary>
    public static string? DoesNotApply(Bench bench, string fault)
    {
        var kind = bench.Fixture.Legacy.Kind;
        if (!LegacyFaults.Of(kind).Contains(fault))
            return $"a legacy of kind {kind} cannot show it";
        return bench.Fixture.NotApplicable.TryGetValue(fault, out var reason) ? $"the fixture says: {reason}" : null;
    }

    /// <summary>What is wrong with how a call on a broken legacy ended, other than well; null when it is a fault with a code.</summary>
    public static string? Problem<T>(string call, CallEnd<T> end, TimeSpan deadline) =>
        end.Late || end.Fault is null ? end.Problem(call, deadline) : Problem(call, end.Fault);

    private static string? Problem(string call, FaultReport fault) => fault.Code is not { } code
        ? $"{call} threw {fault}, not a SourceFaultException"
        : IsCode(code) ? null : $"{call} threw a SourceFaultException whose code is not shaped like one";

    private static bool IsCode(string? code) => code is not null && CodeShape().IsMatch(code);

    private static Check Broken(string id, string fault, string title, string toFix) => new(id, title, toFix, async bench =>
    {
        if (DoesNotApply(bench, fault) is { } reason)
            return Verdict.NotApplicable(reason);
        await using var session = await bench.OpenAsync(fault, mostBytes: fault == LegacyFaults.Endless ? SmallBudget : Bench.MostBytes);
        var end = await bench.ReadAsync(session, bench.Fixture.Patients.First(patient => patient.Entries.Count > 0));
        if (session.Legacy.ContactsElsewhere > 0)
            return Verdict.Fail($"{session.Legacy.ContactsElsewhere} requests followed the redirect to another origin");
        return Verdict.Of(Problem(end));
    })
    { Needs = [ReadingChecks.ReadsRight] };

    private static string? Problem(ReadEnd end)
    {
        if (end.Problem is not null || end.TooMuch)
            return end.Trouble;
        if (end.Items.OfType<PatientUnknown>().Any())
            return "it said that the patient is unknown";
        if (end.Items.OfType<ReadGap>().Any(gap => !IsCode(gap.Code)) || end.Items.OfType<Unreadable>().Any(unread => !IsCode(unread.Code)))
            return "the code of a ReadGap or Unreadable is not shaped like one";
        if (end.Fault is { } fault)
            return Problem("ReadAsync", fault);
        return end.Items.Any(item => item is ReadGap or Unreadable)
            ? null
            : $"it ended as if all was well, with {end.Items.Count} items and none that says something is missing";
    }

    private static async Task<Verdict> CapabilitiesAwayAsync(Bench bench)
    {
        if (DoesNotApply(bench, LegacyFaults.Away) is { } reason)
            return Verdict.NotApplicable(reason);
        await using var session = await bench.OpenAsync(LegacyFaults.Away);
        var key = bench.Fixture.Patients[0].Key.Key;
        var calls = new List<(string Name, Func<CancellationToken, Task<bool>> Call)>();
        if (session.Connector is IIdentityLookup lookup)
            calls.Add(("FindTraitsAsync", async token => await lookup.FindTraitsAsync(key, token).AnyAsync(token)));
        // Without a document's local id a connector may know that it holds none, and need not ask.
        if (session.Connector is IDocumentContent documents && bench.Fixture.Documents is [var document, ..])
            calls.Add(("OpenContentAsync", async token => await documents.OpenContentAsync(key, document.LocalId, token) is not null));
        if (session.Connector is IPatientDirectory directory)
            calls.Add(("ListPatientsAsync", async token => await directory.ListPatientsAsync(PatientPartition.All, null, token).AnyAsync(token)));
        if (session.Connector is IChangeFeed feed)
        {
            calls.Add(("CurrentCursorAsync", async token => await feed.CurrentCursorAsync(token) is not null));
            calls.Add(("ReadChangesAsync", async token => await feed.ReadChangesAsync(null, token).AnyAsync(token)));
        }
        if (session.Connector is IMappingReport report)
            calls.Add(("ListUnmappedAsync", async token => await report.ListUnmappedAsync(token).AnyAsync(token)));
        if (calls.Count == 0)
            return Verdict.NotApplicable("no capability asks the legacy");
        foreach (var (name, call) in calls)
        {
            var end = await bench.CallAsync(name, call);
            if (end.Good)
                return Verdict.Fail($"{name} ended as if all was well");
            if (Problem(name, end, bench.Deadline) is { } problem)
                return Verdict.Fail(problem);
        }
        return Verdict.Pass;
    }

    // As the hub accepts codes: anything else could carry patient data, and is shown as FAULT.
    [GeneratedRegex("^(?!(?:.*[0-9]){5})[A-Z][A-Z0-9_]{0,59}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex CodeShape();
}
