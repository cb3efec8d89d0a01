using DmpFederation.Sdk.Conformance.Fixtures;

namespace DmpFederation.Sdk.Conformance.Checks;

/// <summary>The same question gets the same answer: later, after a restart, with filters, from many threads.</summary>
internal static class SteadinessChecks
{
    private const int Readers = 16;
    private const string StableIds = "CNF-321";
    private const string SameBytes = "CNF-322";

    public static IReadOnlyList<Check> All { get; } =
    [
        new(StableIds, "Local ids are the same at each read", "Take them from the legacy's record ids; no counters, no moments, no positions.",
            bench =>
            AgainAsync(bench, read => [.. read.Entries.Select(entry => entry.LocalId).Order(StringComparer.Ordinal)]))
                { Needs = [ReadingChecks.ReadsRight] },
        new(SameBytes, "A second read is the first, byte for byte", "Write resources in a fixed order, without the moment of reading in them.",
            bench =>
            AgainAsync(bench, read => ItemPrint.Of(read.Items))) { Needs = [StableIds] },
        new("CNF-323", "Filters are hints that lose nothing",
            "Yield every entry that matches the categories and dates; undated entries always match.", FiltersAsync) { Needs = [SameBytes] },
        new("CNF-324", $"{Readers} readers at once get the same answer", "Keep no state of a call in the connector; many threads use it.",
            ManyReadersAsync) { Needs = [SameBytes] },
        new("CNF-325", "A reader may leave early", "Release what the stream holds when its enumerator is disposed.", LeaveEarlyAsync)
            { Needs = [ReadingChecks.ReadsRight] },
    ];

    private static async Task<Verdict> AgainAsync(Bench bench, Func<ReadEnd, IReadOnlyList<string>> print)
    {
        await using var session = await bench.OpenAsync();
        foreach (var patient in bench.Fixture.Patients)
        {
            for (var turn = 2; turn <= 3; turn++)
            {
                var again = await bench.ReadAsync(session, patient);
                if (again.Trouble is { } trouble)
                    return Verdict.Fail($"patient '{patient.Name}', read again: {trouble}");
                if (ItemPrint.Difference(print(bench.Reads[patient.Name]), print(again)) is { } difference)
                    return Verdict.Fail($"patient '{patient.Name}', read again: {difference}");
            }
        }
        return Verdict.Pass;
    }

    private static async Task<Verdict> FiltersAsync(Bench bench)
    {
        await using var session = await bench.OpenAsync();
        foreach (var patient in bench.Fixture.Patients)
        {
            var whole = bench.Reads[patient.Name];
            foreach (var (name, request, wanted) in Filtered(patient, whole))
            {
                var end = await bench.ReadAsync(session, request);
                if (end.Trouble is { } trouble)
                    return Verdict.Fail($"patient '{patient.Name}', {name}: {trouble}{bench.UnansweredBy(session)}");
                var seen = ItemPrint.Of(end.Entries);
                if (ItemPrint.Of(wanted).Except(seen).Any())
                    return Verdict.Fail($"patient '{patient.Name}', {name}: entries that match are missing{bench.UnansweredBy(session)}");
                if (seen.Except(ItemPrint.Of(whole.Entries)).Any())
                    return Verdict.Fail($"patient '{patient.Name}', {name}: entries came that are not there without it");
                if (end.Items.OfType<PatientUnknown>().Any())
                    return Verdict.Fail($"patient '{patient.Name}', {name}: the patient became unknown");
            }
        }
        return Verdict.Pass;
    }

    private static IEnumerable<(string Name, ReadRequest Request, IEnumerable<DossierEntry> Wanted)> Filtered(PatientFixture patient, ReadEnd whole)
    {
        var request = Bench.Request(patient);
        var categories = whole.Entries.Select(entry => entry.Category).Distinct().Take(2).ToList();
        foreach (var category in categories)
            yield return ($"categories {category}", request with { Categories = [category] },
                whole.Entries.Where(entry => entry.Category == category));
        var absent = Enum.GetValues<EntryCategory>().First(category => whole.Entries.All(entry => entry.Category != category));
        yield return ($"categories {absent}", request with { Categories = [absent] }, []);
        if (whole.Entries.Select(entry => entry.Date).FirstOrDefault(date => date is not null) is not { } day)
            yield break;
        yield return ($"from and to {day}", request with { From = day, To = day },
            whole.Entries.Where(entry => entry.Date is not { } date || date == day));
        yield return ($"from {day}", request with { From = day },
            whole.Entries.Where(entry => entry.Date is not { } date || date.StartUtc >= day.StartUtc));
        yield return ($"to {day}", request with { To = day }, whole.Entries.Where(entry => entry.Date is not { } date || date.EndUtc <= day.EndUtc));
    }

    private static async Task<Verdict> ManyReadersAsync(Bench bench)
    {
        await using var session = await bench.OpenAsync();
        var patients = bench.Fixture.Patients;
        var reads = await Task.WhenAll(Enumerable.Range(0, Readers).Select(async reader =>
        {
            var patient = patients[reader % patients.Count];
            return (Patient: patient, End: await bench.ReadAsync(session, patient));
        }));
        foreach (var (patient, end) in reads)
        {
            var problem = end.Trouble ?? ItemPrint.Difference(ItemPrint.Of(bench.Reads[patient.Name].Items), ItemPrint.Of(end.Items));
            if (problem is not null)
                return Verdict.Fail($"patient '{patient.Name}', among {Readers} readers: {problem}");
        }
        return Verdict.Pass;
    }

    private static async Task<Verdict> LeaveEarlyAsync(Bench bench)
    {
        await using var session = await bench.OpenAsync();
        var patient = bench.Fixture.Patients.First(one => one.Entries.Count > 0);
        var end = await bench.CallAsync("leaving ReadAsync after one item", async token =>
        {
            await using var reader = session.Connector!.ReadAsync(Bench.Request(patient), token).GetAsyncEnumerator(token);
            return await reader.MoveNextAsync();
        });
        if (end.Problem("leaving ReadAsync after one item", bench.Deadline) is { } problem)
            return Verdict.Fail(problem);
        var again = await bench.ReadAsync(session, patient);
        return Verdict.Of(again.Trouble is { } trouble ? $"after it, {trouble}" : null);
    }
}
