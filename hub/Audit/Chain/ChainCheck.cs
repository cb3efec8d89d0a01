using System.Buffers;

namespace DmpFederation.Hub.Audit.Chain;

/// <summary>
/// Checks one chain, line by line in the order of their places. What verifies in its place is passed in constant memory; what does not is kept and
/// told apart at the end: moved, altered, inserted.
/// </summary>
/// <param name="key">The key that sealed it.</param>
/// <param name="chain">Its name.</param>
/// <param name="checkpoint">Where the kept part begins; null from the beginning.</param>
internal sealed class ChainCheck(ChainKey key, string chain, ChainCheckpoint? checkpoint)
{
    // Moved lines are looked for so often at most, and so many are kept for it; beyond that they count as altered, and a run as deleted.
    private const int MostTries = 4_000_000;
    private const int MostSuspects = 50_000;
    private const long LongestRun = 200_000;

    private readonly ArrayBufferWriter<byte> canonical = new(2_048);
    private readonly List<ChainFinding> findings = [];
    private readonly List<AuditLine> suspects = [];
    private readonly Dictionary<long, byte[]> marks = [];
    private readonly List<(long First, long Last)> gaps = [];
    private readonly long first = checkpoint?.Seq ?? 0;
    private long expected = (checkpoint?.Seq ?? 0) + 1;
    private long lastSealed = checkpoint?.Seq ?? 0;
    private byte[]? previous = checkpoint?.Hash ?? key.Beginning(chain);

    /// <summary>Lines seen.</summary>
    public long Lines { get; private set; }

    private bool HasSoundBeginning =>
        checkpoint is null || checkpoint.Seal.AsSpan().SequenceEqual(key.Checkpoint(chain, checkpoint.Seq, checkpoint.Hash));

    /// <summary>True when every line up to a place was taken and verified.</summary>
    public bool IsSoundTo(long seq) => HasSoundBeginning && lastSealed == seq && suspects.Count == 0 && gaps.Count == 0 && findings.Count == 0;

    /// <summary>Takes the next line of the chain.</summary>
    /// <param name="line">The line.</param>
    /// <param name="remembered">True when the hash of this place will be asked for.</param>
    public void Take(AuditLine line, bool remembered)
    {
        Lines++;
        if (line.Seq <= first)
        {
            findings.Add(new ChainFinding(ChainFault.Inserted, chain, line.Seq, line.Seq));
            return;
        }
        if (line.Seq > expected)
        {
            gaps.Add((expected, line.Seq - 1));
            previous = null;
        }
        expected = line.Seq + 1;
        if (remembered)
            marks[line.Seq] = line.Hash;
        if (!IsSealed(line, line.Seq))
        {
            if (suspects.Count < MostSuspects)
                suspects.Add(line);
            else
                findings.Add(new ChainFinding(ChainFault.Altered, chain, line.Seq, line.Seq));
            previous = null;
            return;
        }
        lastSealed = line.Seq;
        // After a line that is wrong itself nothing is said about the link: that line is named.
        if (previous is not null && !previous.AsSpan().SequenceEqual(line.Previous))
            findings.Add(new ChainFinding(ChainFault.LinkBroken, chain, line.Seq, line.Seq));
        previous = line.Hash;
    }

    /// <summary>Ends the check.</summary>
    /// <param name="before">Where the chain ended before the lines were read; null when nothing says so.</param>
    /// <param name="after">The same, read after them.</param>
    /// <param name="anchors">Lines of this chain remembered outside the database.</param>
    public IReadOnlyList<ChainFinding> Finish(ChainHead? before, ChainHead? after, IEnumerable<ChainAnchor> anchors)
    {
        if (!HasSoundBeginning)
            findings.Add(new ChainFinding(ChainFault.CheckpointAltered, chain, first, first));
        var end = Head(before, after);
        if (end >= expected && end < long.MaxValue)
            gaps.Add((expected, end));
        Sort(end);
        foreach (var anchor in anchors)
        {
            if (!Holds(anchor))
                findings.Add(new ChainFinding(ChainFault.AnchorBroken, chain, anchor.Seq, anchor.Seq));
        }
        return [.. findings.OrderBy(static finding => finding.Seq)];
    }

    /// <summary>Checks what says where the chain ends.</summary>
    /// <returns>The last place a line was sealed for, as far as it is known.</returns>
    private long Head(ChainHead? before, ChainHead? after)
    {
        if (before is null || after is null)
        {
            findings.Add(new ChainFinding(ChainFault.HeadMissing, chain, expected - 1, expected - 1));
            return long.MaxValue;
        }
        var isSealed = before.Seal.AsSpan().SequenceEqual(key.Head(chain, before.Seq, before.Hash));
        // Lines of which the head read later knows nothing, though they are sealed: it was set back.
        if (!isSealed || after.Seq < lastSealed)
            findings.Add(new ChainFinding(ChainFault.HeadAltered, chain, before.Seq, before.Seq));
        else if (marks.TryGetValue(before.Seq, out var hash) && !hash.AsSpan().SequenceEqual(before.Hash))
            findings.Add(new ChainFinding(ChainFault.HeadAltered, chain, before.Seq, before.Seq));
        // Lines may have come while they were read.
        return isSealed ? Math.Max(before.Seq, lastSealed) : long.MaxValue;
    }

    private bool Holds(ChainAnchor anchor)
    {
        if (anchor.Seq <= first)
            return anchor.Seq < first || checkpoint!.Hash.AsSpan().SequenceEqual(anchor.Hash);
        return marks.TryGetValue(anchor.Seq, out var hash) && hash.AsSpan().SequenceEqual(anchor.Hash);
    }

    /// <summary>
    /// What was sealed for another place is a moved line, or a copy when the line of that place stands there too. Of the rest, one that stands where
    /// a line is missing is that line, altered; any other was put in. What then still has no line was deleted.
    /// </summary>
    private void Sort(long end)
    {
        var missing = new SortedSet<long>(suspects.Select(static line => line.Seq).Where(seq => seq <= end));
        foreach (var (from, last) in gaps)
        {
            var to = Math.Min(last, end);
            if (to - from >= LongestRun)
                AddRun((from, to));
            else
                missing.UnionWith(Places(from, to));
        }
        var rest = new List<AuditLine>();
        var tries = MostTries;
        var shift = 0L;
        foreach (var line in suspects)
        {
            if (PlaceOf(line, ref shift, ref tries, missing) is not { } place)
            {
                rest.Add(line);
                continue;
            }
            var isMoved = missing.Remove(place);
            findings.Add(new ChainFinding(isMoved ? ChainFault.Reordered : ChainFault.Inserted, chain, line.Seq, line.Seq, place));
        }
        foreach (var line in rest)
            findings.Add(new ChainFinding(missing.Remove(line.Seq) ? ChainFault.Altered : ChainFault.Inserted, chain, line.Seq, line.Seq));
        AddDeleted(missing);
    }

    private static IEnumerable<long> Places(long from, long to)
    {
        for (var seq = from; seq <= to; seq++)
            yield return seq;
    }

    /// <summary>The place a line was sealed for; null when it was sealed for none that is looked at.</summary>
    private long? PlaceOf(AuditLine line, ref long shift, ref int tries, SortedSet<long> missing)
    {
        // Lines that were all shifted by one put in share their distance.
        foreach (var near in new[] { line.Seq + shift, line.Seq - 1, line.Seq + 1 })
        {
            if (near > first && near != line.Seq && IsSealed(line, near))
            {
                shift = near - line.Seq;
                return near;
            }
        }
        foreach (var place in missing)
        {
            if (--tries < 0)
                return null;
            if (place != line.Seq && IsSealed(line, place))
                return place;
        }
        return null;
    }

    private void AddDeleted(SortedSet<long> missing)
    {
        (long First, long Last)? run = null;
        foreach (var seq in missing)
        {
            if (run is { } going && going.Last + 1 == seq)
            {
                run = (going.First, seq);
                continue;
            }
            AddRun(run);
            run = (seq, seq);
        }
        AddRun(run);
    }

    private void AddRun((long First, long Last)? run)
    {
        if (run is { } deleted)
            findings.Add(new ChainFinding(ChainFault.Deleted, chain, deleted.First, deleted.Last));
    }

    private bool IsSealed(AuditLine line, long seq)
    {
        if (line.Chain != chain)
            return false;
        LineBytes.Write(line, seq, canonical);
        return key.IsLine(canonical.WrittenSpan, line.Hash);
    }
}
