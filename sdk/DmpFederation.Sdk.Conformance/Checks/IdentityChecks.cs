namespace DmpFederation.Sdk.Conformance.Checks;

/// <summary><see cref="IIdentityLookup"/>.</summary>
internal static class IdentityChecks
{
    private const string Finds = "CNF-601";

    public static IReadOnlyList<Check> All { get; } =
    [
        new(Finds, "Identity traits are those the source holds",
            "Yield one PatientTraits per person filed under the key; leave out what the legacy does not state.", bench =>
            Capability.ProveAsync<IIdentityLookup>(bench, "identities", bench.Fixture.Identities.Count > 0, (lookup, session) => FindAsync(bench,
                lookup, session)))
        { Needs = [ReadingChecks.ReadsRight] },
        new("CNF-602", "Nobody is found under an unknown key", "Yield nothing for a key the source does not know.", bench =>
            Capability.AlsoAsync<IIdentityLookup>(bench, bench.Fixture.Identities.Count > 0, async (lookup, session) =>
            {
                var end = await AskAsync(bench, lookup, bench.Fixture.UnknownPatient.Key.Key);
                return Verdict.Of(end.Problem("FindTraitsAsync", bench.Deadline) is { } problem
                    ? problem + bench.UnansweredBy(session)
                    : end.Value!.Count > 0 ? $"{end.Value.Count} persons were found" : null);
            }))
        { Needs = [Finds] },
    ];

    private static Task<CallEnd<List<PatientTraits>>> AskAsync(Bench bench, IIdentityLookup lookup, PatientKey key) =>
        bench.CallAsync("FindTraitsAsync", async token => await lookup.FindTraitsAsync(key, token).ToListAsync(token));

    private static async Task<Verdict> FindAsync(Bench bench, IIdentityLookup lookup, Session session)
    {
        foreach (var identity in bench.Fixture.Identities)
        {
            var key = bench.Fixture.Patient(identity.Patient).Key.Key;
            var end = await AskAsync(bench, lookup, key);
            if (end.Problem("FindTraitsAsync", bench.Deadline) is { } problem)
                return Verdict.Fail($"patient '{identity.Patient}': {problem}{bench.UnansweredBy(session)}");
            var found = end.Value!;
            if (found.Count != identity.Persons.Count)
            {
                var seen = $"{found.Count} persons were found, {identity.Persons.Count} expected";
                return Verdict.Fail($"patient '{identity.Patient}': {seen}{bench.UnansweredBy(session)}");
            }
            if (found.Exists(person => !person.Keys.Contains(key)))
                return Verdict.Fail($"patient '{identity.Patient}': the key asked for is not among the keys of each person");
            if (identity.Persons.Find(expected => !found.Exists(expected.Matches)) is not null)
                return Verdict.Fail($"patient '{identity.Patient}': a person with the traits expected was not found");
        }
        return Verdict.Pass;
    }
}
