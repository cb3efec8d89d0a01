using DmpFederation.Hub.Access;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Access.Rules;
using DmpFederation.Hub.Federation.Merge;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Federation.Masking;

/// <summary>
/// Everything that states what a masked entry states: the other holders of the same fact, the facts out of a masked document and their holders in
/// turn, and what belongs to the same stay under another source's number. Pure; the order of sources and entries changes nothing.
/// </summary>
internal sealed class MaskClosure
{
    private static readonly EntryDecision SameFact = new(false, AccessRules.SameFactMasked) { IsMasked = true };

    private readonly DossierAccess access;
    private readonly IReadOnlyList<PatientSlice> slices;
    private readonly EntryItem[] items;
    private readonly RecordMerger merger;
    private readonly Dictionary<UInt128, EntryDecision> masked = [];
    private readonly Queue<UInt128> open = [];
    private readonly Dictionary<UInt128, string> stays = [];
    private readonly Dictionary<UInt128, UInt128[]> facts = [];
    private readonly HashSet<EntryCategory> grouped = [];
    private readonly Dictionary<UInt128, EntryCategory> categories = [];
    private readonly bool isMixed;

    private MaskClosure(DossierAccess access, IReadOnlyList<PatientSlice> slices, EntryItem[] items, RecordMerger merger)
    {
        this.access = access;
        this.slices = slices;
        this.items = items;
        this.merger = merger;
        foreach (ref readonly var item in items.AsSpan())
        {
            // Versions under one local id of different categories: then categories cannot be looked at apart.
            isMixed |= !categories.TryAdd(item.Id, item.Entry.Category) && categories[item.Id] != item.Entry.Category;
        }
    }

    /// <summary>What is masked, with the rule.</summary>
    public IReadOnlyDictionary<UInt128, EntryDecision> Masked => masked;

    /// <summary>Facts of several holders that were looked at; each holder leads to the holders of its fact.</summary>
    public IReadOnlyDictionary<UInt128, UInt128[]> Facts => facts;

    public static MaskClosure Of(DossierAccess access, IReadOnlyList<PatientSlice> slices, EntryItem[] items, RecordMerger merger)
    {
        var closure = new MaskClosure(access, slices, items, merger);
        closure.Run([.. access.Policy.Masks.Where(mask => mask.Target.Kind == MaskTargetKind.Episode && !mask.Lifts
            && access.HidingVisibilities.Contains(mask.Visibility))]);
        return closure;
    }

    private void Run(Mask[] ofStays)
    {
        foreach (ref readonly var item in items.AsSpan())
        {
            if (!item.Decision.IsMasked)
                continue;
            Mask(item.Id, item.Decision);
            var subject = item.Subject;
            if (item.Entry.Category == EntryCategory.Encounter && Array.Find(ofStays, mask => MaskReach.Covers(mask, subject)) is { } mask)
                stays.TryAdd(item.Id, mask.Target.Id);
        }
        if (masked.Count == 0)
            return;
        var ofDocument = Index(static item => item.Entry.DocumentLocalId);
        var ofStay = stays.Count > 0 ? Index(static item => item.Entry.Category == EntryCategory.Encounter ? null : item.Entry.EncounterLocalId) : [];
        while (open.TryDequeue(out var id))
        {
            GroupLike(id);
            var stay = stays.GetValueOrDefault(id);
            foreach (var holder in facts.GetValueOrDefault(id, []))
            {
                // A number met again as a stay's may have been passed before it was known to be one.
                if (stay is not null && stays.TryAdd(holder, stay) && masked.ContainsKey(holder))
                    open.Enqueue(holder);
                Mask(holder, SameFact);
            }
            foreach (var fact in ofDocument.GetValueOrDefault(id, []))
                Mask(items[fact].Id, masked[id]);
            foreach (var fact in stay is null ? [] : ofStay.GetValueOrDefault(id, []))
            {
                // As if it belonged to the stay the mask names: the author and the médecin traitant keep sight.
                if (access.ForEntry(items[fact].Subject with { EpisodeEntryId = stay }) is { IsMasked: true } decision)
                    Mask(items[fact].Id, decision);
            }
        }
    }

    /// <returns>False when it was masked already, by the same rule or one before it.</returns>
    private bool Mask(UInt128 id, EntryDecision decision)
    {
        // A rule of its own says more than that of a copy; of two, the first by name, whatever came first.
        if (masked.TryGetValue(id, out var known) && string.CompareOrdinal(known.RuleId, decision.RuleId) <= 0)
            return false;
        masked[id] = decision;
        open.Enqueue(id);
        return true;
    }

    private Dictionary<UInt128, List<int>> Index(Func<EntryItem, string?> holderOf)
    {
        var index = new Dictionary<UInt128, List<int>>();
        for (var position = 0; position < items.Length; position++)
        {
            if (holderOf(items[position]) is not { } holder)
                continue;
            var id = EntryId.Hash(slices[items[position].Slice].SourceId, holder);
            if (!index.TryGetValue(id, out var members))
                index.Add(id, members = []);
            members.Add(position);
        }
        return index;
    }

    /// <summary>Only the categories a masked entry is of are compared: entries of the others cannot state the same.</summary>
    private void GroupLike(UInt128 id)
    {
        if (!categories.TryGetValue(id, out var category) || !grouped.Add(isMixed ? default : category))
            return;
        var part = new List<SourceEntries>(slices.Count);
        foreach (var slice in slices)
        {
            var entries = isMixed ? slice.Entries : [.. slice.Entries.Where(entry => entry.Category == category)];
            if (entries.Count > 0)
                part.Add(new SourceEntries(slice.SourceId, entries));
        }
        foreach (var fact in merger.SameFacts(part))
        {
            foreach (var holder in fact)
                facts[holder] = fact;
        }
    }
}
