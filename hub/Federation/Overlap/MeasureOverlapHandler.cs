using DmpFederation.Hub.Access;
using DmpFederation.Hub.Identity;
using MediatR;

namespace DmpFederation.Hub.Federation.Overlap;

/// <summary>Reads the patients in lists, one call per source and list, and adds up.</summary>
internal sealed class MeasureOverlapHandler(DossierReader reader) : IRequestHandler<MeasureOverlap, OverlapResult>
{
    private const int AtOnce = 50;

    public async Task<OverlapResult> Handle(MeasureOverlap request, CancellationToken cancellationToken)
    {
        if (request.Actor.Role != ActorRole.NationalOperator)
            return new OverlapResult.Refused(AccessRules.FiguresOfSourcesForNationalOperators);
        var count = new OverlapCount();
        var seen = new HashSet<Ins>();
        await foreach (var patients in request.Patients.Where(seen.Add).Chunk(AtOnce).WithCancellation(cancellationToken))
        {
            foreach (var dossier in await reader.ReadForFiguresAsync(patients, DossierScope.All, cancellationToken))
                count.Add(dossier);
        }
        return new OverlapResult.Measured(count.Report());
    }
}
