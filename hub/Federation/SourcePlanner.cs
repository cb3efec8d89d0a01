using DmpFederation.Hub.Access.Rules;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Identity;

namespace DmpFederation.Hub.Federation;

/// <summary>Which sources the national store answers for, whatever has become of their legacy system.</summary>
internal interface INationalService
{
    /// <summary>True when all of a source's facts are served nationally. Cheap: asked for every source of every answer.</summary>
    bool Serves(string sourceId);
}

/// <summary>While nothing was migrated.</summary>
internal sealed class LegacyAlone : INationalService
{
    public bool Serves(string sourceId) => false;
}

/// <summary>Plans every source of the present snapshot.</summary>
internal sealed class SourcePlanner(ISourceRegistry registry, INationalService national)
{
    /// <inheritdoc cref="SourcePlan.For"/>
    public SourcePlan[] Plan(IReadOnlyList<Ins> patients, DossierScope scope, IReadOnlyList<DossierAccess>? accesses)
    {
        var sources = registry.Current.Sources;
        var plans = new SourcePlan[sources.Count];
        for (var index = 0; index < plans.Length; index++)
            plans[index] = SourcePlan.For(sources[index], patients, scope, accesses, national.Serves(sources[index].Id));
        return plans;
    }
}
