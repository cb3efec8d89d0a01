using DmpFederation.Hub.Access;
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

        var answers = await reader.ReadAsync(allowed.ConvertAll(index => request.Patients[index]), request.Scope, cancellationToken);
        for (var index = 0; index < answers.Length; index++)
        {
            var ticket = ((AccessDecision.Allowed)request.Decisions[allowed[index]]).Access?.Ticket;
            results[allowed[index]] = (answers[index] with { Ticket = ticket }).WithPages(request.Scope.Pages);
        }
        return results;
    }
}
