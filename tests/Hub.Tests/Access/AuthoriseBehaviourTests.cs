using DmpFederation.Hub.Access;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Identity;
using DmpFederation.TestKit;
using FluentAssertions;
using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DmpFederation.Hub.Tests.Access;

public sealed class AuthoriseBehaviourTests
{
    private readonly FakeCertifiedIdentities identities = new(APatient.Known(), APatient.Number(2));

    [Fact]
    public async Task Each_patient_of_a_list_is_decided_on()
    {
        var request = new GetDossiers(AnActor.Patient(APatient.Known().Ins), [APatient.Number(2).Ins, APatient.Known().Ins], null, DossierScope.All);
        await RunAsync(request);

        request.Decisions[0].Should().Be(new AccessDecision.Refused("ACC-111"));
        request.Decisions[1].Should().BeOfType<AccessDecision.Allowed>().Which.RuleId.Should().Be("ACC-110");
    }

    [Fact]
    public async Task A_patient_under_an_older_identifier_is_recognised_by_the_own_identity_alone()
    {
        var request = new GetDossiers(AnActor.Patient(APatient.Known().Ins), [APatient.Known().InsC], null, DossierScope.All);
        await RunAsync(request);

        request.Decisions[0].Should().BeOfType<AccessDecision.Allowed>();
        identities.Asked.Should().Equal(APatient.Known().Ins);
    }

    [Fact]
    public async Task The_purpose_left_out_is_the_one_of_the_role()
    {
        var doctor = FederationBuilder.ADossierRequest();
        await RunAsync(doctor);

        doctor.Decisions[0].Should().BeOfType<AccessDecision.Allowed>();
        identities.Asked.Should().BeEmpty();
    }

    [Fact]
    public async Task A_handler_reached_without_a_decision_answers_nothing()
    {
        var request = FederationBuilder.ADossierRequest();
        FluentActions.Invoking(() => request.Decisions[0]).Should().Throw<InvalidOperationException>();

        await RunAsync(request);
        await FluentActions.Awaiting(() => RunAsync(request)).Should().ThrowAsync<InvalidOperationException>("a request is decided on once");
    }

    [Fact]
    public async Task The_container_runs_it_before_every_handler_and_lets_other_requests_pass()
    {
        var services = new ServiceCollection();
        services.AddSingleton<ICertifiedIdentities>(identities);
        services.AddTransient<ServiceFactory>(provider => provider.GetService!);
        services.AddTransient<IMediator, Mediator>();
        services.AddTransient<IRequestHandler<GetDossiers, IReadOnlyList<DossierResult>>, RefusingEcho>();
        services.AddTransient<IRequestHandler<NoPatient, string>, NoPatientHandler>();
        services.AddSingleton<IPolicyStore, OpenPolicies>();
        services.AddAccess(new ConfigurationBuilder().Build());
        await using var provider = services.BuildServiceProvider(true);
        var mediator = provider.GetRequiredService<IMediator>();

        (await mediator.Send(new GetDossiers(AnActor.Of(ActorRole.Analyst), [APatient.Known().Ins], null, DossierScope.All)))
            .Should().Equal(new DossierRefused("ACCESS_REFUSED", "ACC-101"));
        (await mediator.Send(new NoPatient())).Should().Be("answered");
    }

    private Task RunAsync(GetDossiers request) => new AuthoriseBehaviour<GetDossiers, IReadOnlyList<DossierResult>>(ADecider.Over(new OpenPolicies(), identities))
        .Handle(request, default, () => Task.FromResult<IReadOnlyList<DossierResult>>([]));

    private sealed record NoPatient : IRequest<string>;

    private sealed class NoPatientHandler : IRequestHandler<NoPatient, string>
    {
        public Task<string> Handle(NoPatient request, CancellationToken cancellationToken) => Task.FromResult("answered");
    }

    /// <summary>Turns decisions into results, as the real handler does first.</summary>
    private sealed class RefusingEcho : IRequestHandler<GetDossiers, IReadOnlyList<DossierResult>>
    {
        public Task<IReadOnlyList<DossierResult>> Handle(GetDossiers request, CancellationToken cancellationToken)
        {
            var refused = (AccessDecision.Refused)request.Decisions[0];
            return Task.FromResult<IReadOnlyList<DossierResult>>([new DossierRefused(refused.Code, refused.RuleId)]);
        }
    }
}
