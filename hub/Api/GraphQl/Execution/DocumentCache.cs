using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Api.GraphQl.Execution;

/// <summary>Least-recently-used cache of parsed and validated documents, by text and operation. Thread-safe.</summary>
internal sealed class DocumentCache(IOptions<GraphQlOptions> options)
{
    private readonly Lock gate = new();
    private readonly LinkedList<(DocumentKey Key, CachedDocument Document)> byUse = [];
    private readonly Dictionary<DocumentKey, LinkedListNode<(DocumentKey Key, CachedDocument Document)>> byKey = [];
    private readonly int capacity = options.Value.CachedDocuments;

    public int Count
    {
        get
        {
            lock (gate)
                return byKey.Count;
        }
    }

    public CachedDocument? Find(string text, string? operation)
    {
        lock (gate)
        {
            if (!byKey.TryGetValue(new DocumentKey(text, operation), out var node))
                return null;
            byUse.Remove(node);
            byUse.AddFirst(node);
            return node.Value.Document;
        }
    }

    public void Keep(string text, string? operation, CachedDocument document)
    {
        if (capacity == 0)
            return;
        var key = new DocumentKey(text, operation);
        lock (gate)
        {
            if (byKey.ContainsKey(key))
                return;
            while (byKey.Count >= capacity)
            {
                byKey.Remove(byUse.Last!.Value.Key);
                byUse.RemoveLast();
            }

            byKey.Add(key, byUse.AddFirst((key, document)));
        }
    }

    private readonly record struct DocumentKey(string Text, string? Operation);
}
