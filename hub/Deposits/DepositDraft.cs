namespace DmpFederation.Hub.Deposits;

/// <summary>What a depositor sent, before anything of it was checked.</summary>
internal sealed record DepositDraft
{
    /// <summary>Names the fact for good: <c>urn:oid:…</c> or <c>urn:uuid:…</c>.</summary>
    public required string UniqueId { get; init; }

    /// <summary>The FHIR R4 resource as it was sent.</summary>
    public required ReadOnlyMemory<byte> Resource { get; init; }

    /// <summary>
    /// From whom it is hidden from the first moment: <c>MASQUE_PS</c>, <c>INVISIBLE_PATIENT</c>, <c>INVISIBLE_REPRESENTANTS_LEGAUX</c>.
    /// </summary>
    public required IReadOnlyList<string> Confidentiality { get; init; }

    /// <summary>UniqueId of the deposit it corrects (XDS RPLC); null when it corrects none.</summary>
    public string? Replaces { get; init; }

    /// <summary>Content of a document; null when none was sent.</summary>
    public DepositContent? Content { get; init; }

    /// <summary>Legacy systems it shall flow to; null takes every one that may have it.</summary>
    public IReadOnlyList<string>? Sources { get; init; }

    /// <summary>Prints nothing of it.</summary>
    public override string ToString() => $"DepositDraft({Resource.Length} bytes)";
}

/// <summary>Content of a document.</summary>
/// <param name="ContentType">Media type.</param>
/// <param name="Bytes">The content.</param>
internal sealed record DepositContent(string ContentType, ReadOnlyMemory<byte> Bytes)
{
    public override string ToString() => $"DepositContent({Bytes.Length} bytes)";
}
