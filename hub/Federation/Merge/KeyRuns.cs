using System.Buffers;

namespace DmpFederation.Hub.Federation.Merge;

/// <summary>Collects keys with the entry each belongs to, and gives back the entries that share one, key by key in ascending order.</summary>
internal struct KeyRuns(int capacity)
{
    private ulong[] keys = ArrayPool<ulong>.Shared.Rent(Math.Max(capacity, 16));
    private int[] entries = ArrayPool<int>.Shared.Rent(Math.Max(capacity, 16));
    private int count;
    private int position;

    public void Add(ulong key, int entry)
    {
        if (count == Math.Min(keys.Length, entries.Length))
            Grow();
        keys[count] = key;
        entries[count++] = entry;
    }

    /// <summary>Sorts, and gives the first run of two or more; empty when there is none.</summary>
    public Span<int> First()
    {
        Array.Sort(keys, entries, 0, count);
        position = 0;
        return Following();
    }

    /// <summary>The next run of two or more, its entries ascending and each once; empty at the end.</summary>
    public Span<int> Following()
    {
        while (position < count)
        {
            var start = position++;
            while (position < count && keys[position] == keys[start])
                position++;
            if (position - start < 2)
                continue;
            var run = entries.AsSpan(start, position - start);
            run.Sort();
            var kept = 1;
            for (var index = 1; index < run.Length; index++)
            {
                if (run[index] != run[kept - 1])
                    run[kept++] = run[index];
            }
            if (kept > 1)
                return run[..kept];
        }
        return default;
    }

    public readonly void Return()
    {
        ArrayPool<ulong>.Shared.Return(keys);
        ArrayPool<int>.Shared.Return(entries);
    }

    private void Grow()
    {
        var wider = new KeyRuns(count * 2);
        Array.Copy(keys, wider.keys, count);
        Array.Copy(entries, wider.entries, count);
        Return();
        (keys, entries) = (wider.keys, wider.entries);
    }
}
