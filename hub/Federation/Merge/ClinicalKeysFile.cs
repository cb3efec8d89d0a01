using System.Text.Json;
using System.Text.Json.Serialization;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Federation.Merge;

/// <summary>clinical-keys.json as written.</summary>
internal sealed record ClinicalKeysFile
{
    /// <summary>Stands among the codes of a rule for the organisation of the author.</summary>
    public const string Organization = "ORGANIZATION";

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false) },
    };

    public required string Version { get; init; }

    public required string About { get; init; }

    /// <summary>Systems whose identifiers name a patient, a professional or several facts, so that an equal value joins nothing.</summary>
    public required IReadOnlyList<SystemData> IdentifiersNotOfAFact { get; init; }

    public required IReadOnlyList<CodeSystemData> CodeSystems { get; init; }

    public required IReadOnlyList<RuleData> Rules { get; init; }

    public required IReadOnlyList<StatusData> StatusesApart { get; init; }

    public required ToleranceData Tolerance { get; init; }

    public required IReadOnlyList<AnalyteData> Analytes { get; init; }

    /// <exception cref="JsonException">It is not of this form.</exception>
    public static ClinicalKeysFile Read(Stream json) =>
        JsonSerializer.Deserialize<ClinicalKeysFile>(json, Format) ?? throw new JsonException("The file is empty.");

    public static ClinicalKeysFile ReadEmbedded()
    {
        using var json = typeof(ClinicalKeysFile).Assembly.GetManifestResourceStream("clinical-keys.json")
            ?? throw new InvalidOperationException("clinical-keys.json is not embedded in the hub.");
        return Read(json);
    }
}

internal sealed record SystemData(string System, string Reason);

internal sealed record StatusData(string Status, string Reason);

internal sealed record CodeSystemData(string Name, string System, CodeForm Form, string Reason);

internal sealed record ToleranceData(double Percent, double RoundedPercent, string Reason);

internal sealed record AnalyteData(string Id, IReadOnlyList<string> Loinc, IReadOnlyList<UnitData> Units);

/// <summary>Value in the analyte's first unit = (value − subtract) × factor.</summary>
internal sealed record UnitData(string Unit, double Factor, double Subtract = 0);

/// <summary>When facts of one category and resource type are one.</summary>
internal sealed record RuleData
{
    public required string Id { get; init; }

    public required EntryCategory Category { get; init; }

    public required string Resource { get; init; }

    /// <summary>Code systems that may name the fact, the most specific first.</summary>
    public required IReadOnlyList<string> Codes { get; init; }

    /// <summary>Whether an equal code of any other stated system counts too.</summary>
    public bool OtherCodes { get; init; }

    /// <summary>Whether facts without any code are compared by their text.</summary>
    public bool Text { get; init; }

    public required DateMatch Date { get; init; }

    /// <summary>Whether the value is part of the key.</summary>
    public bool Value { get; init; }

    public AuthorMatch Author { get; init; }

    public IReadOnlyList<FactFacet> Facets { get; init; } = [];

    /// <summary>Whether one source may hold one measurement twice, in two units.</summary>
    public bool UnitPairs { get; init; }

    /// <summary>Whether two documents of one source may state one fact.</summary>
    public bool AcrossDocuments { get; init; }

    /// <summary>Whether one identifier may cover several facts that their codes tell apart.</summary>
    public bool IdentifierNeedsSameCode { get; init; }

    /// <summary>Id of the rule whose facts such a fact may restate, in another source, under that rule's conditions. Null when none.</summary>
    public string? Restates { get; init; }

    /// <summary>
    /// True where a therapeutic group (ATC of fewer than seven characters) counts for nothing: it holds too many products to join two, and holds the
    /// very substance the other may state (A10 and A10BA02), so it cannot tell two apart.
    /// </summary>
    public bool SubstanceOnly { get; init; }

    /// <summary>ICD-10 prefixes of problems whose dates need not fit.</summary>
    public IReadOnlyList<string> LongLasting { get; init; } = [];

    public required string Reason { get; init; }
}

/// <summary>How codes of a terminology are made comparable.</summary>
internal enum CodeForm
{
    Exact,
    Cip7,
    Icd10,
    Ccam,
    Analyte,

    /// <summary>ATC: seven characters name a substance, fewer a group of them.</summary>
    Atc,
}

/// <summary>How the dates of two facts must fit.</summary>
internal enum DateMatch
{
    /// <summary>Same civil day in Paris; both dated to the day at least.</summary>
    Day,

    /// <summary>Same minute where both are moments, else same civil day.</summary>
    Moment,

    /// <summary>One is missing, or the coarser one holds the finer one.</summary>
    Compatible,

    /// <summary>Dates are not compared.</summary>
    Ignored,
}

/// <summary>How authors must fit.</summary>
internal enum AuthorMatch
{
    Any,

    /// <summary>Not two different RPPS numbers.</summary>
    NotContradicting,
}

/// <summary>Details read from the resource, only where everything else fits.</summary>
[Flags]
internal enum FactFacet
{
    None = 0,

    /// <summary>Quantity dispensed: no other one.</summary>
    Quantity = 1,

    /// <summary>Day a stay ended: no other one.</summary>
    PeriodEnd = 2,

    /// <summary>Hash of a document's content: stated by both and equal.</summary>
    ContentHash = 4,

    /// <summary>Values of an observation's components, where it has no value of its own: equal.</summary>
    Components = 8,
}
