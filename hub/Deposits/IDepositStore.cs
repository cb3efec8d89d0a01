using DmpFederation.Sdk;

namespace DmpFederation.Hub.Deposits;

/// <summary>
/// Where deposits are kept, for good and unchanged. Every member throws <see cref="DepositsUnavailableException"/> when the store cannot be used;
/// nothing was done then. Thread-safe.
/// </summary>
internal interface IDepositStore
{
    /// <summary>
    /// Keeps a deposit with its lines to legacy systems, all or nothing. What is kept already under its uniqueId, of the same person and with the same
    /// content, is left as it is and its receipt given again.
    /// </summary>
    Task<KeepOutcome> KeepAsync(NewDeposit deposit, CancellationToken cancellationToken);

    /// <summary>
    /// What is in force of these patients: deposits under a key itself and under every identifier that is linked to the same person now. A deposit
    /// that another one replaces is left out. In the order of the keys.
    /// </summary>
    Task<IReadOnlyList<HeldRecord>> ReadAsync(IReadOnlyList<PatientKey> keys, CancellationToken cancellationToken);

    /// <summary>Content of a document in force; null when it has none, is unknown, or is another person's.</summary>
    Task<DepositContent?> OpenContentAsync(PatientKey key, string uniqueId, CancellationToken cancellationToken);

    /// <summary>Ends when the store can be used.</summary>
    Task ProbeAsync(CancellationToken cancellationToken);
}

/// <summary>A deposit that was checked, to be kept.</summary>
internal sealed record NewDeposit
{
    public required string UniqueId { get; init; }

    /// <summary>The INS it was made under.</summary>
    public required PatientKey Patient { get; init; }

    public required EntryCategory Category { get; init; }

    /// <summary>What was sent: two deposits are the same when this says the same.</summary>
    public required DepositDraft Draft { get; init; }

    /// <summary>The resource as it is kept and given.</summary>
    public required ReadOnlyMemory<byte> Resource { get; init; }

    public required Depositor Depositor { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Legacy systems it flows to.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    public override string ToString() => $"NewDeposit({Category})";
}

/// <summary>Who wrote it: what the patient's refusals of feeding are asked with when it is delivered later.</summary>
/// <param name="Id">PS_IdNat.</param>
/// <param name="Profession">TRE_G15.</param>
/// <param name="OrganizationId">STRUCT_IdNat; null when none.</param>
internal sealed record Depositor(string Id, string Profession, string? OrganizationId);

/// <summary>What became of a deposit. The family is closed.</summary>
internal abstract record KeepOutcome
{
    private KeepOutcome()
    {
    }

    /// <summary>It is kept, now or since before.</summary>
    /// <param name="Receipt">What the depositor is told.</param>
    /// <param name="IsNew">True when it was kept now.</param>
    internal sealed record Kept(DepositReceipt Receipt, bool IsNew) : KeepOutcome;

    /// <summary>Nothing was kept: <c>UNIQUE_ID_USED</c> with other bytes or for another patient, or <c>REPLACED_ALREADY</c>.</summary>
    internal sealed record Conflict(string Rule) : KeepOutcome;

    /// <summary>Nothing was kept: there is no such deposit of this patient and depositor to replace.</summary>
    internal sealed record NothingToReplace : KeepOutcome;
}

/// <summary>What a depositor is told.</summary>
/// <param name="UniqueId">The deposit.</param>
/// <param name="ReceivedAt">When it was kept.</param>
/// <param name="Deliveries">Where it flows to, ordered by source.</param>
internal sealed record DepositReceipt(string UniqueId, DateTimeOffset ReceivedAt, IReadOnlyList<DeliveryStatus> Deliveries);

/// <summary>What the record holds of one patient.</summary>
/// <param name="Key">The key that was asked for.</param>
/// <param name="IsKnown">True for who is known by a link or a deposit: then no deposit means that none was made.</param>
/// <param name="Deposits">What is in force, in the order it was kept.</param>
internal sealed record HeldRecord(PatientKey Key, bool IsKnown, IReadOnlyList<HeldDeposit> Deposits);

/// <summary>A deposit in force.</summary>
/// <param name="UniqueId">Its uniqueId, which is its local id.</param>
/// <param name="Category">What it is about.</param>
/// <param name="Resource">The resource.</param>
internal sealed record HeldDeposit(string UniqueId, EntryCategory Category, ReadOnlyMemory<byte> Resource)
{
    public override string ToString() => $"HeldDeposit({Category})";
}
