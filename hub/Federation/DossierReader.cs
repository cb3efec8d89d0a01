using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Federation.Merge;
using DmpFederation.Hub.Identity;

namespace DmpFederation.Hub.Federation;

/// <summary>
/// Plan, fan out, screen, merge, filter, answer (hub/docs/flows/get-dossier.md), for patients about whom somebody has decided that they may be
/// read. It decides nothing itself: only handlers that did may call it.
/// </summary>
internal sealed class DossierReader(
    ISourceRegistry registry, ICertifiedIdentities identities, FanOut fanOut, RecordMerger merger, TimeProvider clock)
{
    /// <summary>Reads the dossiers, with at most one call per source for all of them.</summary>
    /// <param name="patients">Whom about, each once. The answers come in this order.</param>
    /// <param name="scope">What is wanted.</param>
    /// <param name="cancellationToken">Cancelled when the caller left.</param>
    public async Task<DossierAnswer[]> ReadAsync(IReadOnlyList<Ins> patients, DossierScope scope, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var lookups = new PatientLookup[patients.Count];
        for (var index = 0; index < lookups.Length; index++)
            lookups[index] = new PatientLookup(patients[index], identities.FindAsync(patients[index], cancellationToken));
        var plans = SourcePlan.ForAll(registry.Current.Sources, patients, scope);
        var reads = await fanOut.RunAsync(plans, lookups, scope, started, cancellationToken);
        // The answer names the patient, and traits are compared with the certified ones: the search for the identity has its own, shorter limit and
        // has usually ended long ago.
        await PatientLookup.WaitAsync(lookups, fanOut.Remaining(started), clock, cancellationToken);
        var answers = new DossierAnswer[lookups.Length];
        for (var index = 0; index < answers.Length; index++)
            answers[index] = Answer(lookups[index], index, reads, scope);
        return answers;
    }

    private DossierAnswer Answer(PatientLookup patient, int index, SourceRead[] reads, DossierScope scope)
    {
        var identity = patient.Known;
        var screen = TraitsScreen.Of(identity, Array.ConvertAll(reads, read => read.Statements(index)));
        var held = new List<SourceEntries>(reads.Length);
        for (var source = 0; source < reads.Length; source++)
        {
            if (reads[source].Entries(index, screen[source]) is { Entries.Count: > 0 } entries)
                held.Add(entries);
        }
        var facts = ScopeFilter.Apply(merger.Merge(held), scope);
        var answers = new SourceAnswer[reads.Length];
        for (var source = 0; source < reads.Length; source++)
            answers[source] = reads[source].Answer(index, screen[source], CountOf(facts, reads[source].SourceId));
        return new DossierAnswer(patient.Ins, identity.Traits, facts, answers) { Disagreements = screen.Disagreements };
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
}
