namespace DmpFederation.Hub.National.Copies;

/// <summary>That a patient of a source was copied in a group of categories, and what the source says beside the facts.</summary>
internal sealed class CopyRow
{
    public required string SourceId { get; init; }

    public required string System { get; init; }

    public required string Value { get; init; }

    public required string CategoryGroup { get; init; }

    public required string Wave { get; init; }

    /// <summary>The source does not know the patient.</summary>
    public bool IsUnknown { get; init; }

    /// <summary><see cref="Codec.StatementCodec"/>; empty for none.</summary>
    public required byte[] Statements { get; init; }

    /// <summary>When it was first taken over.</summary>
    public DateTimeOffset TakenAt { get; init; }

    /// <summary>When it was last read from its source, or found equal to it.</summary>
    public DateTimeOffset ConfirmedAt { get; init; }
}

/// <summary>Content of a document. A document that was replaced keeps its former contents, by which its versions name them.</summary>
internal sealed class ContentRow
{
    public required string SourceId { get; init; }

    public required string System { get; init; }

    public required string Value { get; init; }

    public required string CategoryGroup { get; init; }

    public required byte[] LocalId { get; init; }

    public required byte[] Sha256 { get; init; }

    public required string ContentType { get; init; }

    public required byte[] Bytes { get; init; }

    public DateTimeOffset TakenAt { get; init; }
}
