using System.Collections.Concurrent;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Identity;
using DmpFederation.Sdk;
using MediatR;

namespace DmpFederation.TestKit.Api;

/// <summary>Stands at the MediatR border in place of the federation: answers what the test says and remembers what was asked.</summary>
internal sealed class FakeDossiers : IRequestHandler<GetDossiers, IReadOnlyList<DossierResult>>
{
    public Func<Ins, DossierResult> Answer { get; set; } = static ins => Dossier(ins);

    public ConcurrentQueue<GetDossiers> Asked { get; } = [];

    public Task<IReadOnlyList<DossierResult>> Handle(GetDossiers request, CancellationToken cancellationToken)
    {
        Asked.Enqueue(request);
        return Task.FromResult<IReadOnlyList<DossierResult>>(
            [.. request.Patients.Select(Answer).Select(result => result is DossierAnswer answer ? answer.WithPages(request.Scope.Pages) : result)]);
    }

    public static DossierAnswer Dossier(Ins ins, params MergedEntry[] facts) => new(ins, null, facts, [Source("north", SourceStatus.Answered)]);

    public static SourceAnswer Source(string id, SourceStatus status, string? reason = null) =>
        new(id, status, reason, 1, TimeSpan.FromMilliseconds(12), null, Store.Legacy) { IsComplete = status is SourceStatus.Answered };

    public static PatientTraits Traits { get; } = new()
    {
        BirthName = "PAT-TROIS",
        GivenNames = ["DOMINIQUE", "MARIE-LOUISE"],
        BirthDate = FhirDate.Parse("1979-03-28"),
        Sex = TraitSex.Female,
        BirthPlaceCode = "51215",
        Status = IdentityStatus.Qualified,
    };
}
