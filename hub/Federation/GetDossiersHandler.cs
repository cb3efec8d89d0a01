using DmpFederation.Hub.Access;
using DmpFederation.Hub.Access.Rules;
using DmpFederation.Hub.Identity.Links;
using MediatR;

namespace DmpFederation.Hub.Federation;

/// <summary>Answers the patients that were allowed; nothing hears of the others.</summary>
internal sealed class GetDossiersHandler(DossierReader reader, IIdentityWork work, TimeProvider clock) : IRequestHandler<GetDossiers, IReadOnlyList<DossierResult>>
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

        var grants = allowed.ConvertAll(index => new DossierGrant(request.Patients[index], AccessOf(request.Decisions[index])));
        var answers = await reader.ReadAsync(grants, request.Scope, cancellationToken);
        RecordDisagreements(answers);
        for (var index = 0; index < answers.Length; index++)
            results[allowed[index]] = (answers[index] with { Ticket = grants[index].Access.Ticket }).WithPages(request.Scope.Pages);
        return results;
    }

    /// <summary>What is kept out as another person's waits for an identity steward. Nothing is held up by it.</summary>
    private void RecordDisagreements(DossierAnswer[] answers)
    {
        foreach (var answer in answers)
        {
            if (!answer.Disagreements.Any(static one => one.KeptOut))
                continue;
            var now = clock.GetUtcNow();
            work.Seen([.. answer.Disagreements.Where(static one => one.KeptOut).Select(one => new IdentityWorkItem
            {
                Id = 0,
                SourceId = one.SourceId,
                Patient = answer.Ins.Key,
                DocumentLocalId = one.DocumentLocalId,
                RuleId = one.RuleId,
                Differences = one.Differences,
                FirstSeen = now,
                LastSeen = now,
            })]);
        }
    }

    /// <summary>A right that does not say what it opens, opens nothing.</summary>
    private static DossierAccess AccessOf(AccessDecision decision) => decision is AccessDecision.Allowed { Access: { } access }
        ? access
        : throw new InvalidOperationException("A dossier was allowed without saying what the right opens.");
}
