using DmpFederation.Hub.Access;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Federation.Merge;
using DmpFederation.Hub.Identity;
using MediatR;

namespace DmpFederation.Hub.Federation;

/// <summary>Plan, fan out, screen, merge, filter, answer (hub/docs/flows/get-dossier.md).</summary>
internal sealed class GetDossiersHandler(
    ISourceRegistry registry, ICertifiedIdentities identities, FanOut fanOut, RecordMerger merger, TimeProvider clock)
    : IRequestHandler<GetDossiers, IReadOnlyList<DossierResult>>
{
    public async Task<IReadOnlyList<DossierResult>> Handle(GetDossiers request, CancellationToken cancellationToken)
    {
        var results = new DossierResult[request.Patients.Count];
        var allowed = new List<int>(results.Length);
        for (var index = 0; index < results.Length; index++)
        {
            if (request.Decisions[index] is AccessDecision.Refused refused)
                results[index] = new DossierRefused(refused.Code, refused.RuleId);
            else
                allowed.Add(index);
        }
        if (allowed.Count == 0)
            return results;

        var started = clock.GetTimestamp();
        var patients = allowed.ConvertAll(index => request.Patients[index]);
        var lookups = patients.ConvertAll(ins => new PatientLookup(ins, identities.FindAsync(ins, cancellationToken)));
        var plans = SourcePlan.ForAll(registry.Current.Sources, patients, request.Scope);
        var reads = await fanOut.RunAsync(plans, lookups, request.Scope, started, cancellationToken);
        // The answer names the patient: the search for the identity has its own, shorter limit and has usually ended long ago.
        await PatientLookup.WaitAsync(lookups, fanOut.Remaining(started), clock, cancellationToken);
        for (var index = 0; index < allowed.Count; index++)
            results[allowed[index]] = Answer(lookups[index], index, reads, request.Scope);
        return results;
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
