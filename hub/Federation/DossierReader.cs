using DmpFederation.Hub.Access;
using DmpFederation.Hub.Access.Rules;
using DmpFederation.Hub.Federation.Masking;
using DmpFederation.Hub.Federation.Merge;
using DmpFederation.Hub.Identity;

namespace DmpFederation.Hub.Federation;

/// <summary>
/// Plan, fan out, hide, screen, merge, filter, answer (hub/docs/flows/get-dossier.md), for patients about whom somebody has decided that they may be
/// read. The right that was decided says which sources are asked and which entries are seen.
/// </summary>
internal sealed class DossierReader(
    SourcePlanner planner, ICertifiedIdentities identities, FanOut fanOut, RecordMerger merger, MaskMemory memory, TimeProvider clock)
{
    /// <summary>Reads the dossiers, with at most one call per source for all of them.</summary>
    /// <param name="grants">Whom about, each once, with the right to each. The answers come in this order.</param>
    /// <param name="scope">What is wanted.</param>
    /// <param name="cancellationToken">Cancelled when the caller left.</param>
    public async Task<DossierAnswer[]> ReadAsync(IReadOnlyList<DossierGrant> grants, DossierScope scope, CancellationToken cancellationToken)
    {
        var accesses = grants.Select(static grant => grant.Access).ToArray();
        var read = await CollectAsync([.. grants.Select(static grant => grant.Patient)], accesses, scope, cancellationToken);
        var answers = new DossierAnswer[accesses.Length];
        for (var index = 0; index < answers.Length; index++)
        {
            var (patient, slices) = (read.Patients[index], read.Slices(index));
            var run = VisibilityRun.Of(accesses[index], patient.Known, slices, merger);
            if (run.Lessons.Count > 0 && accesses[index].Policy.Person is { } person)
                memory.Take(person, [patient.Ins.Key, .. patient.Known.OtherIns(patient.Ins)], run.Lessons);
            answers[index] = Answer(read, index, run, scope);
        }
        return answers;
    }

    /// <summary>
    /// Reads dossiers that nobody will see, for figures without any identity or fact. No right hides anything: only handlers that let out figures
    /// alone may call it.
    /// </summary>
    public async Task<DossierAnswer[]> ReadForFiguresAsync(IReadOnlyList<Ins> patients, DossierScope scope, CancellationToken cancellationToken)
    {
        var read = await CollectAsync(patients, null, scope, cancellationToken);
        var answers = new DossierAnswer[patients.Count];
        for (var index = 0; index < answers.Length; index++)
            answers[index] = Answer(read, index, VisibilityRun.Of(null, read.Patients[index].Known, read.Slices(index), merger), scope);
        return answers;
    }

    /// <summary>
    /// Whether an entry stands in what a reader gets of a dossier, and why: out of the same run an answer comes from. Null when no source gives the
    /// entry, or when the asker may not know that it exists.
    /// </summary>
    /// <param name="patient">Whose dossier.</param>
    /// <param name="reader">The right that is explained.</param>
    /// <param name="asker">The right of who asks for the explanation; null for who may know of every entry (data protection officer).</param>
    /// <param name="entryId">Id of the entry, or of the fact it leads.</param>
    /// <param name="cancellationToken">Cancelled when the caller left.</param>
    public async Task<EntryVerdict?> ExplainAsync(
        Ins patient, DossierAccess reader, DossierAccess? asker, string entryId, CancellationToken cancellationToken)
    {
        var read = await CollectAsync([patient], asker is null ? null : [asker], DossierScope.All, cancellationToken);
        var slices = read.Slices(0);
        var identity = read.Patients[0].Known;
        // What is kept out as somebody else's is told as that; what is hidden from the asker does not exist.
        if (VisibilityRun.Of(asker, identity, slices, merger).VerdictOf(entryId) is not ({ Visible: true } or { RuleId: AccessRules.OtherPerson }))
            return null;
        for (var index = 0; index < slices.Length; index++)
        {
            var source = read.Plans[index].Source;
            if (reader.ForSource(source.Id, source.RefusesBreakGlass).Allowed)
                continue;
            if (slices[index].Entries.Any(entry => EntryId.Of(source.Id, entry.LocalId) == entryId))
                return new EntryVerdict(false, AccessRules.SourceNotAllowed);
            slices[index] = PatientSlice.Nothing(source.Id, isShown: true);
        }
        return VisibilityRun.Of(reader, identity, slices, merger).VerdictOf(entryId);
    }

    private async Task<Collected> CollectAsync(
        IReadOnlyList<Ins> patients, IReadOnlyList<DossierAccess>? accesses, DossierScope scope, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var lookups = new PatientLookup[patients.Count];
        for (var index = 0; index < lookups.Length; index++)
            lookups[index] = new PatientLookup(patients[index], identities.FindAsync(patients[index], cancellationToken));
        var plans = planner.Plan(patients, scope, accesses);
        var reads = await fanOut.RunAsync(plans, lookups, scope, started, cancellationToken);
        // The answer names the patient, and traits are compared with the certified ones: the search for the identity has its own, shorter limit and
        // has usually ended long ago.
        await PatientLookup.WaitAsync(lookups, fanOut.Remaining(started), clock, cancellationToken);
        return new Collected(lookups, plans, reads);
    }

    private static DossierAnswer Answer(Collected read, int patient, VisibilityRun run, DossierScope scope)
    {
        var facts = ScopeFilter.Apply(run.Facts, scope);
        var answers = new SourceAnswer[read.Reads.Length];
        List<string>? beside = null;
        for (var source = 0; source < answers.Length; source++)
        {
            var sourceId = read.Reads[source].SourceId;
            answers[source] = read.Reads[source].Answer(patient, run[source], CountOf(facts, sourceId));
            if (answers[source].Status == SourceStatus.NotAsked && read.Reads[source].WasAskedAbout(patient))
                (beside ??= []).Add(sourceId);
        }
        return new DossierAnswer(read.Patients[patient].Ins, read.Patients[patient].Known.Traits, facts, answers)
        {
            Disagreements = run.Disagreements,
            AskedBeside = beside ?? (IReadOnlyList<string>)[],
        };
    }

    private static int CountOf(IReadOnlyList<MergedEntry> facts, string sourceId)
    {
        var count = 0;
        for (var index = 0; index < facts.Count; index++)
        {
            var origins = facts[index].Origins;
            for (var origin = 0; origin < origins.Count; origin++)
            {
                if (origins[origin].SourceId == sourceId)
                {
                    count++;
                    break;
                }
            }
        }
        return count;
    }

    private sealed record Collected(PatientLookup[] Patients, SourcePlan[] Plans, SourceRead[] Reads)
    {
        public PatientSlice[] Slices(int patient) => Array.ConvertAll(Reads, read => read.Slice(patient));
    }
}
