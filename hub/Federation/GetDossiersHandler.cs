using DmpFederation.Hub.Access;
using DmpFederation.Hub.Access.Rules;
using MediatR;

namespace DmpFederation.Hub.Federation;

/// <summary>Answers the patients that were allowed; nothing hears of the others.</summary>
internal sealed class GetDossiersHandler(DossierReader reader) : IRequestHandler<GetDossiers, IReadOnlyList<DossierResult>>
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
        for (var index = 0; index < answers.Length; index++)
            results[allowed[index]] = answers[index] with { Ticket = grants[index].Access.Ticket };
        return results;
    }

    /// <summary>A right that does not say what it opens, opens nothing.</summary>
    private static DossierAccess AccessOf(AccessDecision decision) => decision is AccessDecision.Allowed { Access: { } access }
        ? access
        : throw new InvalidOperationException("A dossier was allowed without saying what the right opens.");
}
