namespace DmpFederation.Sdk;

/// <summary>
/// One thing a source says while it is read. The family is closed: <see cref="DossierEntry"/>, <see cref="PatientFound"/>,
/// <see cref="PatientUnknown"/>, <see cref="ReadGap"/>, <see cref="Unreadable"/>, <see cref="SourceAsOf"/>.
/// </summary>
public abstract class ReadItem
{
    private protected ReadItem()
    {
    }
}

/// <summary>The source does not know this patient. It is not an error, and it is not the same as a known patient without entries.</summary>
/// <param name="patient">The key that was asked.</param>
public sealed class PatientUnknown(PatientKey patient) : ReadItem
{
    /// <summary>The key that was asked.</summary>
    public PatientKey Patient { get; } = patient;
}

/// <summary>
/// Whom the source files the facts under, as far as it knows that person. The hub compares these traits with the certified identity and keeps
/// out what is filed under somebody else, so a source that holds traits says them here, in the answer it gives anyway. It may come before,
/// between or after the entries, and more than once: a source with two records under one key says both. It promises no entry.
/// </summary>
/// <param name="patient">The key that was asked.</param>
/// <param name="traits">The traits as recorded; a trait the source does not hold is left out, never guessed.</param>
/// <param name="documentLocalId">
/// Local id of the document that names this person: the statement then holds for that document (<see cref="DossierEntry.LocalId"/>) and for the
/// facts out of it (<see cref="DossierEntry.DocumentLocalId"/>). Null when it holds for all the source files under the key.
/// </param>
public sealed class PatientFound(PatientKey patient, PatientTraits traits, string? documentLocalId = null) : ReadItem
{
    /// <summary>The key that was asked.</summary>
    public PatientKey Patient { get; } = patient;

    /// <summary>The traits as recorded.</summary>
    public PatientTraits Traits { get; } = traits;

    /// <summary>Local id of the document that names this person; null when it holds for all the source files under the key.</summary>
    public string? DocumentLocalId { get; } = documentLocalId;
}

/// <summary>The source answered, but not wholly: a page failed, a part could not be reached. The answer is then partial and says so.</summary>
/// <param name="code">Stable upper-case code, such as <c>PAGE_FAILED</c>. Never patient data.</param>
/// <param name="patient">The patient concerned; null when it concerns every patient of the request.</param>
public sealed class ReadGap(string code, PatientKey? patient = null) : ReadItem
{
    /// <summary>Stable upper-case code. Never patient data.</summary>
    public string Code { get; } = code;

    /// <summary>The patient concerned; null for every patient of the request.</summary>
    public PatientKey? Patient { get; } = patient;
}

/// <summary>Something the source holds that could not be read or mapped. Its bytes are kept so that it can be replayed after a fix.</summary>
public sealed class Unreadable : ReadItem
{
    /// <summary>Stable upper-case code of the reason, such as <c>CDA_NOT_XML</c>. Never patient data.</summary>
    public required string Code { get; init; }

    /// <summary>What to fix, for a person who may see the item. Never patient data.</summary>
    public required string Reason { get; init; }

    /// <summary>Where in the source it was: file, row, URL path, element. Null when the whole item.</summary>
    public string? Position { get; init; }

    /// <summary>
    /// The bytes as received, as little as the item needs to be read again. Empty only when none could be fetched. The array behind them must not
    /// change afterwards: they are written down later.
    /// </summary>
    public ReadOnlyMemory<byte> Raw { get; init; }

    /// <summary>The patient it was filed under; null when that could not be read either.</summary>
    public PatientKey? Patient { get; init; }

    /// <summary>Local id of the item within the source. Null when unknown.</summary>
    public string? LocalId { get; init; }

    /// <summary>The same item, read again and still unreadable (<see cref="IItemReplay"/>): all of it but code and reason stays.</summary>
    /// <param name="code">Stable upper-case code of the reason as it is now. Never patient data.</param>
    /// <param name="reason">What to fix. Never patient data.</param>
    public Unreadable Still(string code, string reason) => new()
    {
        Code = code,
        Reason = reason,
        Position = Position,
        Raw = Raw,
        Patient = Patient,
        LocalId = LocalId,
    };
}

/// <summary>How fresh the source's answer is, when it is older than now (an export, a replica).</summary>
/// <param name="moment">State of the source that the answer shows.</param>
public sealed class SourceAsOf(DateTimeOffset moment) : ReadItem
{
    /// <summary>State of the source that the answer shows.</summary>
    public DateTimeOffset Moment { get; } = moment;
}
