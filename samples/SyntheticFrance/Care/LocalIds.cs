using System.Globalization;
using DmpFederation.SyntheticFrance.Terminology;

namespace DmpFederation.SyntheticFrance.Care;

/// <summary>
/// Gives the ids each source files a patient's facts under. OIDs lie in 2.999, which ITU-T X.660 keeps for examples.
/// </summary>
internal sealed class LocalIds(int index)
{
    public const string RegistryRoot = "2.999.25.1";
    public const string EntryRoot = "2.999.25.2";
    public const string LaboratoryRoot = "2.999.69.1";

    private const int LinesPerPatient = 10_000;

    private int lines;
    private int documents;
    private int entries;
    private int resources;
    private int samples;

    /// <summary>Key of a dispensation line: a whole number, unique in the dossier pharmaceutique.</summary>
    public string NextLine() => Invariant($"{((index + 1L) * LinesPerPatient) + lines++}");

    /// <summary>uniqueId of a document: half of the store's software writes a bare OID, half a root with an extension.</summary>
    public DocumentId NextDocument()
    {
        var number = ++documents;
        return number % 2 == 0
            ? new DocumentId(RegistryRoot, Invariant($"FC{index + 1}.{number}"))
            : new DocumentId(Invariant($"{RegistryRoot}.{index + 1}.{number}"), null);
    }

    /// <summary>CDA id of an entry of the regional store.</summary>
    public EntryId NextEntry() => new(EntryRoot, Invariant($"E{index + 1}.{++entries}"));

    /// <summary>Number a laboratory gives to one result of one sample; it travels with the result.</summary>
    public EntryId NextResult() => new(LaboratoryRoot, Invariant($"R{index + 1}.{++samples}"));

    /// <summary>Logical id of a FHIR resource.</summary>
    public string NextResource(string type) => Invariant($"{type}/{index + 1}-{++resources}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A CDA document id.</summary>
internal sealed record DocumentId(string Root, string? Extension)
{
    public string LocalId => Extension is null ? Root : $"{Root}^{Extension}";

    public (string System, string Value) Identifier => Extension is null ? (CodeSystems.Uri, $"urn:oid:{Root}") : ($"urn:oid:{Root}", Extension);
}

/// <summary>An id of a fact inside a CDA document.</summary>
internal sealed record EntryId(string Root, string Extension)
{
    public (string System, string Value) Identifier => ($"urn:oid:{Root}", Extension);

    public string InDocument(string document) => $"{document}#{Root}^{Extension}";
}
