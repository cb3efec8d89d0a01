using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Access.Rules;
using DmpFederation.Hub.Federation.Merge;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Federation.Masking;

/// <summary>
/// What one reader must not see of one patient's slices, and what is left of each slice without it: the entries, what they say of each other, whom
/// the source says they are of, and what could not be read. Pure.
/// </summary>
internal sealed class Concealment
{
    private readonly DossierAccess access;
    private readonly IReadOnlyList<PatientSlice> slices;
    private readonly SliceSubjects[] subjects;
    private readonly EntryItem[] items;
    private readonly int[] starts;
    private readonly MaskClosure closure;
    private readonly Dictionary<UInt128, EntryDecision> hidden;

    private Concealment(DossierAccess access, IReadOnlyList<PatientSlice> slices, SliceSubjects[] subjects, EntryItem[] items, MaskClosure closure)
    {
        this.access = access;
        this.slices = slices;
        this.subjects = subjects;
        this.items = items;
        this.closure = closure;
        starts = new int[slices.Count];
        for (var slice = 1; slice < starts.Length; slice++)
            starts[slice] = starts[slice - 1] + slices[slice - 1].Entries.Count;
        hidden = new Dictionary<UInt128, EntryDecision>(closure.Masked);
        foreach (ref readonly var item in items.AsSpan())
        {
            if (!item.Decision.Visible)
                hidden.TryAdd(item.Id, item.Decision);
        }
    }

    public EntryItem[] Items => items;

    public MaskClosure Closure => closure;

    /// <summary>What is hidden; null when nothing is, which is found out without a copy of anything.</summary>
    public static Concealment? Of(DossierAccess access, IReadOnlyList<PatientSlice> slices, RecordMerger merger)
    {
        var masks = access.HasMask;
        if (!masks && access.SeesEveryType && !HasLabel(access, slices))
            return null;

        var subjects = new SliceSubjects[slices.Count];
        for (var slice = 0; slice < subjects.Length; slice++)
            subjects[slice] = new SliceSubjects(slices[slice], withIds: access.Policy.Masks.Count > 0);
        if (!Hides(access, slices, subjects, masks))
            return null;
        var items = new EntryItem[slices.Sum(static slice => slice.Entries.Count)];
        var filled = 0;
        for (var slice = 0; slice < subjects.Length; slice++)
        {
            foreach (var entry in slices[slice].Entries)
            {
                var subject = subjects[slice].Of(entry);
                items[filled++] = new EntryItem(slice, EntryId.Hash(slices[slice].SourceId, entry.LocalId), entry, subject, access.ForEntry(subject));
            }
        }
        return new Concealment(access, slices, subjects, items, MaskClosure.Of(access, slices, items, merger));
    }

    /// <summary>Nothing is kept of the decisions: of nearly every answer nothing is hidden, and then nothing has been copied.</summary>
    private static bool Hides(DossierAccess access, IReadOnlyList<PatientSlice> slices, SliceSubjects[] subjects, bool masks)
    {
        for (var slice = 0; slice < subjects.Length; slice++)
        {
            // What could not be read may be masked all the same.
            if (masks && (slices[slice].Unreadable.Count > 0 || slices[slice].Found.Count > 0))
                return true;
            var entries = slices[slice].Entries;
            for (var index = 0; index < entries.Count; index++)
            {
                if (!access.ForEntry(subjects[slice].Of(entries[index])).Visible)
                    return true;
            }
        }
        return false;
    }

    /// <summary>Why an entry is hidden; null when it is not.</summary>
    public EntryDecision? DecisionOn(UInt128 id) => hidden.TryGetValue(id, out var decision) ? decision : null;

    /// <summary>What is left of each slice.</summary>
    /// <param name="isOther">True when an entry is of another kind without what it referred to: then it has to be decided on again.</param>
    public PatientSlice[] Left(out bool isOther)
    {
        var left = new PatientSlice[slices.Count];
        isOther = false;
        for (var slice = 0; slice < left.Length; slice++)
            left[slice] = Left(slice, ref isOther);
        return left;
    }

    private PatientSlice Left(int slice, ref bool isOther)
    {
        var given = slices[slice];
        var own = items.AsSpan(starts[slice], given.Entries.Count);
        var kept = new List<DossierEntry>(own.Length);
        HashSet<string>? gone = null;
        foreach (ref readonly var item in own)
        {
            if (hidden.ContainsKey(item.Id))
                ReferenceCut.AddNames(gone ??= new(StringComparer.Ordinal), item.Entry);
            else
                kept.Add(item.Entry);
        }
        if (gone is not null)
        {
            var cut = new ReferenceCut(gone);
            for (var index = 0; index < kept.Count; index++)
            {
                var entry = cut.Apply(kept[index]);
                isOther |= entry.Category != kept[index].Category;
                kept[index] = entry;
            }
        }
        var left = gone is null ? given : given with { Entries = kept };
        return given.Found.Count == 0 && given.Unreadable.Count == 0 ? left : WithoutGone(left, slice, own);
    }

    /// <summary>The slice without what it says of hidden documents: whom they name, and what of them could not be read.</summary>
    private PatientSlice WithoutGone(PatientSlice slice, int position, ReadOnlySpan<EntryItem> own)
    {
        var documents = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (ref readonly var item in own)
        {
            var isHidden = hidden.ContainsKey(item.Id);
            Note(documents, item.Entry.LocalId, isHidden);
            if (item.Entry.DocumentLocalId is { } document)
                Note(documents, document, isHidden);
        }
        return slice with
        {
            Found = [.. slice.Found.Where(found => found.DocumentLocalId is not { } document || !IsGone(position, document, documents))],
            Unreadable =
            [
                .. slice.Unreadable.Where(item => item.LocalId is not { } local ? !IsSourceMasked(position) : !IsGone(position, local, documents)),
            ],
        };
    }

    private static void Note(Dictionary<string, bool> documents, string localId, bool isHidden) =>
        documents[localId] = isHidden && documents.GetValueOrDefault(localId, true);

    /// <summary>Everything the source gave of it is hidden, or a mask names it although nothing of it could be read.</summary>
    private bool IsGone(int slice, string localId, Dictionary<string, bool> documents) =>
        documents.TryGetValue(localId, out var isHidden) ? isHidden : access.ForEntry(subjects[slice].OfUnread(localId)).IsMasked;

    /// <summary>What has no id can only be reached by a mask of the whole source.</summary>
    private bool IsSourceMasked(int slice) => access.ForEntry(subjects[slice].OfUnread("")).IsMasked;

    private static bool HasLabel(DossierAccess access, IReadOnlyList<PatientSlice> slices)
    {
        var visibilities = access.HidingVisibilities;
        for (var slice = 0; slice < slices.Count; slice++)
        {
            var entries = slices[slice].Entries;
            for (var index = 0; index < entries.Count; index++)
            {
                var labels = entries[index].Confidentiality;
                for (var visibility = 0; labels.Count > 0 && visibility < visibilities.Count; visibility++)
                {
                    if (VisibilityCodes.IsAmong(labels, visibilities[visibility]))
                        return true;
                }
            }
        }
        return false;
    }
}
