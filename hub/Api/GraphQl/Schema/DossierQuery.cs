using System.ComponentModel;
using DmpFederation.Hub.Access;
using DmpFederation.Hub.Api.GraphQl.Execution;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Federation.Overlap;
using GraphQL;
using MediatR;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>GraphQL type <c>Query</c>: parses arguments, sends one request, maps the outcome. No rule lives here.</summary>
[Name("Query")]
[Description("What can be asked.")]
internal sealed partial class DossierQuery
{
    /// <summary>Most patients of one <c>dossiers</c>.</summary>
    public const int MaxPatients = 50;

    [Scoped]
    [Cost(self: 2_000)]
    [Description("One patient's merged record.")]
    public static async Task<DossierView?> DossierAsync(
        [Description("The patient.")] InsArgument ins,
        [Description("Why; left out: TREATMENT for professionals, PATIENT_REQUEST for patients.")] Purpose? purpose,
        [Description("Break-glass ticket, when one was given.")][Id] string? ticket,
        IResolveFieldContext context,
        [FromServices] IMediator mediator)
    {
        if (ins.Ins is not { } patient)
            throw new CodedError(ProblemMap.From(ins.Problem!));
        var request = new GetDossiers(context.Actor(), [patient], purpose, ScopeReader.Read(context)) { Ticket = ticket };
        var results = await mediator.Send(request, context.CancellationToken);
        switch (results[0])
        {
            case DossierAnswer answer:
                GapErrors.Report(context, answer.Sources);
                if (answer.Ticket is { } open)
                    context.ShowBreakGlass(open);
                return new DossierView(answer);
            case DossierRefused refused:
                throw new CodedError(ProblemMap.From(refused));
            default:
                throw new InvalidOperationException("The family of dossier results is closed.");
        }
    }

    [Scoped]
    [Cost(self: 2_000, items: MaxPatients, SizedBy = "ins")]
    [Description(
        "Several patients' records for a list on screen, at most one call per source. A refused patient is null, with an error at its place.")]
    public static async Task<IReadOnlyList<DossierView?>> DossiersAsync(
        [Description("The patients, at most 50.")] IReadOnlyList<InsArgument> ins,
        [Description("Why; left out: TREATMENT for professionals, PATIENT_REQUEST for patients.")] Purpose? purpose,
        IResolveFieldContext context,
        [FromServices] IMediator mediator)
    {
        if (ins.Count > MaxPatients)
            throw new CodedError(ProblemMap.BadRequest($"At most {MaxPatients} patients can be asked for at once.", "PATIENT_COUNT"));
        var patients = ins.Where(static argument => argument.Ins is not null).Select(static argument => argument.Ins!.Value).Distinct().ToList();
        IReadOnlyList<DossierResult> results = patients.Count == 0
            ? []
            : await mediator.Send(new GetDossiers(context.Actor(), patients, purpose, ScopeReader.Read(context)), context.CancellationToken);
        var places = patients.Index().ToDictionary(static pair => pair.Item, static pair => pair.Index);

        var views = new DossierView?[ins.Count];
        for (var i = 0; i < views.Length; i++)
            views[i] = ViewAt(context, i, ins[i], ins[i].Ins is { } patient ? results[places[patient]] : null);
        GapErrors.Report(context, results.OfType<DossierAnswer>().SelectMany(static answer => answer.Sources));
        return views;
    }

    [Cost(self: 20_000)]
    [Description("What the sources share over some patients, in figures without any identity. National operators only.")]
    public static async Task<OverlapView> SourceOverlapAsync(
        [Description("The patients, at most 50; `hub sources overlap` takes any number.")] IReadOnlyList<InsArgument> ins,
        IResolveFieldContext context,
        [FromServices] IMediator mediator)
    {
        if (ins.Count > MaxPatients)
            throw new CodedError(ProblemMap.BadRequest($"At most {MaxPatients} patients can be asked for at once.", "PATIENT_COUNT"));
        if (ins.FirstOrDefault(static argument => argument.Ins is null)?.Problem is { } problem)
            throw new CodedError(ProblemMap.From(problem));
        var patients = ins.Select(static argument => argument.Ins!.Value).ToAsyncEnumerable();
        return await mediator.Send(new MeasureOverlap(context.Actor(), patients), context.CancellationToken) switch
        {
            OverlapResult.Measured measured => new OverlapView(measured.Report),
            OverlapResult.Refused refused => throw new CodedError(ProblemMap.AccessRefused(refused.RuleId)),
            _ => throw new InvalidOperationException("The family of overlap results is closed."),
        };
    }

    [Cost(items: 10)]
    [Description("Every configured source, ordered by id.")]
    public static IReadOnlyList<SourceView> Sources([FromServices] ISourceRegistry registry) =>
        [.. registry.Current.Sources.Select(static source => new SourceView(source))];

    [Description("One configured source; null when no source has this id.")]
    public static SourceView? Source([Description("Id of the source.")][Id] string id, [FromServices] ISourceRegistry registry) =>
        registry.Current.Find(id) is { } source ? new SourceView(source) : null;

    [Description("Who asks.")]
    public static ActorView Me(IResolveFieldContext context) => new(context.Actor());

    private static DossierView? ViewAt(IResolveFieldContext context, int index, InsArgument argument, DossierResult? result)
    {
        if (result is DossierAnswer answer)
            return new DossierView(answer);
        var problem = result is DossierRefused refused ? ProblemMap.From(refused) : ProblemMap.From(argument.Problem!);
        context.Report(problem, index);
        return null;
    }
}
