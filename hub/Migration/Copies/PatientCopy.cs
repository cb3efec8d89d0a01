using DmpFederation.Sdk;

namespace DmpFederation.Hub.Migration.Copies;

/// <summary>
/// All a source says of one patient at one time, in one group of categories: what a copy moves, a verification compares and the national store gives
/// back. It is made only of a read that ended well; a read that broke is no copy.
/// </summary>
internal sealed record PatientCopy
{
    /// <summary>The key the source was asked by.</summary>
    public required PatientKey Key { get; init; }

    /// <summary>The source does not know this patient.</summary>
    public bool IsUnknown { get; init; }

    /// <summary>The facts, by local id, each once.</summary>
    public IReadOnlyList<DossierEntry> Entries { get; init; } = [];

    /// <summary>Whom the source says it files the facts under.</summary>
    public IReadOnlyList<PatientFound> Found { get; init; } = [];

    /// <summary>What the source holds and nobody could read, with its bytes.</summary>
    public IReadOnlyList<Unreadable> Unreadable { get; init; } = [];

    /// <summary>Codes of the gaps the source stated of this patient or of every patient; the answer is as partial nationally as it was before.</summary>
    public IReadOnlyList<string> Gaps { get; init; } = [];

    /// <summary>State of the source it shows, as the source said; null when it did not.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Content of the documents among the facts, where the source gives it, by local id of the document.</summary>
    public IReadOnlyDictionary<string, ContentCopy> Contents { get; init; } = new Dictionary<string, ContentCopy>();

    /// <summary>Prints nobody.</summary>
    public override string ToString() => $"PatientCopy({Entries.Count} facts)";
}

/// <summary>Content of one document.</summary>
/// <param name="ContentType">Media type.</param>
/// <param name="Bytes">As the source keeps it.</param>
internal sealed record ContentCopy(string ContentType, ReadOnlyMemory<byte> Bytes);

/// <summary>What the national store holds of a source's patient.</summary>
/// <param name="Wave">The wave the patient belongs to.</param>
/// <param name="Groups">By group of categories, those that were copied; contents are left out and opened one by one.</param>
internal sealed record HeldPatient(PatientKey Key, string Wave, IReadOnlyDictionary<string, HeldCopy> Groups);

/// <summary>One held copy.</summary>
/// <param name="Copy">What it says.</param>
/// <param name="ConfirmedAt">When it was last read from the legacy, or found equal to it.</param>
internal sealed record HeldCopy(PatientCopy Copy, DateTimeOffset ConfirmedAt)
{
    /// <summary>Which of its facts are no valid FHIR R4. They are among the facts all the same, as the source says them.</summary>
    public IReadOnlyList<RefusedFact> Refused { get; init; } = [];
}

/// <summary>A fact the national intake refused, with its bytes kept. It is looked at again whenever its source says it again.</summary>
/// <param name="LocalId">Its local id.</param>
/// <param name="Code">Stable code.</param>
/// <param name="Reason">What to fix. No patient data.</param>
internal sealed record RefusedFact(string LocalId, string Code, string Reason);
