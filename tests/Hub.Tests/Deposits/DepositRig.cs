using System.Diagnostics.Metrics;
using DmpFederation.Hub.Access;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Connectors.Calls;
using DmpFederation.Hub.Connectors.Plugins;
using DmpFederation.Hub.Deposits;
using DmpFederation.Hub.Deposits.Delivery;
using DmpFederation.Hub.Deposits.Record;
using DmpFederation.Hub.Identity;
using DmpFederation.Hub.Tests.National;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Tests.Deposits;

/// <summary>
/// One node that takes deposits, over a real national store: the real deciding, auditing, handlers and delivering; at the borders a registry of two
/// legacy systems, identities and the writing to systems.
/// </summary>
internal sealed class DepositRig : IDisposable
{
    public const string Record = "dmp";
    public const string Legacy = "picardie";
    public const string Laboratory = "labos";

    private readonly TestClock clock;
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly DepositsMetrics metrics;
    private readonly NationalRecord connector;

    public DepositRig(NationalNode node, TestClock clock)
    {
        this.clock = clock;
        Node = node;
        metrics = new DepositsMetrics(services.GetRequiredService<IMeterFactory>());
        connector = new NationalRecord(node.Deposits);
        Sources =
        [
            Opened(ASource.Named(Record) with { PluginId = BuiltInPlugin.National }),
            Opened(Accepting(Legacy)),
            Opened(Accepting(Laboratory) with { Categories = [EntryCategory.LabResult], Region = "rhone-alpes" }),
            Opened(ASource.Named("closed")),
        ];
        Signal = new DeliverySignal(clock);
    }

    public NationalNode Node { get; }

    public IReadOnlyList<Source> Sources { get; set; }

    public FakeCertifiedIdentities Identities { get; } = new(APatient.Known(), APatient.Number(2), APatient.Number(3));

    public RecordingAuditTrail Trail { get; } = new();

    public ScriptedWriter Writer { get; init; } = new();

    /// <summary>Whom the systems that say so file under a key.</summary>
    public ScriptedIdentities Filed { get; } = new();

    public DepositOptions Options { get; } = new();

    public DeliverySignal Signal { get; }

    private FixedRegistry Registry => new(Sources);

    private DossierDecider Decider => ADecider.Over(Node.Policies, Identities, clock);

    private IOptions<DepositOptions> Wrapped => Microsoft.Extensions.Options.Options.Create(Options);

    public static Source Accepting(string id) => ASource.Named(id) with { AcceptsDeposits = true, Capabilities = [nameof(IEntryWriter)] };

    /// <summary>An open connector: what a source can do stands in its capabilities, and writing has a border of its own.</summary>
    public Source Opened(Source source) => source with
    {
        Connection = new SourceConnection(
            connector, null, new HttpClient(), new CallSlots(8),
            new CapabilityCircuits(source.Id, new CircuitOptions(), TimeProvider.System, NullLogger.Instance)),
    };

    public Task<DepositResult> SendAsync(DepositDraft draft, Actor? actor = null, Ins? patient = null)
    {
        var request = ADeposit.Of(draft, actor, patient);
        var handler = new DepositHandler(
            Registry, new DepositCheck(Node.Resources, Identities, Wrapped), new DeliveryPlan(Registry, Identities),
            new DepositKeeping(Node.Deposits, Signal, metrics), clock);
        return RunAsync(request, () => handler.Handle(request, default));
    }

    public async Task<DepositResult.Kept> KeepAsync(DepositDraft draft, Actor? actor = null, Ins? patient = null) =>
        await SendAsync(draft, actor, patient) switch
        {
            DepositResult.Kept kept => kept,
            DepositResult.Refused refused => throw new InvalidOperationException($"Refused: {refused.Fault}"),
            _ => throw new InvalidOperationException(),
        };

    public async Task<DepositFault> RefuseAsync(DepositDraft draft, Actor? actor = null, Ins? patient = null) =>
        (await SendAsync(draft, actor, patient)) is DepositResult.Refused refused ? refused.Fault : throw new InvalidOperationException("It was kept.");

    public Task<DeliveryAnswer<DeliveryPage>> ListAsync(Actor actor, string? sourceId = null, DeliveryState? state = null)
    {
        var request = new ListDeliveries(actor, sourceId, state, 50, null);
        return RunAsync(request, () => new ListDeliveriesHandler(Node.Deliveries, Registry).Handle(request, default));
    }

    public Task<DeliveryAnswer<DeliveryLine>> RetryAsync(Actor actor, long id)
    {
        var request = new RetryDelivery(actor, id);
        return RunAsync(request, () => new RetryDeliveryHandler(Node.Deliveries, Registry, Signal).Handle(request, default));
    }

    /// <summary>One round of delivering.</summary>
    public Task<bool> DeliverAsync(CancellationToken cancellationToken = default) => Round().RunAsync(cancellationToken);

    public DeliveryRound Round() => new(
        Node.Deliveries, new Deliverer(Registry, Writer, Decider, new RecipientFinder(Identities, Filed), Wrapped, clock), metrics, Wrapped, clock, NullLogger<DeliveryRound>.Instance);

    /// <summary>Every line, by source.</summary>
    public async Task<IReadOnlyDictionary<string, DeliveryLine>> LinesAsync() =>
        (await Node.Deliveries.ListAsync(null, null, 100, null, default)).ToDictionary(static line => line.SourceId);

    /// <summary>Facts the record gives under a key.</summary>
    public async Task<List<DossierEntry>> ReadAsync(PatientKey? key = null)
    {
        var entries = new List<DossierEntry>();
        await foreach (var item in connector.ReadAsync(new ReadRequest([new PatientQuery(key ?? APatient.Known().Ins.Key)]), default))
        {
            if (item is DossierEntry entry)
                entries.Add(entry);
        }
        return entries;
    }

    public void Dispose() => services.Dispose();

    /// <summary>Through the behaviours of the hub, in their order.</summary>
    private Task<TResponse> RunAsync<TRequest, TResponse>(TRequest request, Func<Task<TResponse>> handle)
        where TRequest : IRequest<TResponse> =>
        new AuthoriseBehaviour<TRequest, TResponse>(Decider).Handle(
            request, default, () => new AuditBehaviour<TRequest, TResponse>(Trail).Handle(request, default, () => handle()));
}
