namespace DmpFederation.Sdk;

/// <summary>A code in a terminology (FHIR R4 Coding).</summary>
/// <param name="System">Canonical URI of the terminology, <c>urn:oid:…</c> for one known only by OID. Null for a code local to the source.</param>
/// <param name="Code">The code. Null when only a text was recorded.</param>
/// <param name="Display">Label as recorded. Null when none.</param>
public sealed record Coding(string? System, string? Code, string? Display = null);

/// <summary>A business identifier of a fact, which survives copying between systems (FHIR R4 Identifier, CDA <c>id</c>, XDS uniqueId).</summary>
/// <param name="System">Assigning system as a URI. Never null; empty when the source states none.</param>
/// <param name="Value">The value. Never null or empty.</param>
public readonly record struct BusinessIdentifier(string System, string Value);

/// <summary>Who authored a fact, as the source records it; nothing here is verified. Null parts were not recorded.</summary>
/// <param name="Id">
/// PS_IdNat (TRE_G08: an RPPS number has an 8 in front, <c>899700218896</c>) or another identifier of the person, without its system.
/// </param>
/// <param name="Name">Printable name.</param>
/// <param name="Role">Profession and specialty, such as <c>G15_10/SM26</c>.</param>
/// <param name="OrganizationId">FINESS, STRUCT_IdNat or local identifier of the structure.</param>
/// <param name="OrganizationName">Printable name of the structure.</param>
public sealed record EntryAuthor(string? Id, string? Name, string? Role = null, string? OrganizationId = null, string? OrganizationName = null)
{
    /// <summary>Prints the role alone: the author may be the patient.</summary>
    public override string ToString() => $"EntryAuthor({Role})";
}

/// <summary>The value of a fact: a quantity, a code or a text. Null parts were not recorded; a value may have several.</summary>
public sealed record EntryValue
{
    /// <summary>Number of a quantity.</summary>
    public decimal? Number { get; init; }

    /// <summary>Comparator of a quantity: <c>&lt;</c>, <c>&lt;=</c>, <c>&gt;=</c>, <c>&gt;</c>. Null for equality.</summary>
    public string? Comparator { get; init; }

    /// <summary>Unit as printed by the source.</summary>
    public string? Unit { get; init; }

    /// <summary>Unit in UCUM.</summary>
    public string? UnitCode { get; init; }

    /// <summary>Coded value.</summary>
    public Coding? Coding { get; init; }

    /// <summary>Text value.</summary>
    public string? Text { get; init; }

    /// <summary>Low end of the reference range, in the unit of the value.</summary>
    public decimal? ReferenceLow { get; init; }

    /// <summary>High end of the reference range, in the unit of the value.</summary>
    public decimal? ReferenceHigh { get; init; }

    /// <summary>Interpretation code of HL7 v3-ObservationInterpretation (<c>N</c>, <c>L</c>, <c>H</c>, <c>HH</c>, …).</summary>
    public string? Interpretation { get; init; }
}
