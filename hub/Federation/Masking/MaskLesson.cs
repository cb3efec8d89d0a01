using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Access.Rules;

namespace DmpFederation.Hub.Federation.Masking;

/// <summary>One thing to remember, so that what is hidden stays so when it arrives from elsewhere.</summary>
/// <param name="Target">What the mask is laid on.</param>
/// <param name="Visibility">From whom it hides.</param>
/// <param name="SetBy">Of the mask; a lesson never touches one set by somebody else.</param>
/// <param name="EntryIds">Entries the mask was found to reach. Empty to forget the mask.</param>
internal sealed record MaskLesson(MaskTarget Target, Visibility Visibility, string SetBy, IReadOnlyList<string> EntryIds)
{
    /// <summary>Lessons of one answer at most: what is over is learned from the next.</summary>
    public const int Most = 256;

    /// <summary>Memories that hold no more.</summary>
    public static IEnumerable<MaskLesson> OfForgotten(IReadOnlyList<Mask> forgotten) =>
        forgotten.Select(static mask => new MaskLesson(mask.Target, mask.Visibility, mask.SetBy, []));

    /// <summary>Liftings that were found to reach more than was known.</summary>
    public static IEnumerable<MaskLesson> OfSpread(IReadOnlyList<Mask> known, IReadOnlyList<Mask> spread) =>
        ReferenceEquals(known, spread) ? [] : spread.Where(mask => mask.Lifts && !known.Contains(mask))
            .Select(static mask => new MaskLesson(mask.Target, mask.Visibility, mask.SetBy, [.. mask.Reach.Where(id => id != mask.Target.Id)]));

    /// <summary>What an answer teaches. Pure.</summary>
    /// <param name="access">The reader's right; only what hides something from this reader is looked at.</param>
    /// <param name="slices">What the sources gave.</param>
    /// <param name="concealment">What was hidden.</param>
    public static IReadOnlyList<MaskLesson> Of(DossierAccess access, IReadOnlyList<PatientSlice> slices, Concealment concealment)
    {
        var items = concealment.Items.Where(item => concealment.Closure.Facts.ContainsKey(item.Id)).ToLookup(static item => item.Id);
        var lessons = new List<MaskLesson>();
        foreach (var fact in concealment.Closure.Facts.Values.Distinct())
        {
            var holders = fact.SelectMany(holder => items[holder]).ToList();
            if (holders.Exists(static holder => holder.Decision.IsMasked))
                Learn(access, slices, holders, lessons);
            if (lessons.Count >= Most)
                break;
        }
        return lessons;
    }

    private static void Learn(DossierAccess access, IReadOnlyList<PatientSlice> slices, List<EntryItem> holders, List<MaskLesson> lessons)
    {
        foreach (var visibility in access.HidingVisibilities)
        {
            var learned = new List<Mask>();
            foreach (var mask in access.Policy.Masks.Where(mask => mask.Visibility == visibility && !mask.Lifts))
            {
                var missing = holders.Where(holder => !MaskReach.Covers(mask, holder.Subject)).ToList();
                if (missing.Count == holders.Count)
                    continue;
                learned.Add(mask);
                Add(lessons, mask.Target, visibility, mask.SetBy, missing, slices);
            }
            foreach (var holder in holders.Where(holder => holder.Decision.IsMasked && VisibilityCodes.IsAmong(holder.Subject.Labels, visibility)))
            {
                var target = new MaskTarget(MaskTargetKind.Entry, IdOf(holder, slices));
                if (learned.Exists(mask => mask.Target == target))
                    continue;
                // A copy with the same label hides itself; one of another source without it has to be remembered.
                var missing = holders.Where(other => other.Slice != holder.Slice
                    && !VisibilityCodes.IsAmong(other.Subject.Labels, visibility)).ToList();
                Add(lessons, target, visibility, RememberedLabels.SetBy(slices[holder.Slice].SourceId), missing, slices);
            }
        }
    }

    private static void Add(
        List<MaskLesson> lessons, MaskTarget target, Visibility visibility, string setBy, List<EntryItem> missing, IReadOnlyList<PatientSlice> slices)
    {
        if (missing.Count == 0)
            return;
        var ids = missing.Select(item => IdOf(item, slices)).Distinct().Order(StringComparer.Ordinal);
        lessons.Add(new MaskLesson(target, visibility, setBy, [.. ids]));
    }

    private static string IdOf(EntryItem item, IReadOnlyList<PatientSlice> slices) => EntryId.Of(slices[item.Slice].SourceId, item.Entry.LocalId);
}
