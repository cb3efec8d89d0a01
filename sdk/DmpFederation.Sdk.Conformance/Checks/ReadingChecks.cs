using DmpFederation.Sdk.Conformance.Fixtures;

namespace DmpFederation.Sdk.Conformance.Checks;

/// <summary>What the source holds of a patient: all of it, once, of nobody else.</summary>
internal static class ReadingChecks
{
    public const string ReadsRight = "CNF-305";
    private const string Ends = "CNF-301";
    private const string Bounded = "CNF-302";
    private const string OnlyAsked = "CNF-303";
    private const string Valid = "CNF-304";

    public static IReadOnlyList<Check> All { get; } =
    [
        new(Ends, "The patients of the fixture can be read", "End the stream; throw SourceFaultException only when the legacy fails.", ReadAllAsync)
            { Needs = [OpeningChecks.Opens] },
        Each(Bounded, "An answer stays within the hub's budget", "Yield what the source holds and stop.", (_, _, end) =>
            end.TooMuch ? end.Trouble : null) with { Needs = [Ends] },
        Each(OnlyAsked, "Only the patient asked for is in the answer", "Filter by the patient's key, and set FiledUnder to the key asked for.",
            Stranger) with { Needs = [Bounded] },
        Each(Valid, "Entries keep the promises of their type", "Use DossierEntry.FromJson, or set every required property.", (_, _, end) =>
            end.Entries.Select(EntryProblem.Of).FirstOrDefault(problem => problem is not null)) with { Needs = [Bounded] },
        Each(ReadsRight, "The entries are those the fixture expects", "Correct the connector, or the fixture if the legacy holds something else.",
            (bench, patient, end) => ExpectedEntries.Difference(patient.Entries, end.Entries) is { } problem
                ? problem + string.Concat(bench.Unanswered.Take(3).Select(one => $"; no exchange for {one}"))
                : null) with { Needs = [OnlyAsked, Valid] },
        Each("CNF-306", "What cannot be read or is missing is said, as the fixture expects",
            "Yield Unreadable for what cannot be mapped, and ReadGap for what could not be fetched.", (_, patient, end) =>
            Codes("Unreadable", patient.Unreadable, end.Items.OfType<Unreadable>().Select(item => item.Code))
            ?? Codes("ReadGap", patient.Gaps, end.Items.OfType<ReadGap>().Select(item => item.Code))) with { Needs = [OnlyAsked, Valid] },
        Each("CNF-307", "A patient who is known is not called unknown", "Yield nothing when a known patient has no entries.", (_, _, end) =>
            end.Items.OfType<PatientUnknown>().Any() ? "it yielded PatientUnknown" : null) with { Needs = [Bounded] },
        new("CNF-308", "An unknown patient is one PatientUnknown, and no error", "Yield one PatientUnknown with the key asked for.", UnknownAsync)
            { Needs = [Bounded] },
        new("CNF-309", "Many patients in one request are answered as each alone", "Answer every patient of the request, each under its own key.",
            ManyAsync) { Needs = [ReadsRight, "CNF-308"] },
        Each("CNF-310", "Local ids tell nobody who the patient is",
            "Build local ids from the legacy's record ids, never from identifiers or names: they are shown to clients.", (bench, _, end) =>
            end.Entries.Select(entry => bench.Words.FindIn(entry.LocalId)).FirstOrDefault(found => found is not null) is { } found
                ? $"a local id holds {found}" : null) with { Needs = [Bounded] },
    ];

    private static Check Each(string id, string title, string toFix, Func<Bench, PatientFixture, ReadEnd, string?> problemOf) =>
        new(id, title, toFix, bench =>
    {
        foreach (var patient in bench.Fixture.Patients)
        {
            if (problemOf(bench, patient, bench.Reads[patient.Name]) is { } problem)
                return Task.FromResult(Verdict.Fail($"patient '{patient.Name}': {problem}"));
        }
        return Task.FromResult(Verdict.Pass);
    });

    private static async Task<Verdict> ReadAllAsync(Bench bench)
    {
        await using var session = await bench.OpenAsync();
        foreach (var patient in bench.Fixture.Patients)
        {
            var end = await bench.ReadAsync(session, patient);
            bench.Reads[patient.Name] = end;
            bench.Unanswered.UnionWith(session.Legacy.Unanswered);
            if (!end.TooMuch && end.Trouble is { } trouble)
                return Verdict.Fail($"patient '{patient.Name}': {trouble}{bench.UnansweredBy(session)}");
        }
        return Verdict.Pass;
    }

    private static string? Stranger(Bench bench, PatientFixture patient, ReadEnd end)
    {
        var asked = patient.Key.Key;
        var others = bench.Fixture.Persons.Select(person => person.Key.Value).Where(value => value != asked.Value).ToList();
        foreach (var item in end.Items)
        {
            if (OwnerOf(item) is { } owner && owner != asked)
                return "an item names a patient who was not asked for";
            if (item is PatientFound { Traits: var traits } && traits.Keys.Any(key => others.Contains(key.Value)))
                return "a PatientFound holds the identifier of another patient";
            if (item is not DossierEntry entry)
                continue;
            if (entry.FiledUnder != asked)
                return $"entry {entry.LocalId} is filed under a patient who was not asked for";
            if (entry.Subject is { } subject && subject.System == asked.System && subject.Value != asked.Value)
                return $"entry {entry.LocalId} names another patient as its subject";
            var text = System.Text.Encoding.UTF8.GetString(entry.Resource.Span);
            if (others.Exists(other => text.Contains(other, StringComparison.Ordinal)))
                return $"the resource of entry {entry.LocalId} holds the identifier of another patient";
        }
        return null;
    }

    private static PatientKey? OwnerOf(ReadItem item) => item switch
    {
        Unreadable unread => unread.Patient,
        PatientUnknown unknown => unknown.Patient,
        PatientFound found => found.Patient,
        ReadGap gap => gap.Patient,
        _ => null,
    };

    private static string? Codes(string what, IEnumerable<string> expected, IEnumerable<string> seen)
    {
        var (right, found) = (string.Join(", ", expected.Order()), string.Join(", ", seen.Order()));
        return right == found ? null : $"{what} expected: {(right.Length == 0 ? "none" : right)}; seen: {(found.Length == 0 ? "none" : found)}";
    }

    private static async Task<Verdict> UnknownAsync(Bench bench)
    {
        await using var session = await bench.OpenAsync();
        var end = await bench.ReadAsync(session, bench.Fixture.UnknownPatient);
        if (end.Trouble is { } trouble)
            return Verdict.Fail(trouble + bench.UnansweredBy(session));
        var said = end.Items.Where(item => item is not SourceAsOf).ToList();
        return said is [PatientUnknown { Patient: var key }] && key == bench.Fixture.UnknownPatient.Key.Key
            ? Verdict.Pass
            : Verdict.Fail($"it yielded {said.Count} items, not one PatientUnknown with the key asked for");
    }

    private static async Task<Verdict> ManyAsync(Bench bench)
    {
        await using var session = await bench.OpenAsync();
        var end = await bench.ReadAsync(session, [.. bench.Fixture.Persons]);
        if (end.Trouble is { } trouble)
            return Verdict.Fail(trouble + bench.UnansweredBy(session));
        var alone = bench.Fixture.Patients.SelectMany(patient => bench.Reads[patient.Name].Items)
            .Append(new PatientUnknown(bench.Fixture.UnknownPatient.Key.Key));
        return Verdict.Of(ItemPrint.Difference(ItemPrint.Of(alone), ItemPrint.Of(end.Items)) is { } difference
            ? difference + bench.UnansweredBy(session) : null);
    }
}
