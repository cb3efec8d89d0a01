using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Access.Rules;

namespace DmpFederation.Hub.Federation.Masking;

/// <summary>
/// Labels of a source that the hub remembers as masks, so that a copy elsewhere stays hidden while that source is away. Where the source answers
/// wholly and gives the fact without the label, it has taken the label away, and where the patient lifts the label it holds no more: the memory
/// does not count then and is forgotten. Pure.
/// </summary>
internal static class RememberedLabels
{
    private const string Prefix = "label:";

    /// <summary><see cref="Mask.SetBy"/> of a label remembered.</summary>
    public static string SetBy(string sourceId) => Prefix + sourceId;

    /// <summary>True when a mask was set by the hub for a label.</summary>
    public static bool IsLabel(string setBy) => setBy.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The access without the memories that the answers at hand disprove.</summary>
    /// <param name="access">The reader's right.</param>
    /// <param name="slices">What the sources gave.</param>
    /// <returns>The access, and the masks to forget.</returns>
    public static (DossierAccess Access, IReadOnlyList<Mask> Forgotten) Apply(DossierAccess access, IReadOnlyList<PatientSlice> slices)
    {
        List<Mask>? forgotten = null;
        for (var index = 0; index < access.Policy.Masks.Count; index++)
        {
            var mask = access.Policy.Masks[index];
            if (IsLabel(mask.SetBy) && (IsTakenAway(mask, slices) || IsLifted(mask, access.Policy.Masks)))
                (forgotten ??= []).Add(mask);
        }
        return forgotten is null
            ? (access, [])
            : (access with { Policy = access.Policy with { Masks = [.. access.Policy.Masks.Where(mask => !forgotten.Contains(mask))] } }, forgotten);
    }

    /// <summary>Whoever lifts the label lifts its memory.</summary>
    private static bool IsLifted(Mask label, IReadOnlyList<Mask> masks) => masks.Any(mask => mask.Lifts && mask.Visibility == label.Visibility
        && mask.Target.Kind == MaskTargetKind.Entry && label.Reach.Append(label.Target.Id).Intersect(mask.Reach.Append(mask.Target.Id)).Any());

    private static bool IsTakenAway(Mask mask, IReadOnlyList<PatientSlice> slices)
    {
        for (var index = 0; index < slices.Count; index++)
        {
            var slice = slices[index];
            if (!slice.IsWhole || mask.SetBy.Length != Prefix.Length + slice.SourceId.Length
                || !mask.SetBy.EndsWith(slice.SourceId, StringComparison.Ordinal))
                continue;
            var versions = slice.Entries.Where(entry => EntryId.Of(slice.SourceId, entry.LocalId) == mask.Target.Id).ToList();
            var subjects = new SliceSubjects(slice, withIds: false);
            return versions.Count > 0 && versions.TrueForAll(version => !VisibilityCodes.IsAmong(subjects.Of(version).Labels, mask.Visibility));
        }
        return false;
    }
}
