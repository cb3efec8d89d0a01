using System.Collections.ObjectModel;
using System.Text.Json.Serialization;

namespace DmpFederation.SyntheticFrance.Model;

/// <summary>One invented person. The INS is of the official test range (OID 1.2.250.1.213.1.4.10) with a right key.</summary>
public sealed record SyntheticPatient
{
    /// <summary>Position in the world, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>15 characters: NIR13 and key.</summary>
    public required string InsNir { get; init; }

    /// <summary>22 digits: 20 and key (ASIP Santé 2009), computed from <see cref="GivenNames"/>[0], birth date and NIR13.</summary>
    public required string InsC { get; init; }

    public required string BirthName { get; init; }

    /// <summary>Null when the birth name is used.</summary>
    public string? UsedName { get; init; }

    public required IReadOnlyList<string> GivenNames { get; init; }

    public required DateOnly BirthDate { get; init; }

    /// <summary><c>F</c> or <c>M</c>.</summary>
    public required string Sex { get; init; }

    /// <summary>Code officiel géographique, five characters.</summary>
    public required string BirthPlaceCode { get; init; }

    public required string BirthPlaceName { get; init; }

    /// <summary>Region of residence, as a source id's region: <c>franche-comte</c>, <c>picardie</c>, <c>rhone-alpes</c>.</summary>
    public required string Region { get; init; }

    public required string AddressLine { get; init; }

    public required string PostalCode { get; init; }

    public required string City { get; init; }

    /// <summary>ICD-10 codes of chronic conditions.</summary>
    public required IReadOnlyList<string> Conditions { get; init; }

    /// <summary>Médecin traitant.</summary>
    public required SyntheticAuthor Attending { get; init; }

    /// <summary>Every fact, each once, oldest first.</summary>
    public required IReadOnlyList<SyntheticFact> Facts { get; init; }

    /// <summary>Identity hazards planted around the patient.</summary>
    public IReadOnlyList<IdentityTrap> Traps { get; init; } = [];

    /// <summary>Identities of the sources that record another one than the patient's own. Ask <see cref="RecordedIdentity"/>.</summary>
    public IReadOnlyDictionary<string, RecordedIdentity> RecordedOtherwise { get; init; } = ReadOnlyDictionary<string, RecordedIdentity>.Empty;

    /// <summary>
    /// Numbers and traits a source's system must write for this patient; the sources' writers ask here and nowhere else, so that every trap
    /// reaches every source that can state it.
    /// </summary>
    public RecordedIdentity RecordedIdentity(string sourceId) => RecordedOtherwise.GetValueOrDefault(sourceId) ?? OwnIdentity;

    /// <summary>The patient's own numbers and traits.</summary>
    [JsonIgnore]
    public RecordedIdentity OwnIdentity => new()
    {
        InsNir = InsNir,
        InsC = InsC,
        BirthName = BirthName,
        UsedName = UsedName,
        GivenNames = GivenNames,
        BirthDate = BirthDate,
        Sex = Sex,
        BirthPlaceCode = BirthPlaceCode,
        BirthPlaceName = BirthPlaceName,
        AddressLine = AddressLine,
        PostalCode = PostalCode,
        City = City,
    };

    /// <summary>What the hub can have of a source for this patient.</summary>
    public TrapReach Reach(string sourceId)
    {
        foreach (var trap in Traps)
        {
            if (trap.SourceId == sourceId && trap.Reach != TrapReach.Own)
                return trap.Reach;
        }

        return TrapReach.Own;
    }

    /// <summary>True when a reader of the hub with every right must see this origin of a fact today.</summary>
    public bool Shows(SyntheticOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(origin);
        return origin.Visible && Reach(origin.SourceId) == TrapReach.Own;
    }
}

/// <summary>An invented professional at an invented structure; RPPS and FINESS have right keys.</summary>
/// <param name="Rpps">11 digits with Luhn key.</param>
/// <param name="Specialty">Such as <c>G15_10/SM26</c>.</param>
public sealed record SyntheticAuthor(string Rpps, string FamilyName, string GivenName, string Specialty, string Finess, string OrganizationName);

/// <summary>What kind of fact it is; each legacy system writes the kinds it holds in its own format.</summary>
public enum FactKind
{
    /// <summary>One box line dispensed: CIP13, ATC, quantity, date.</summary>
    Dispensation,

    /// <summary>A medicine prescribed: ATC, text.</summary>
    Prescription,

    /// <summary>One analyte of one sampling.</summary>
    LabResult,

    /// <summary>ICD-10 problem.</summary>
    Problem,

    /// <summary>An allergy, or the statement that none is known.</summary>
    Allergy,

    /// <summary>A vaccine given.</summary>
    Vaccination,

    /// <summary>A weight, height or blood pressure.</summary>
    VitalSign,

    /// <summary>A stay in hospital.</summary>
    Stay,

    /// <summary>A visit to a practice or centre, without a stay.</summary>
    Visit,

    /// <summary>An act: CCAM code, or SNOMED CT or LOINC where CCAM has none.</summary>
    Act,

    /// <summary>What a meeting sheet (RCP) or care plan (PPS) proposes: held in its document, as that document's own words.</summary>
    CarePlan,

    /// <summary>A document: biology report, medical summary, discharge letter, vaccination note, dispensation record, RCP, PPS.</summary>
    Document,

    /// <summary>A vaccine paid for: CIP13, ATC. That somebody injected it is another fact, of another day.</summary>
    ReimbursedVaccine,

    /// <summary>A device paid for: LPP code.</summary>
    ReimbursedDevice,
}

/// <summary>How a document's content is written.</summary>
public enum DocumentForm
{
    /// <summary>CDA R2 level 3: structured body holding the facts that name this document as theirs.</summary>
    Structured,

    /// <summary>CDA R2 level 1: a PDF in base64.</summary>
    Pdf,
}

/// <summary>One clinical fact, with every source that holds it.</summary>
public sealed record SyntheticFact
{
    /// <summary>Unique in the world: <c>p12-f3</c>.</summary>
    public required string Id { get; init; }

    public required FactKind Kind { get; init; }

    /// <summary>Clinical moment (sampling, dispensation, onset, act), Paris offset. For kinds dated by day only the date counts.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>Codes of the same thing in several terminologies, most specific first (system URI, code, French label).</summary>
    public required IReadOnlyList<SyntheticCode> Codes { get; init; }

    /// <summary>Number of a result or vital sign, or of boxes. Null when none.</summary>
    public decimal? Value { get; init; }

    /// <summary>Diastolic pressure, where <see cref="Value"/> is the systolic one. Null otherwise.</summary>
    public decimal? SecondValue { get; init; }

    /// <summary>UCUM unit.</summary>
    public string? Unit { get; init; }

    public decimal? ReferenceLow { get; init; }

    public decimal? ReferenceHigh { get; init; }

    /// <summary><c>N</c>, <c>L</c>, <c>H</c>. Null when none.</summary>
    public string? Flag { get; init; }

    /// <summary>End of a stay.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>Free text: posology, comment, PDF paragraph.</summary>
    public string? Text { get; init; }

    /// <summary>Documents only.</summary>
    public DocumentForm? Form { get; init; }

    /// <summary>Id of the document this one replaces, whose contents it corrects. Null for any other fact.</summary>
    public string? Replaces { get; init; }

    public required SyntheticAuthor Author { get; init; }

    /// <summary>True when it befell another person and a source files it under this patient (<see cref="IdentityTrapKind.TraitsMismatch"/>).</summary>
    public bool OfAnother { get; init; }

    /// <summary>Every source that holds it, as it holds it.</summary>
    public required IReadOnlyList<SyntheticOrigin> Origins { get; init; }
}

/// <summary>A code in a terminology.</summary>
public sealed record SyntheticCode(string System, string Code, string Label);

/// <summary>
/// How one source holds a fact. Local ids by source: <c>dp</c>: the dispensation line's key; <c>franche-comte</c>: the document's uniqueId
/// (<c>root</c> or <c>root^extension</c>) for a document, <c>uniqueId#root^extension</c> of the entry's CDA <c>id</c> for a fact inside it;
/// <c>picardie</c>: <c>ResourceType/id</c>; <c>web-medecin</c>: the line's CDA <c>id</c>, or <c>file/kind/day/system|code/n</c> for a line
/// without one; <c>labos-rhone-alpes</c>: <c>sender/file number</c> for a report, <c>sender/file number/laboratory code</c> for a result;
/// <c>reseau-diabete</c>: <c>suivi/</c> and the number of the record.
/// </summary>
public sealed record SyntheticOrigin
{
    public required string SourceId { get; init; }

    public required string LocalId { get; init; }

    /// <summary>Identifiers under which other sources know the same fact (uniqueId of a document, accession of a result); system URI and value.</summary>
    public IReadOnlyList<(string System, string Value)> Identifiers { get; init; } = [];

    /// <summary>Id of the document fact this source holds it in. Null when held on its own.</summary>
    public string? DocumentFactId { get; init; }

    /// <summary>Where this source writes another code, value or unit for the same measurement (mass instead of molar). Null: as the fact.</summary>
    public SyntheticVariant? Variant { get; init; }

    /// <summary>False when the source holds it but does not show it today (outside its window, refused line, withdrawn): not in the truth.</summary>
    public bool Visible { get; init; } = true;

    /// <summary>
    /// True when the source recorded it by mistake and took it back: entered in error, document deleted, line cancelled. It is never visible.
    /// </summary>
    public bool Withdrawn { get; init; }

    /// <summary>
    /// The value this source wrote first, by mistake, in the unit it writes; corrected since, so that today it shows the right one. In a document,
    /// the mistake is in the one its document replaces. Null when it was right at once.
    /// </summary>
    public decimal? Erratum { get; init; }

    /// <summary>When the source recorded it, where that was long after it happened. Null: within hours.</summary>
    public DateTimeOffset? Recorded { get; init; }
}

/// <summary>The same measurement in another code and unit.</summary>
public sealed record SyntheticVariant(SyntheticCode Code, decimal Value, string Unit, decimal? ReferenceLow, decimal? ReferenceHigh);
