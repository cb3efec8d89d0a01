using DmpFederation.Hub.Access.Policy;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.National.Engine;

/// <summary>A policy that was read, and the state of the database it is known to hold for.</summary>
internal sealed record KeptPolicy(PatientPolicy Policy, long Version);

/// <summary>Policies that were read, a bounded number of them. Says nothing about whether they still hold. Thread-safe.</summary>
internal sealed class PolicyCache(int most)
{
    private readonly Lock gate = new();
    private readonly Dictionary<PatientKey, LinkedListNode<(PatientKey Key, KeptPolicy Kept)>> byKey = [];
    private readonly LinkedList<(PatientKey Key, KeptPolicy Kept)> leastUsedFirst = [];

    public KeptPolicy? Find(PatientKey key)
    {
        lock (gate)
        {
            if (!byKey.TryGetValue(key, out var node))
                return null;
            if (node.Next is not null)
            {
                leastUsedFirst.Remove(node);
                leastUsedFirst.AddLast(node);
            }
            return node.Value.Kept;
        }
    }

    public void Keep(PatientKey key, KeptPolicy policy)
    {
        lock (gate)
        {
            if (byKey.TryGetValue(key, out var node))
            {
                node.Value = (key, policy);
                return;
            }
            if (byKey.Count >= most && leastUsedFirst.First is { } least)
            {
                byKey.Remove(least.Value.Key);
                leastUsedFirst.RemoveFirst();
            }
            byKey[key] = leastUsedFirst.AddLast((key, policy));
        }
    }

    public void Forget(PatientKey key)
    {
        lock (gate)
        {
            if (byKey.Remove(key, out var node))
                leastUsedFirst.Remove(node);
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            byKey.Clear();
            leastUsedFirst.Clear();
        }
    }
}
