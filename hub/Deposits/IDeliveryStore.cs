using DmpFederation.Sdk;

namespace DmpFederation.Hub.Deposits;

/// <summary>How far a deposit came on its way to a legacy system.</summary>
internal enum DeliveryState
{
    /// <summary>It waits: the system was not asked yet, or was away.</summary>
    Pending,

    /// <summary>The system holds it.</summary>
    Delivered,

    /// <summary>It was refused and is not tried again by itself.</summary>
    Refused,
}

/// <summary>One line of a receipt.</summary>
/// <param name="SourceId">The legacy system.</param>
/// <param name="State">How far it came.</param>
/// <param name="Code">Why it waits or was refused; null when it was not tried yet, and when it was delivered.</param>
internal sealed record DeliveryStatus(string SourceId, DeliveryState State, string? Code);

/// <summary>
/// The lines from deposits to legacy systems. Who has claimed a line alone may say what became of it, until the claim ends. Every member throws
/// <see cref="DepositsUnavailableException"/> when the store cannot be used. Thread-safe; several nodes may share it.
/// </summary>
internal interface IDeliveryStore
{
    /// <summary>Claims lines whose time has come, the longest waiting first. Whoever claimed one before and let the time pass has lost it.</summary>
    /// <param name="most">Most lines.</param>
    /// <param name="until">End of the claim.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<IReadOnlyList<DueDelivery>> ClaimAsync(int most, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Says what became of a claimed line; false when the claim was lost.</summary>
    Task<bool> NoteAsync(DueDelivery delivery, DeliveryNote note, CancellationToken cancellationToken);

    /// <summary>A page of lines, newest first.</summary>
    /// <param name="sources">Only of these sources; null for every one.</param>
    /// <param name="state">Only in this state; null for every one.</param>
    /// <param name="most">Most lines.</param>
    /// <param name="after">Last line of the page before; null from the newest.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<IReadOnlyList<DeliveryLine>> ListAsync(
        IReadOnlyList<string>? sources, DeliveryState? state, int most, long? after, CancellationToken cancellationToken);

    /// <summary>One line; null when there is none.</summary>
    Task<DeliveryLine?> FindAsync(long id, CancellationToken cancellationToken);

    /// <summary>
    /// Lets a line that waits or was refused be tried at once. False for one that was delivered, or whose deposit was replaced.
    /// </summary>
    Task<bool> RetryAsync(long id, CancellationToken cancellationToken);
}

/// <summary>Codes of the lines that are the hub's own; the others come from the source.</summary>
internal static class DeliveryCodes
{
    /// <summary>Another deposit replaced it before it was delivered.</summary>
    public const string Replaced = "REPLACED";

    /// <summary>The source is configured no more.</summary>
    public const string SourceUnknown = "SOURCE_UNKNOWN";

    /// <summary>What the patient decided cannot be read now.</summary>
    public const string PolicyUnavailable = "POLICY_UNAVAILABLE";
}

/// <summary>A line that was claimed, with what is to be delivered.</summary>
internal sealed record DueDelivery
{
    public required long Id { get; init; }

    /// <summary>Number of the claim: grows with every one.</summary>
    public required long Claim { get; init; }

    public required string SourceId { get; init; }

    /// <summary>Tries before this one.</summary>
    public required int Attempts { get; init; }

    public required string UniqueId { get; init; }

    /// <summary>The INS the deposit was made under.</summary>
    public required PatientKey Patient { get; init; }

    public required Depositor Depositor { get; init; }

    public required ReadOnlyMemory<byte> Resource { get; init; }

    public DepositContent? Content { get; init; }

    public override string ToString() => $"DueDelivery({Id}, {SourceId})";
}

/// <summary>What became of a try.</summary>
/// <param name="State">The state from now on.</param>
/// <param name="Code">Why; null when delivered.</param>
/// <param name="LocalId">Local id at the source; null unless delivered.</param>
/// <param name="Attempts">Tries so far.</param>
/// <param name="DueAt">When it is tried again; meaningless unless it waits.</param>
internal sealed record DeliveryNote(DeliveryState State, string? Code, string? LocalId, int Attempts, DateTimeOffset DueAt);

/// <summary>A line as operators see it: nothing tells whose it is.</summary>
internal sealed record DeliveryLine
{
    public required long Id { get; init; }

    public required string SourceId { get; init; }

    public required DeliveryState State { get; init; }

    public string? Code { get; init; }

    /// <summary>Tries so far.</summary>
    public required int Attempts { get; init; }

    /// <summary>When the deposit was made.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When the state was last said.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>When it is tried again; null unless it waits.</summary>
    public DateTimeOffset? DueAt { get; init; }
}
