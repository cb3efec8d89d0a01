using DmpFederation.Hub.Access;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Federation.Masking;
using DmpFederation.Hub.Federation.Merge;
using DmpFederation.Hub.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DmpFederation.TestKit;

/// <summary>The real federation over fake sources.</summary>
internal sealed class FederationBuilder
{
    private readonly List<Source> sources = [];

    public FakeSourceReader Reader { get; } = new();

    public TestClock Clock { get; } = new();

    public FakeCertifiedIdentities Identities { get; set; } = new(APatient.Known(), APatient.Number(2), APatient.Number(3));

    public INationalService National { get; set; } = new LegacyAlone();

    /// <summary>Which store serves a source, over the legacy systems of the test.</summary>
    public Func<ISourceReader, IStoreReader> Stores { get; set; } = static legacy => new LegacyStore(legacy);

    public IPolicyStore Policies { get; set; } = new OpenPolicies();

    public RecordingIdentityWork Work { get; } = new();

    public FederationOptions Options { get; } = new();

    public AccessOptions Access { get; } = new();

    /// <summary>What answers teach about masks; written down once a test starts it.</summary>
    public MaskMemory Memory => field ??= new MaskMemory(Policies, NullLogger<MaskMemory>.Instance, Clock);

    public ILogger<FanOut> Logger { get; set; } = NullLogger<FanOut>.Instance;

    public FederationBuilder With(string sourceId, Func<ReadCall, Task<SourceOutcome>> behaviour) => With(ASource.Named(sourceId), behaviour);

    public FederationBuilder With(Source source, Func<ReadCall, Task<SourceOutcome>> behaviour)
    {
        sources.Add(source);
        Reader.Behave(source.Id, behaviour);
        return this;
    }

    /// <summary>The real reader; each has its own, over the sources known by now.</summary>
    public DossierReader Dossiers()
    {
        var fanOut = new FanOut(Stores(Reader), Microsoft.Extensions.Options.Options.Create(Options), Clock, Logger);
        return new DossierReader(new SourcePlanner(new FixedRegistry(sources), National), Identities, fanOut, new RecordMerger(ClinicalKeys.Default), Memory, Clock);
    }

    /// <summary>Sends a request through the deciding behaviour to the handler. Every call has been started when this returns.</summary>
    public Task<IReadOnlyList<DossierResult>> SendAsync(GetDossiers request, CancellationToken cancellationToken = default)
    {
        var handler = new GetDossiersHandler(Dossiers(), Work, Clock);
        var behaviour = new AuthoriseBehaviour<GetDossiers, IReadOnlyList<DossierResult>>(ADecider.Over(Policies, Identities, Clock, Access));
        return behaviour.Handle(request, cancellationToken, () => handler.Handle(request, cancellationToken));
    }

    /// <summary>A doctor asks about the known patient.</summary>
    public async Task<DossierAnswer> AskAsync(DossierScope? scope = null, CancellationToken cancellationToken = default) =>
        (DossierAnswer)(await SendAsync(ADossierRequest(scope), cancellationToken))[0];

    public static GetDossiers ADossierRequest(DossierScope? scope = null, params IReadOnlyList<Ins> patients) =>
        new(AnActor.Doctor(), patients.Count == 0 ? [APatient.Known().Ins] : patients, null, scope ?? DossierScope.All);
}
