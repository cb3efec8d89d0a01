namespace DmpFederation.Hub.Quarantine;

/// <summary>The store could not do what was asked. The message is made of the code alone.</summary>
/// <param name="code"><c>DAMAGED</c>, <c>READ_ONLY</c>, <c>DISK_FULL</c>, <c>BUSY</c>, <c>UNREACHABLE</c>, <c>SCHEMA</c>, <c>FAULT</c>.</param>
internal sealed class QuarantineUnavailableException(string code) : Exception($"The quarantine cannot be used: {code}.")
{
    public string Code { get; } = code;
}

/// <summary>Which items are wanted.</summary>
/// <param name="Sources">Ids of sources; null for every source, empty for none.</param>
/// <param name="Code">Null for every code.</param>
/// <param name="State">Null for every state.</param>
internal sealed record QuarantineFilter(IReadOnlyList<string>? Sources = null, string? Code = null, QuarantineState? State = null);

/// <summary>Items newest first, without bytes.</summary>
internal sealed record QuarantinedPage(IReadOnlyList<QuarantinedItem> Items, bool HasNext, long BeyondQuota);

/// <summary>What one commit did, per source.</summary>
internal sealed record KeptCount(string SourceId, int New, int Again, int BeyondQuota);

/// <summary>
/// Where items are kept. Every member throws <see cref="QuarantineUnavailableException"/> when the store cannot be used, and nothing else but for
/// cancellation. Several processes may use one store at once.
/// </summary>
internal interface IQuarantineStore
{
    /// <summary>True when there is something to read: a command need not make an empty store.</summary>
    bool Exists { get; }

    /// <summary>Makes the store when there is none, and tries whether it can be written.</summary>
    Task ProbeAsync(CancellationToken cancellationToken);

    /// <summary>Keeps the items in one durable commit, each once; those known already are counted.</summary>
    Task<IReadOnlyList<KeptCount>> KeepAsync(IReadOnlyList<SeenItem> items, CancellationToken cancellationToken);

    /// <summary>A page of items.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="first">Most items.</param>
    /// <param name="after">Id of the last item of the page before; null from the newest.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<QuarantinedPage> ListAsync(QuarantineFilter filter, int first, long? after, CancellationToken cancellationToken);

    /// <summary>One item without its bytes; null when there is none.</summary>
    Task<QuarantinedItem?> FindAsync(long id, CancellationToken cancellationToken);

    /// <summary>The kept bytes of an item; null when there are none, or no more.</summary>
    Task<byte[]?> BytesAsync(long id, CancellationToken cancellationToken);

    /// <summary>Items held, per source that has any.</summary>
    Task<IReadOnlyDictionary<string, int>> HeldAsync(CancellationToken cancellationToken);

    /// <summary>Marks a held item as read. False when it is not held (any more).</summary>
    Task<bool> ReplayedAsync(long id, string? pluginVersion, int entries, string actor, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Notes why a held item is still unreadable. False when it is not held (any more).</summary>
    Task<bool> StillUnreadableAsync(
        long id, string? pluginVersion, string code, string reason, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Gives a held item up. False when it is not held (any more).</summary>
    Task<bool> DiscardAsync(long id, string actor, string reason, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Erases the bytes of items settled before a moment; says how many.</summary>
    Task<int> EraseSettledAsync(DateTimeOffset before, CancellationToken cancellationToken);
}
