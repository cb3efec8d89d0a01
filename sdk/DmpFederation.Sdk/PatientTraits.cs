namespace DmpFederation.Sdk;

/// <summary>Administrative sex as an identity trait (RNIV): female, male, or not stated by the source.</summary>
public enum TraitSex
{
    /// <summary>The source does not state it (HL7 U, UN, or nothing).</summary>
    Unknown,

    /// <summary>Female (HL7 F, FHIR female).</summary>
    Female,

    /// <summary>Male (HL7 M, FHIR male).</summary>
    Male,
}

/// <summary>How sure an identity is: the four exclusive statuses of the RNIV (référentiel national d'identitovigilance).</summary>
public enum IdentityStatus
{
    /// <summary>Neither fetched from INSi nor checked against a document (PROV).</summary>
    Provisional,

    /// <summary>Fetched from INSi, not checked against a document (RECUP).</summary>
    Retrieved,

    /// <summary>Checked against a high-trust identity document, not fetched from INSi (VALI).</summary>
    Validated,

    /// <summary>Both (QUAL). Only a qualified identity may travel with the INS matricule.</summary>
    Qualified,
}

/// <summary>
/// The identity traits one system holds of one person. Null means that the system does not state the trait, never that it is empty.
/// <see cref="object.ToString"/> prints no trait.
/// </summary>
public sealed record PatientTraits
{
    /// <summary>Nom de naissance, as recorded. Null when not stated.</summary>
    public string? BirthName { get; init; }

    /// <summary>Nom utilisé, as recorded. Null when not stated.</summary>
    public string? UsedName { get; init; }

    /// <summary>Prénoms de naissance in recorded order. Empty when not stated.</summary>
    public IReadOnlyList<string> GivenNames { get; init => field = KeptList.Of(value); } = [];

    /// <summary>Birth date as recorded; the day may be unknown. Null when not stated.</summary>
    public FhirDate? BirthDate { get; init; }

    /// <summary>Sex as recorded.</summary>
    public TraitSex Sex { get; init; }

    /// <summary>Place of birth: code officiel géographique of the INSEE, five characters. Null when not stated.</summary>
    public string? BirthPlaceCode { get; init; }

    /// <summary>Every identifier the system knows the person by, the one asked for included.</summary>
    public IReadOnlyList<PatientKey> Keys { get; init => field = KeptList.Of(value); } = [];

    /// <summary>How sure the system is of this identity.</summary>
    public IdentityStatus Status { get; init; }

    /// <summary>
    /// Reads the traits out of a FHIR R4 Patient of FR Core, in its present and its 2022 form: the name of birth (<c>official</c>, <c>maiden</c>, or
    /// a lone name of no stated use) with the list of birth given names, the <c>usual</c> name, gender, birth date, the INSEE code of the birth
    /// place and the status of the identity, by the edition of its code. A property of an unexpected JSON type is as if absent.
    /// <see cref="Keys"/> leaves out deactivated identifiers (<c>old</c>) and billing numbers (type <c>NH</c>), which may be the insured parent's.
    /// </summary>
    /// <param name="utf8Patient">One JSON object, nested at most 64 deep. A byte order mark is left out. Not kept.</param>
    /// <param name="asked">The identifier the person was asked for by: if the Patient has it, it stays in <see cref="Keys"/> even when old.</param>
    /// <exception cref="EntryFormatException"><c>NOT_JSON</c>, or <c>NOT_A_RESOURCE</c> when it is no Patient. The message holds no trait.</exception>
    public static PatientTraits FromJson(ReadOnlyMemory<byte> utf8Patient, PatientKey? asked = null) => PatientTraitsReader.Read(utf8Patient, asked);

    /// <summary>Hides every trait.</summary>
    public override string ToString() => $"PatientTraits({Status})";
}
