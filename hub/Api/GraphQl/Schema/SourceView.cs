using System.ComponentModel;
using DmpFederation.Hub.Access;
using DmpFederation.Hub.Api.GraphQl.Execution;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Connectors.Calls;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Quarantine;
using DmpFederation.Sdk;
using GraphQL;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>GraphQL type <c>Source</c>.</summary>
[Name("Source")]
[Description("One configured legacy system.")]
internal sealed class SourceView(Source source)
{
    [Id]
    [Description("Id of the source.")]
    public string Id => source.Id;

    [Description("Printable name.")]
    public string Name => source.Name;

    [Description("Region or specialty the dossier belongs to.")]
    public string Region => source.Region;

    [Id]
    [Description("Id of the plug-in that speaks to it.")]
    public string Plugin => source.PluginId;

    [Description("Version of the loaded plug-in; null when it is not loaded.")]
    public string? PluginVersion => source.PluginVersion;

    [Description("State now.")]
    public SourceState State => source.State;

    [Description("Why it is in that state; null when active.")]
    public string? Reason => source.StateReason;

    [Description(
        "Kinds of patient keys it understands, most wanted first: `INS-NIR`, `INS-NIA`, `INS-NIR-TEST`, `INS-NIR-DEMO`, `INS-C` or a system URI.")]
    public IReadOnlyList<string> PatientKeys => [.. source.PatientKeySystems.Select(NameOf)];

    [Description("Categories it holds; empty means that it may hold any.")]
    public IReadOnlyList<EntryCategory> Categories => source.Categories;

    [Description("What it can do beside reading.")]
    public IReadOnlyList<string> Capabilities => source.Capabilities;

    [Description("Things it holds that could not be read or mapped and are kept until they can (state HELD). An error when that is not known.")]
    public async Task<int> QuarantinedAsync(IResolveFieldContext context, [FromServices] HeldCounts held)
    {
        try
        {
            return await held.OfAsync(source.Id, context.CancellationToken);
        }
        catch (QuarantineUnavailableException fault)
        {
            throw new CodedError(ProblemMap.From(QuarantineRefusal.Of(fault)));
        }
    }

    [Scoped]
    [Cost(self: 200, items: 50)]
    [Description(
        "For operators: codes of the source that its connector's table does not map, the most used first. Null when its connector cannot say.")]
    public async Task<IReadOnlyList<UnmappedCodeView>?> UnmappedCodesAsync(IResolveFieldContext context, [FromServices] ISourceMappingReader reader)
    {
        // Labels are foreign text: they are for those who keep the tables.
        var actor = context.Actor();
        if (actor.Role != ActorRole.NationalOperator && !(actor.Role == ActorRole.RegionOperator && actor.Region == source.Region))
            throw new CodedError(ProblemMap.AccessRefused(AccessRules.Otherwise));
        var outcome = await reader.ListAsync(source, context.CancellationToken);
        if (outcome.Status == SourceStatus.Answered)
            return [.. outcome.Codes.Select(static code => new UnmappedCodeView(code))];
        var answer = new SourceAnswer(source.Id, outcome.Status, outcome.Reason, 0, TimeSpan.Zero, null,
            source.IsNationalRecord ? Store.National : Store.Legacy);
        if (ProblemMap.From(answer) is { } problem)
            context.Report(problem);
        return null;
    }

    private static string NameOf(string system) => system switch
    {
        PatientKeySystems.InsNir => "INS-NIR",
        PatientKeySystems.InsNia => "INS-NIA",
        PatientKeySystems.InsNirTest => "INS-NIR-TEST",
        PatientKeySystems.InsNirDemo => "INS-NIR-DEMO",
        PatientKeySystems.InsC => "INS-C",
        _ => system,
    };
}
