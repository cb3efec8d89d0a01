using System.Buffers;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace DmpFederation.Hub.Federation.Merge;

/// <summary>
/// Merges what several sources hold of one patient into facts. Pure: no clock, no I/O. Permuting sources or entries changes no byte of the
/// result; every entry stands in exactly one fact. hub/Federation/README.md says how facts are recognised.
/// </summary>
internal sealed class RecordMerger
{
    private readonly ClinicalKeys keys;
    private readonly FacetReader reader;
    private readonly FactMatch match;
    private readonly FactConflicts conflicts;

    public RecordMerger(ClinicalKeys keys)
    {
        this.keys = keys;
        reader = new FacetReader(keys);
        match = new FactMatch(keys);
        conflicts = new FactConflicts(match);
    }

    /// <summary>The facts, newest first, undated last, ties by id.</summary>
    /// <param name="sources">One patient's entries by source.</param>
    public IReadOnlyList<MergedEntry> Merge(IReadOnlyList<SourceEntries> sources)
    {
        var total = 0;
        for (var index = 0; index < sources.Count; index++)
            total += sources[index].Entries.Count;
        if (total == 0)
            return [];

        var facets = ArrayPool<Facet>.Shared.Rent(total);
        try
        {
            var all = facets.AsSpan(0, total);
            var codes = new List<CodeKey>(total * 2);
            var current = Group(sources, all, codes);
            var table = CollectionsMarshal.AsSpan(codes);
            var merged = new List<MergedEntry>(current);
            var (holders, versions) = (new List<int>(), new List<int>());
            for (var index = 0; index < current; index++)
            {
                if (all[index].Parent == index)
                    merged.Add(Compose(all, index, table, holders, versions));
            }
            merged.Sort(DossierOrder.NewestFirst);
            return merged;
        }
        finally
        {
            ArrayPool<Facet>.Shared.Return(facets, clearArray: true);
        }
    }

    /// <summary>
    /// Entry ids of each fact that more than one local id states, as <see cref="Merge"/> recognises facts, without composing them. Facts of one
    /// category never depend on entries of another, so a part may be asked about; all versions of a local id belong in it.
    /// </summary>
    /// <param name="sources">One patient's entries by source.</param>
    public IReadOnlyList<UInt128[]> SameFacts(IReadOnlyList<SourceEntries> sources)
    {
        var total = 0;
        for (var index = 0; index < sources.Count; index++)
            total += sources[index].Entries.Count;
        if (total < 2)
            return [];
        var facets = ArrayPool<Facet>.Shared.Rent(total);
        try
        {
            var all = facets.AsSpan(0, total);
            var current = Group(sources, all, new List<CodeKey>(total * 2));
            var facts = new List<UInt128[]>();
            var members = new List<UInt128>();
            for (var root = 0; root < current; root++)
            {
                if (all[root].Parent != root || all[root].Next == root)
                    continue;
                members.Clear();
                var member = root;
                do
                {
                    members.Add(all[member].Hash);
                    member = all[member].Next;
                }
                while (member != root);
                facts.Add([.. members]);
            }
            return facts;
        }
        finally
        {
            ArrayPool<Facet>.Shared.Return(facets, clearArray: true);
        }
    }

    /// <returns>Number of current versions; the facets before it are grouped.</returns>
    private int Group(IReadOnlyList<SourceEntries> sources, Span<Facet> all, List<CodeKey> codes)
    {
        var current = Order(sources, all);
        for (var index = 0; index < all.Length; index++)
            reader.Read(ref all[index], codes);
        var groups = new FactGroups(all[..current], CollectionsMarshal.AsSpan(codes), match);
        groups.Begin();
        JoinByIdentifiers(all[..current], groups);
        if (sources.Count > 1 || MayRepeat(all[..current]))
            JoinByClinicalKeys(all[..current], CollectionsMarshal.AsSpan(codes), groups);
        return current;
    }

    /// <summary>
    /// Puts the facets in the order of their ids, current versions first, older versions of the same local id behind them. Identical
    /// repetitions (a page read twice) fall away.
    /// </summary>
    /// <returns>Number of current versions.</returns>
    private static int Order(IReadOnlyList<SourceEntries> sources, Span<Facet> all)
    {
        var ids = new string[sources.Count];
        for (var index = 0; index < ids.Length; index++)
            ids[index] = sources[index].SourceId;
        Array.Sort(ids, StringComparer.Ordinal);

        var filled = 0;
        for (var index = 0; index < sources.Count; index++)
        {
            var (id, entries) = sources[index];
            var nationally = sources[index].Nationally;
            var position = Array.BinarySearch(ids, id, StringComparer.Ordinal);
            while (position > 0 && ids[position - 1] == id)
                position--;
            for (var item = 0; item < entries.Count; item++)
            {
                all[filled++] = new Facet
                {
                    Entry = entries[item],
                    SourceId = id,
                    ServedBy = nationally.StoreOf(entries[item].Category),
                    Source = position,
                    Hash = EntryId.Hash(id, entries[item].LocalId),
                    Older = -1,
                };
            }
        }
        return SortById(all);
    }

    private static int SortById(Span<Facet> all)
    {
        var count = all.Length;
        var hashes = ArrayPool<UInt128>.Shared.Rent(count);
        var order = ArrayPool<int>.Shared.Rent(count);
        var sorted = ArrayPool<Facet>.Shared.Rent(count);
        for (var index = 0; index < count; index++)
        {
            hashes[index] = all[index].Hash;
            order[index] = index;
        }
        Array.Sort(hashes, order, 0, count);

        int current = 0, older = count;
        for (var start = 0; start < count;)
        {
            var end = start + 1;
            while (end < count && hashes[end] == hashes[start])
                end++;
            if (end - start > 1)
                SortVersions(order.AsSpan(start, end - start), all);
            ref var newest = ref sorted[current++];
            newest = all[order[start]];
            // Oldest placed first, so that the chain runs from the newest to the oldest.
            for (var version = end - 1; version > start; version--)
            {
                if (LeadChoice.SameContent(all[order[version]].Entry, all[order[version - 1]].Entry))
                    continue;
                sorted[--older] = all[order[version]];
                sorted[older].Older = newest.Older;
                newest.Older = older;
            }
            start = end;
        }
        sorted.AsSpan(0, count).CopyTo(all);
        for (var gap = current; gap < older; gap++)
            all[gap] = all[0];
        ArrayPool<UInt128>.Shared.Return(hashes);
        ArrayPool<int>.Shared.Return(order);
        ArrayPool<Facet>.Shared.Return(sorted, clearArray: true);
        return current;
    }

    private static void SortVersions(Span<int> versions, ReadOnlySpan<Facet> all)
    {
        for (var index = 1; index < versions.Length; index++)
        {
            var moving = versions[index];
            var place = index;
            for (; place > 0 && LeadChoice.CompareVersions(all[versions[place - 1]].Entry, all[moving].Entry) > 0; place--)
                versions[place] = versions[place - 1];
            versions[place] = moving;
        }
    }

    private static bool MayRepeat(ReadOnlySpan<Facet> facets)
    {
        foreach (ref readonly var facet in facets)
        {
            if (facet.Rule is { Data.UnitPairs: true } or { Data.AcrossDocuments: true })
                return true;
        }
        return false;
    }

    private void JoinByIdentifiers(ReadOnlySpan<Facet> facets, FactGroups groups)
    {
        var runs = new KeyRuns(facets.Length);
        try
        {
            for (var index = 0; index < facets.Length; index++)
            {
                var identifiers = facets[index].Entry.Identifiers;
                for (var item = 0; item < identifiers.Count; item++)
                {
                    var (system, value) = identifiers[item];
                    if (keys.NamesAFact(system))
                        runs.Add(Hash(value, Hash(system, (ulong)facets[index].Entry.Category)), index);
                }
            }
            for (var run = runs.First(); run.Length > 0; run = runs.Following())
            {
                if (run.Length <= FactGroups.MostAlike)
                    groups.JoinByIdentifier(run);
            }
        }
        finally
        {
            runs.Return();
        }
    }

    /// <summary>The rank leads the key: facts are first joined by their most specific codes.</summary>
    private static ulong KeyOf(in CodeKey code, ClinicalRule rule, in Facet facet) =>
        ((ulong)code.Rank << 60) | (Mix(code.Hash, ((ulong)rule.Index << 32) | (rule.NeedsDay ? (uint)facet.FirstDay : 0)) >> 4);

    private static void JoinByClinicalKeys(Span<Facet> facets, ReadOnlySpan<CodeKey> codes, FactGroups groups)
    {
        var runs = new KeyRuns(facets.Length * 2);
        try
        {
            for (var index = 0; index < facets.Length; index++)
            {
                ref var facet = ref facets[index];
                if (facet.Rule is not { } rule || facet.Apart || (rule.NeedsDay && !facet.HasDay))
                    continue;
                foreach (var code in codes.Slice(facet.CodeStart, facet.CodeCount))
                {
                    runs.Add(KeyOf(code, rule, facet), index);
                    if (rule.Restated is { } restated && facet.HasDay)
                        runs.Add(KeyOf(code, restated, facet), index);
                }
            }
            for (var run = runs.First(); run.Length > 0; run = runs.Following())
            {
                if (run.Length > FactGroups.MostAlike)
                    continue;
                SortAlike(run, facets);
                groups.JoinByClinicalKey(run);
            }
        }
        finally
        {
            runs.Return();
        }
    }

    private static void SortAlike(Span<int> alike, ReadOnlySpan<Facet> facets)
    {
        for (var index = 1; index < alike.Length; index++)
        {
            var moving = alike[index];
            var place = index;
            for (; place > 0 && CompareAlike(facets[alike[place - 1]], facets[moving]) > 0; place--)
                alike[place] = alike[place - 1];
            alike[place] = moving;
        }
    }

    /// <summary>By source, then moments before days in their order, then value, then id.</summary>
    private static int CompareAlike(in Facet left, in Facet right)
    {
        if (left.Source != right.Source)
            return left.Source.CompareTo(right.Source);
        if (left.Moment != right.Moment)
            return left.Moment ? -1 : 1;
        if (left.Minute != right.Minute)
            return left.Minute.CompareTo(right.Minute);
        var byValue = left.Measure.Value.CompareTo(right.Measure.Value);
        return byValue != 0 ? byValue : left.Hash.CompareTo(right.Hash);
    }

    private MergedEntry Compose(ReadOnlySpan<Facet> all, int root, ReadOnlySpan<CodeKey> codes, List<int> holders, List<int> versions)
    {
        ref readonly var first = ref all[root];
        if (first.Next == root && first.Older < 0)
        {
            var id = EntryId.Print(first.Hash);
            return new MergedEntry { Id = id, Lead = first.Entry, Origins = [new EntryOrigin(id, first.SourceId, first.Entry, first.ServedBy)] };
        }

        holders.Clear();
        versions.Clear();
        var lead = root;
        var member = root;
        do
        {
            Insert(holders, member, all);
            for (var version = member; version >= 0; version = all[version].Older)
                Insert(versions, version, all);
            if (LeadChoice.Compare(all[member], all[lead]) < 0)
                lead = member;
            member = all[member].Next;
        }
        while (member != root);

        var origins = new EntryOrigin[holders.Count];
        for (var index = 0; index < origins.Length; index++)
        {
            ref readonly var holder = ref all[holders[index]];
            origins[index] = new EntryOrigin(EntryId.Print(holder.Hash), holder.SourceId, holder.Entry, holder.ServedBy);
        }
        return new MergedEntry
        {
            // Facets stand in the order of their ids and the root is the first of its group.
            Id = EntryId.Print(first.Hash),
            Lead = all[lead].Entry,
            Origins = origins,
            Conflicts = conflicts.Find(all, CollectionsMarshal.AsSpan(versions), codes),
        };
    }

    /// <summary>Keeps a list of facets ordered by source id, local id, then newest version first.</summary>
    private static void Insert(List<int> ordered, int facet, ReadOnlySpan<Facet> all)
    {
        var place = ordered.Count;
        while (place > 0 && ComparePlaces(all[ordered[place - 1]], all[facet]) > 0)
            place--;
        ordered.Insert(place, facet);
    }

    private static int ComparePlaces(in Facet left, in Facet right) =>
        LeadChoice.CompareIds(left, right) is var byId and not 0 ? byId : LeadChoice.CompareVersions(left.Entry, right.Entry);

    private static ulong Hash(string text, ulong seed) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text.AsSpan()), unchecked((long)seed));

    /// <summary>A cheap mix that keeps every bit of both sides (64-bit finalizer of SplitMix).</summary>
    private static ulong Mix(ulong left, ulong right)
    {
        var mixed = left ^ (right * 0x9E3779B97F4A7C15);
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        return mixed ^ (mixed >> 27);
    }
}
