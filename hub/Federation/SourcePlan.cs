using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Identity;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Federation;

/// <summary>What will be done with one source, decided before any contact. Pure.</summary>
/// <param name="Source">The source.</param>
/// <param name="Silence">Why it is not asked about anybody; null when it is.</param>
/// <param name="NeedsIdentity">
/// True when some patient's key must first be translated, or when the source finds patients by certified traits.
/// </param>
internal sealed record SourcePlan(Source Source, PlannedSilence? Silence, bool NeedsIdentity)
{
    /// <summary>Plans every source of a snapshot, in its order.</summary>
    public static SourcePlan[] ForAll(IReadOnlyList<Source> sources, IReadOnlyList<Ins> patients, DossierScope scope)
    {
        var plans = new SourcePlan[sources.Count];
        for (var index = 0; index < plans.Length; index++)
            plans[index] = For(sources[index], patients, scope);
        return plans;
    }

    public static SourcePlan For(Source source, IReadOnlyList<Ins> patients, DossierScope scope)
    {
        var silence = SilenceOf(source, scope);
        var needsIdentity = silence is null
            && (source.MatchesByTraits || patients.Any(patient => !KeyTranslator.IsDirect(patient, source.PatientKeySystems)));
        return new SourcePlan(source, silence, needsIdentity);
    }

    /// <summary>The question to the source: one for all its patients.</summary>
    public ReadRequest Request(IReadOnlyList<PatientQuery> patients, DossierScope scope) => new(patients)
    {
        Categories = Source.Categories.IsDefaultOrEmpty || scope.Categories.Count == 0
            ? scope.Categories
            : [.. scope.Categories.Where(category => Source.Categories.Contains(category))],
        From = scope.From,
        To = scope.To,
    };

    private static PlannedSilence? SilenceOf(Source source, DossierScope scope)
    {
        if (!scope.Entries)
            return new PlannedSilence(SourceStatus.NotAsked, SourceReason.NoEntrySelected, false);
        if (scope.Categories.Count > 0 && !source.Categories.IsDefaultOrEmpty
            && !scope.Categories.Any(category => source.Categories.Contains(category)))
            return new PlannedSilence(SourceStatus.NotAsked, SourceReason.CategoryNotHeld, true);
        if (scope.Sources.Count > 0 && !scope.Sources.Contains(source.Id))
            return new PlannedSilence(SourceStatus.NotAsked, SourceReason.Filtered, false);
        return source.State switch
        {
            // An unreachable source is asked: the guards around the call know best whether it answers again.
            SourceState.Starting or SourceState.Active or SourceState.Unreachable => null,
            SourceState.Disabled => new PlannedSilence(SourceStatus.NotAsked, "DISABLED", false),
            SourceState.Misconfigured => new PlannedSilence(SourceStatus.NotAsked, "MISCONFIGURED", false),
            SourceState.NotSupported => new PlannedSilence(SourceStatus.NotAsked, "NOT_SUPPORTED", false),
            SourceState.Malfunctioned => new PlannedSilence(SourceStatus.NotAsked, "MALFUNCTIONED", false),
            SourceState.Quarantined => new PlannedSilence(SourceStatus.Quarantined, SourceReason.WrongPatient, false),
            _ => throw new InvalidOperationException("Unknown source state."),
        };
    }
}

/// <summary>Why a source is not asked.</summary>
/// <param name="Status">Status in the answer.</param>
/// <param name="Reason">Stable code.</param>
/// <param name="Complete">True only when the source cannot hold what is asked for.</param>
internal sealed record PlannedSilence(SourceStatus Status, string Reason, bool Complete);
