using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Access.Rules;
using DmpFederation.Hub.Federation.Merge;

namespace DmpFederation.Hub.Federation.Masking;

/// <summary>
/// Who lifts a label lifts it from the fact that was shown, whichever of its origins bears the label and whichever gave it its id. Pure.
/// </summary>
internal static class LiftedFacts
{
    /// <summary>The access with every lifting of one entry spread over the holders of the same fact.</summary>
    public static DossierAccess Spread(DossierAccess access, IReadOnlyList<PatientSlice> slices, RecordMerger merger)
    {
        if (!access.Policy.Masks.Any(IsOfEntry))
            return access;
        var named = access.Policy.Masks.Where(IsOfEntry).SelectMany(static mask => mask.Reach.Append(mask.Target.Id))
            .ToHashSet(StringComparer.Ordinal);
        var categories = slices.SelectMany(slice => slice.Entries.Where(entry => named.Contains(EntryId.Of(slice.SourceId, entry.LocalId))))
            .Select(static entry => entry.Category).ToHashSet();
        if (categories.Count == 0)
            return access;
        var part = slices.Select(slice => new SourceEntries(
            slice.SourceId, [.. slice.Entries.Where(entry => categories.Contains(entry.Category))])).ToList();
        var facts = merger.SameFacts(part).Select(static fact => Array.ConvertAll(fact, EntryId.Print)).ToList();
        var masks = access.Policy.Masks.Select(mask => IsOfEntry(mask) ? Spread(mask, facts) : mask);
        return access with { Policy = access.Policy with { Masks = [.. masks] } };
    }

    private static Mask Spread(Mask mask, List<string[]> facts)
    {
        var reached = new SortedSet<string>(mask.Reach, StringComparer.Ordinal);
        foreach (var fact in facts.Where(fact => fact.Any(holder => holder == mask.Target.Id || mask.Reach.Contains(holder))))
            reached.UnionWith(fact);
        return reached.Count == mask.Reach.Count ? mask : mask with { Reach = [.. reached] };
    }

    private static bool IsOfEntry(Mask mask) => mask is { Lifts: true, Target.Kind: MaskTargetKind.Entry };
}
