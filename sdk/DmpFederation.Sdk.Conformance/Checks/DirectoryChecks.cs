namespace DmpFederation.Sdk.Conformance.Checks;

/// <summary><see cref="IPatientDirectory"/>.</summary>
internal static class DirectoryChecks
{
    private const string Lists = "CNF-621";

    public static IReadOnlyList<Check> All { get; } =
    [
        new(Lists, "The directory lists every patient once", "List the keys of every patient, each once, under a system of patientKeys.", bench =>
            Capability.ProveAsync<IPatientDirectory>(bench, "directory", bench.Fixture.Directory is not null, (directory,
                session) => ListAsync(bench, directory, session)))
        { Needs = [ReadingChecks.ReadsRight] },
        new("CNF-622", "Partitions are disjoint and complete", "Keep a key when PatientPartition.Contains(key) says so, and nothing else.", bench =>
            Capability.AlsoAsync<IPatientDirectory>(bench, bench.Fixture.Directory is not null, (directory, _) => CutAsync(bench, directory)))
        { Needs = [Lists] },
        new("CNF-623", "Listing goes on after any key", "Keep a stable order and start behind the key given.", bench =>
            Capability.AlsoAsync<IPatientDirectory>(bench, bench.Fixture.Directory is not null, (directory, session) => ResumeAsync(bench,
                directory, session)))
        { Needs = [Lists] },
    ];

    private static Task<CallEnd<List<PatientKey>>> AskAsync(Bench bench, IPatientDirectory directory, PatientPartition partition,
        PatientKey? after = null) =>
        bench.CallAsync("ListPatientsAsync", async token =>
            await directory.ListPatientsAsync(partition, after, token).Take(BoundedReader.MostItems).ToListAsync(token));

    private static async Task<Verdict> ListAsync(Bench bench, IPatientDirectory directory, Session session)
    {
        var end = await AskAsync(bench, directory, PatientPartition.All);
        if (end.Problem("ListPatientsAsync", bench.Deadline) is { } problem)
            return Verdict.Fail(problem + bench.UnansweredBy(session));
        var keys = end.Value!;
        if (keys.Distinct().Count() != keys.Count)
            return Verdict.Fail("a key came twice");
        if (keys.Exists(key => !bench.Fixture.PatientKeySystems.Contains(key.System)))
            return Verdict.Fail("a key has a system that is not among patientKeySystems");
        var expected = bench.Fixture.Directory!.Keys;
        var seen = keys.ConvertAll(key => key.Value);
        var (missing, extra) = (expected.Except(seen).Count(), seen.Except(expected).Count());
        return missing + extra == 0 ? Verdict.Pass
            : Verdict.Fail($"{missing} keys are missing, {extra} were not expected{bench.UnansweredBy(session)}");
    }

    private static async Task<Verdict> CutAsync(Bench bench, IPatientDirectory directory)
    {
        foreach (var count in bench.Fixture.Directory!.Partitions)
        {
            var all = new List<string>();
            for (var index = 0; index < count; index++)
            {
                var partition = new PatientPartition(index, count);
                var end = await AskAsync(bench, directory, partition);
                if (end.Problem("ListPatientsAsync", bench.Deadline) is { } problem)
                    return Verdict.Fail($"part {index} of {count}: {problem}");
                if (end.Value!.Exists(key => !partition.Contains(key)))
                    return Verdict.Fail($"part {index} of {count} lists a key of another part");
                all.AddRange(end.Value!.Select(key => key.Value));
            }
            if (!all.Order(StringComparer.Ordinal).SequenceEqual(bench.Fixture.Directory.Keys.Order(StringComparer.Ordinal)))
                return Verdict.Fail($"the {count} parts together are not the directory");
        }
        return Verdict.Pass;
    }

    private static async Task<Verdict> ResumeAsync(Bench bench, IPatientDirectory directory, Session session)
    {
        var whole = await AskAsync(bench, directory, PatientPartition.All);
        if (whole.Problem("ListPatientsAsync", bench.Deadline) is { } trouble)
            return Verdict.Fail(trouble);
        var keys = whole.Value!;
        for (var at = 0; at < keys.Count; at++)
        {
            var rest = await AskAsync(bench, directory, PatientPartition.All, keys[at]);
            if (rest.Problem("ListPatientsAsync", bench.Deadline) is { } problem)
                return Verdict.Fail($"after key {at + 1} of {keys.Count}: {problem}{bench.UnansweredBy(session)}");
            if (!rest.Value!.SequenceEqual(keys[(at + 1)..]))
            {
                var missed = $"after key {at + 1} of {keys.Count} came {rest.Value!.Count} keys, not those that follow";
                return Verdict.Fail(missed + bench.UnansweredBy(session));
            }
        }
        return Verdict.Pass;
    }
}
