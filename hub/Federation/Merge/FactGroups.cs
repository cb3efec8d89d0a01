namespace DmpFederation.Hub.Federation.Merge;

/// <summary>
/// Groups of entries that are one fact: a union-find whose members also form a ring, so that a group can be walked. All work is done in the
/// order of entry ids, which no arrival order can change.
/// </summary>
internal ref struct FactGroups(Span<Facet> facets, ReadOnlySpan<CodeKey> codes, FactMatch match)
{
    /// <summary>
    /// Entries of one code on one day, or of one identifier, compared with each other at most. More are left apart, so that a source full of
    /// alike facts costs no quadratic time; an identifier on more entries than that names no fact.
    /// </summary>
    public const int MostAlike = 256;

    private readonly Span<Facet> facets = facets;
    private readonly ReadOnlySpan<CodeKey> codes = codes;

    /// <summary>Every entry alone.</summary>
    public readonly void Begin()
    {
        for (var index = 0; index < facets.Length; index++)
            facets[index].Parent = facets[index].Next = index;
    }

    public readonly int Root(int index)
    {
        while (facets[index].Parent != index)
            index = facets[index].Parent = facets[facets[index].Parent].Parent;
        return index;
    }

    /// <summary>Joins the holders of one identifier, in the order of their ids.</summary>
    public readonly void JoinByIdentifier(ReadOnlySpan<int> holders)
    {
        for (var later = 1; later < holders.Length; later++)
        {
            for (var earlier = 0; earlier < later; earlier++)
            {
                ref var left = ref facets[holders[earlier]];
                ref var right = ref facets[holders[later]];
                if (left.Entry.Category != right.Entry.Category || left.Resource != right.Resource || Root(holders[earlier]) == Root(holders[later]))
                    continue;
                if (left.Rule is { Data.IdentifierNeedsSameCode: true } && !NoPairContradicts(holders[earlier], holders[later]))
                    continue;
                Join(holders[earlier], holders[later]);
                break;
            }
        }
    }

    /// <summary>Joins entries that share a code (and day): each, in a fixed order, to the group it fits best.</summary>
    /// <param name="alike">Ordered by source, date, value, id. Lines of one source pair off with those of another one by one.</param>
    public readonly void JoinByClinicalKey(ReadOnlySpan<int> alike)
    {
        // Ordered by source, so the ends tell whether there is more than one.
        if (facets[alike[0]].Source == facets[alike[^1]].Source
            && facets[alike[0]].Rule is not ({ Data.UnitPairs: true } or { Data.AcrossDocuments: true }))
            return;
        foreach (var index in alike)
            FacetReader.ReadDetail(ref facets[index]);
        for (var later = 1; later < alike.Length; later++)
        {
            var best = -1;
            var bestFit = -1;
            for (var earlier = 0; earlier < later; earlier++)
            {
                if (Root(alike[earlier]) == Root(alike[later]))
                    continue;
                var fit = match.Fit(facets[alike[earlier]], facets[alike[later]], codes);
                if (fit > bestFit && EveryPairFits(alike[earlier], alike[later]))
                    (best, bestFit) = (alike[earlier], fit);
            }
            if (best >= 0)
                Join(best, alike[later]);
        }
    }

    private readonly bool EveryPairFits(int left, int right)
    {
        var mine = left;
        do
        {
            var other = right;
            do
            {
                if (match.Fit(facets[mine], facets[other], codes) < 0)
                    return false;
                other = facets[other].Next;
            }
            while (other != right);
            mine = facets[mine].Next;
        }
        while (mine != left);
        return true;
    }

    private readonly bool NoPairContradicts(int left, int right)
    {
        var mine = left;
        do
        {
            var other = right;
            do
            {
                if (FactMatch.CodesContradict(facets[mine], facets[other], codes))
                    return false;
                other = facets[other].Next;
            }
            while (other != right);
            mine = facets[mine].Next;
        }
        while (mine != left);
        return true;
    }

    /// <summary>The smaller index becomes the root; two rings become one by exchanging one link.</summary>
    private readonly void Join(int left, int right)
    {
        var leftRoot = Root(left);
        var rightRoot = Root(right);
        facets[Math.Max(leftRoot, rightRoot)].Parent = Math.Min(leftRoot, rightRoot);
        (facets[left].Next, facets[right].Next) = (facets[right].Next, facets[left].Next);
    }
}
