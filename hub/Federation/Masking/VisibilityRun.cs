using DmpFederation.Hub.Access;
using DmpFederation.Hub.Access.Rules;
using DmpFederation.Hub.Federation.Merge;
using DmpFederation.Hub.Identity;

namespace DmpFederation.Hub.Federation.Masking;

/// <summary>
/// One patient's slices as one reader may see them: what is hidden is taken out first, then traits are compared and the rest is merged, so that the
/// result is that of a world in which the hidden entries do not exist (docs/decisions/0013). Pure; answers and explanations come out of the same run.
/// </summary>
internal sealed class VisibilityRun
{
    private readonly DossierAccess? access;
    private readonly IReadOnlyList<PatientSlice> given;
    private readonly List<Concealment> concealments;
    private readonly TraitsScreen screen;
    private readonly VisibleSlice[] visible;

    private VisibilityRun(
        DossierAccess? access, IReadOnlyList<PatientSlice> given, List<Concealment> concealments, TraitsScreen screen, VisibleSlice[] visible)
    {
        this.access = access;
        this.given = given;
        this.concealments = concealments;
        this.screen = screen;
        this.visible = visible;
    }

    /// <summary>The facts, before the scope of the query narrows them.</summary>
    public required IReadOnlyList<MergedEntry> Facts { get; init; }

    /// <summary>Sources that state other traits; never by a hidden document.</summary>
    public IReadOnlyList<IdentityDisagreement> Disagreements => screen.Disagreements;

    /// <summary>What the answer teaches about masks.</summary>
    public required IReadOnlyList<MaskLesson> Lessons { get; init; }

    /// <summary>What is left of a slice, by its position.</summary>
    public VisibleSlice this[int slice] => visible[slice];

    /// <param name="access">The reader's right; null where nobody reads what comes out, but figures.</param>
    /// <param name="identity">The patient's certified identity, or why there is none.</param>
    /// <param name="slices">What each source gave.</param>
    /// <param name="merger">The merger.</param>
    public static VisibilityRun Of(DossierAccess? access, CertifiedIdentity identity, IReadOnlyList<PatientSlice> slices, RecordMerger merger)
    {
        IReadOnlyList<MaskLesson> lessons = [];
        if (access?.Policy.Masks is { Count: > 0 } masks)
        {
            (access, var forgotten) = RememberedLabels.Apply(LiftedFacts.Spread(access, slices, merger), slices);
            lessons = [.. MaskLesson.OfForgotten(forgotten), .. MaskLesson.OfSpread(masks, access.Policy.Masks)];
        }
        var concealments = new List<Concealment>();
        var left = slices;
        for (var again = access is not null; again && Concealment.Of(access!, left, merger) is { } concealment;)
        {
            concealments.Add(concealment);
            lessons = [.. lessons, .. MaskLesson.Of(access!, left, concealment)];
            left = concealment.Left(out again);
        }

        var statements = new SourceStatements[left.Count];
        for (var index = 0; index < statements.Length; index++)
            statements[index] = new SourceStatements(left[index].SourceId, left[index].IsShown ? left[index].Found : []);
        var screen = TraitsScreen.Of(identity, statements);

        var held = new List<SourceEntries>(left.Count);
        var visible = new VisibleSlice[left.Count];
        for (var index = 0; index < visible.Length; index++)
        {
            var slice = left[index];
            var entries = screen[index].IsOut || !slice.IsShown ? [] : slice.Entries;
            if (screen[index].HoldsBack)
                entries = [.. entries.Where(screen[index].LetsThrough)];
            if (entries.Count > 0)
                held.Add(new SourceEntries(slice.SourceId, entries) { Nationally = slice.Nationally });
            visible[index] = new VisibleSlice(screen[index], entries.Count == 0, slice.Unreadable.Count > 0);
        }
        return new VisibilityRun(access, slices, concealments, screen, visible) { Facts = merger.Merge(held), Lessons = lessons };
    }

    /// <summary>Whether an entry stands in the facts, and why. Null when no source gave it.</summary>
    public EntryVerdict? VerdictOf(string entryId)
    {
        for (var index = 0; index < given.Count; index++)
        {
            var slice = given[index];
            var versions = slice.Entries.Where(entry => EntryId.Of(slice.SourceId, entry.LocalId) == entryId).ToList();
            if (versions.Count == 0)
                continue;
            var id = EntryId.Hash(slice.SourceId, versions[0].LocalId);
            foreach (var concealment in concealments)
            {
                if (concealment.DecisionOn(id) is { } hidden)
                    return new EntryVerdict(false, hidden.RuleId);
            }
            if (!versions.Exists(screen[index].LetsThrough))
                return new EntryVerdict(false, AccessRules.OtherPerson);
            if (!slice.IsShown)
                return null;
            // Of several versions the rule that says most: who sees a masked one is told so.
            var subjects = new SliceSubjects(slice, withIds: true);
            var rules = versions.Select(version => access?.ForEntry(subjects.Of(version)).RuleId ?? AccessRules.Otherwise);
            return new EntryVerdict(true, rules.Min(StringComparer.Ordinal)!);
        }
        return null;
    }
}
