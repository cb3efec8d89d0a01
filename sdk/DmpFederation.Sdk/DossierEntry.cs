namespace DmpFederation.Sdk;

/// <summary>
/// One clinical fact: an immutable envelope and the FHIR R4 resource as UTF-8 JSON bytes. The hub merges, decides and pages on the envelope
/// alone and hands the bytes through untouched. Thread-safe. Made by <see cref="FromJson(ReadOnlyMemory{byte}, EntryContext)"/>, by the
/// companion package DmpFederation.Sdk.Fhir, or property by property.
/// </summary>
public sealed partial class DossierEntry : ReadItem
{
    /// <summary>
    /// Identifier of the fact within its source: stable over time, the same at each read, never reused. The hub derives the public entry id from
    /// the source id and this. It is shown to clients as <c>Origin.localId</c>, so it must not be built from identity traits.
    /// </summary>
    public required string LocalId { get; init; }

    /// <summary>The key the source files this fact under. The hub refuses an entry filed under a key it did not ask for.</summary>
    public required PatientKey FiledUnder { get; init; }

    /// <summary>What the fact is about.</summary>
    public required EntryCategory Category { get; init; }

    /// <summary>The FHIR R4 resource, one JSON object in UTF-8, without BOM. The array behind it must not change afterwards.</summary>
    public required ReadOnlyMemory<byte> Resource { get; init; }

    /// <summary>Version of the fact in its source (FHIR <c>meta.versionId</c>, CDA <c>versionNumber</c>). Null when the source has none.</summary>
    public string? Version { get; init; }

    /// <summary>Main code: the analyte, medicine, problem, vaccine, act or document type. Null when not coded.</summary>
    public Coding? Code { get; init; }

    /// <summary>Every coding of the main code, the chosen <see cref="Code"/> included. Empty when not coded.</summary>
    public IReadOnlyList<Coding> Codings { get; init => field = KeptList.Of(value); } = [];

    /// <summary>Clinical date with its recorded precision: sampling, dispensation, onset, act. Null when not recorded.</summary>
    public FhirDate? Date { get; init; }

    /// <summary>Label to show. Never empty: falls back on the code's display, then on the code, then on the resource type.</summary>
    public required string Title { get; init; }

    /// <summary>Value of the fact. Null where a fact has none.</summary>
    public EntryValue? Value { get; init; }

    /// <summary>Author. Null when not recorded.</summary>
    public EntryAuthor? Author { get; init; }

    /// <summary>
    /// Status of the resource, as FHIR R4 spells it (<c>final</c>, <c>active</c>, …). Of a Condition or AllergyIntolerance its clinical status, but
    /// <c>entered-in-error</c> when it is verified as that. Null when not recorded.
    /// </summary>
    public string? Status { get; init; }

    /// <summary>
    /// Confidentiality codes (<c>N</c>, <c>R</c>, <c>V</c>, <c>MASQUE_PS</c>, <c>INVISIBLE_PATIENT</c>, …; JDV_J08) of the systems in
    /// <see cref="ConfidentialitySystems"/>, each once. Empty means normal.
    /// </summary>
    public IReadOnlyList<string> Confidentiality { get; init => field = KeptList.Of(value); } = [];

    /// <summary>Identifiers under which other systems may hold the same fact. Empty when none.</summary>
    public IReadOnlyList<BusinessIdentifier> Identifiers { get; init => field = KeptList.Of(value); } = [];

    /// <summary>When the source recorded or last changed it (FHIR <c>meta.lastUpdated</c>). Null when not recorded.</summary>
    public DateTimeOffset? Recorded { get; init; }

    /// <summary>
    /// Local id of the document this fact was extracted from: its confidentiality labels hold for the fact too. Null when from none.
    /// </summary>
    public string? DocumentLocalId { get; init; }

    /// <summary>
    /// Local id of the stay or consultation this fact belongs to, as the source names it: <c>Encounter/id</c> where the resource refers to it
    /// (<c>encounter</c>, <c>context.encounter</c>, <c>context</c>). A patient may hide a whole stay by it. Null when not known.
    /// </summary>
    public string? EncounterLocalId
    {
        get => field ?? EncounterReference.LocalIdOf(Resource.Span.Slice(EncounterAt.Start, EncounterAt.Length));
        init;
    }

    /// <summary>
    /// Patient identifier written inside the resource (<c>subject.identifier</c>, or the search <c>Patient?identifier=system|value</c> that IHE MHD
    /// writes as a reference). Null when there is none. The hub compares it with the patient asked for.
    /// </summary>
    public PatientKey? Subject { get; init; }

    /// <summary>True when this assembly read the resource through itself, so that the hub need not check once more that it is JSON.</summary>
    internal bool ResourceWasRead { get; init; }

    /// <summary>
    /// Where in <see cref="Resource"/> the reference to the encounter stands: the string is made when it is asked for, which is seldom. Length 0
    /// when there is none.
    /// </summary>
    internal (int Start, int Length) EncounterAt { get; init; }

    /// <summary>Prints category and resource length only.</summary>
    public override string ToString() => $"{Category} ({Resource.Length} bytes)";
}

/// <summary>What a connector knows of an entry beside the bytes of its resource.</summary>
/// <param name="FiledUnder">The key the source files the fact under.</param>
/// <param name="LocalId">Local id; null takes <c>ResourceType/id</c> from the resource.</param>
/// <param name="DocumentLocalId">Local id of the document the fact was extracted from; null when from none.</param>
/// <param name="Confidentiality">Labels to add to those of the resource (labels of the source document); null for none.</param>
public readonly record struct EntryContext(
    PatientKey FiledUnder, string? LocalId = null, string? DocumentLocalId = null, IReadOnlyList<string>? Confidentiality = null);
