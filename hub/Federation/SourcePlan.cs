using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Access.Rules;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Identity;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Federation;

/// <summary>What will be done with one source, decided before any contact. Pure.</summary>
/// <param name="Source">The source.</param>
/// <param name="Silence">Why it shows nothing about anybody; null when it does.</param>
/// <param name="NeedsIdentity">
/// True when some patient's key must first be translated, or when the source finds patients by certified traits.
/// </param>
internal sealed record SourcePlan(Source Source, PlannedSilence? Silence, bool NeedsIdentity)
{
    private string?[]? refusals;
    private IReadOnlyList<EntryCategory>? categories;

    /// <summary>
    /// True when it is contacted. A source the query leaves out is too, where it may hold a label that hides what another source shows: what a
    /// reader may see does not depend on what the reader asks for.
    /// </summary>
    public bool IsAsked { get; private init; }

    /// <summary>Plans one source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="patients">Whom about.</param>
    /// <param name="scope">What is wanted.</param>
    /// <param name="accesses">The right to each patient's dossier; null when no reader sees what is read.</param>
    /// <param name="servedNationally">True when the national store answers for it: its legacy system may be shut.</param>
    public static SourcePlan For(
        Source source, IReadOnlyList<Ins> patients, DossierScope scope, IReadOnlyList<DossierAccess>? accesses = null, bool servedNationally = false)
    {
        var outOfService = OutOfService(source, servedNationally);
        var silence = LeftOut(source, scope) ?? outOfService;
        var refusals = RefusalsOf(source, accesses);
        var categories = Read(scope, accesses);
        var isAsked = silence is null
            || (accesses is not null && scope.Entries && outOfService is null && MayHold(source, categories));
        isAsked &= refusals is null || Array.Exists(refusals, static rule => rule is null);
        var needsIdentity = false;
        for (var index = 0; isAsked && !needsIdentity && index < patients.Count; index++)
        {
            needsIdentity = refusals?[index] is null
                && (source.MatchesByTraits || !KeyTranslator.IsDirect(patients[index], source.PatientKeySystems));
        }
        return new SourcePlan(source, silence, needsIdentity) { IsAsked = isAsked, refusals = refusals, categories = categories };
    }

    /// <summary>True when the reader's right to a patient's dossier opens this source: else not one byte goes to it about that patient.</summary>
    public bool MayAskAbout(int patient) => refusals?[patient] is null;

    /// <summary>
    /// Why it shows nothing about a patient; null when it does. What the query leaves out comes first: then nobody asked whether it is allowed.
    /// </summary>
    public PlannedSilence? SilenceAbout(int patient) => refusals?[patient] is { } rule
        && Silence?.Reason is not (SourceReason.NoEntrySelected or SourceReason.CategoryNotHeld or SourceReason.Filtered)
            ? new PlannedSilence(SourceStatus.NotAllowed, rule, false)
            : Silence;

    /// <summary>
    /// The question to the source: one for all its patients. For a reader it bears no dates, and documents are read along with every category: a
    /// label may stand on a copy that is dated otherwise, or on the document a fact comes from.
    /// </summary>
    public ReadRequest Request(IReadOnlyList<PatientQuery> patients, DossierScope scope)
    {
        var wanted = categories ?? scope.Categories;
        return new ReadRequest(patients)
        {
            Categories = Source.Categories.IsDefaultOrEmpty || wanted.Count == 0
                ? wanted
                : [.. wanted.Where(category => Source.Categories.Contains(category))],
            From = categories is null ? scope.From : null,
            To = categories is null ? scope.To : null,
        };
    }

    private static string?[]? RefusalsOf(Source source, IReadOnlyList<DossierAccess>? accesses)
    {
        string?[]? refusals = null;
        for (var index = 0; index < (accesses?.Count ?? 0); index++)
        {
            var decision = accesses![index].ForSource(source.Id, source.RefusesBreakGlass);
            if (!decision.Allowed)
                (refusals ??= new string?[accesses.Count])[index] = decision.RuleId;
        }
        return refusals;
    }

    private static IReadOnlyList<EntryCategory>? Read(DossierScope scope, IReadOnlyList<DossierAccess>? accesses)
    {
        if (accesses is null)
            return null;
        if (scope.Categories.Count == 0)
            return [];
        var read = new HashSet<EntryCategory>(scope.Categories) { EntryCategory.Document };
        // One stay in two sources: what belongs to either belongs to it.
        if (accesses.Any(static access => access.Policy.Masks.Any(static mask => mask.Target.Kind == MaskTargetKind.Episode)))
            read.Add(EntryCategory.Encounter);
        return [.. read.Order()];
    }

    private static bool MayHold(Source source, IReadOnlyList<EntryCategory>? categories) => categories is null or { Count: 0 }
        || source.Categories.IsDefaultOrEmpty || categories.Any(category => source.Categories.Contains(category));

    private static PlannedSilence? LeftOut(Source source, DossierScope scope)
    {
        if (!scope.Entries)
            return new PlannedSilence(SourceStatus.NotAsked, SourceReason.NoEntrySelected, false);
        if (!MayHold(source, scope.Categories))
            return new PlannedSilence(SourceStatus.NotAsked, SourceReason.CategoryNotHeld, true);
        return scope.Sources.Count > 0 && !scope.Sources.Contains(source.Id)
            ? new PlannedSilence(SourceStatus.NotAsked, SourceReason.Filtered, false)
            : null;
    }

    private static PlannedSilence? OutOfService(Source source, bool servedNationally) => source.State switch
    {
        // A source that gave data of somebody else is not believed, whoever keeps what it said.
        not SourceState.Quarantined when servedNationally => null,
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

/// <summary>Why a source is not asked.</summary>
/// <param name="Status">Status in the answer.</param>
/// <param name="Reason">Stable code.</param>
/// <param name="Complete">True only when the source cannot hold what is asked for.</param>
internal sealed record PlannedSilence(SourceStatus Status, string Reason, bool Complete);
