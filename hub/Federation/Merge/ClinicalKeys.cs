using System.Collections.Frozen;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Federation.Merge;

/// <summary>
/// The rules of clinical-keys.json, checked and compiled for the merger. Immutable.
/// </summary>
internal sealed class ClinicalKeys
{
    /// <summary>Ranks 0 to 12 are the code systems of a rule in its order, then any other coding, then the text.</summary>
    public const byte OtherCodes = 13;

    public const byte TextCode = 14;

    private static readonly Lazy<ClinicalKeys> Embedded = new(static () => new ClinicalKeys(ClinicalKeysFile.ReadEmbedded()));

    private readonly ClinicalRule[][] byCategory;
    private readonly FrozenDictionary<string, CodeSystem> systems;
    private readonly FrozenDictionary<string, Analyte> analytes;
    private readonly FrozenSet<string> identifiersNotOfAFact;
    private readonly FrozenSet<string> statusesApart;

    /// <exception cref="ClinicalKeysException">The file says something that cannot be meant.</exception>
    public ClinicalKeys(ClinicalKeysFile file)
    {
        ClinicalKeysCheck.Throw(file);
        var systemNames = file.CodeSystems.Select(static (system, index) => (system.Name, index))
            .ToDictionary(static pair => pair.Name, static pair => pair.index);
        systemNames[ClinicalKeysFile.Organization] = file.CodeSystems.Count;
        systems = file.CodeSystems
            .Select(static (system, index) => KeyValuePair.Create(system.System, new CodeSystem(index, system.Form)))
            .ToFrozenDictionary(StringComparer.Ordinal);
        analytes = file.Analytes.Select(static (data, index) => new Analyte(index, data))
            .SelectMany(static analyte => analyte.Loinc.Select(loinc => (loinc, analyte)))
            .ToFrozenDictionary(static item => item.loinc, static item => item.analyte, StringComparer.Ordinal);
        identifiersNotOfAFact = file.IdentifiersNotOfAFact.Select(static item => item.System).ToFrozenSet(StringComparer.Ordinal);
        statusesApart = file.StatusesApart.Select(static item => item.Status).ToFrozenSet(StringComparer.Ordinal);
        Tolerance = file.Tolerance.Percent / 100;
        RoundedTolerance = file.Tolerance.RoundedPercent / 100;
        OrganizationSystem = file.CodeSystems.Count;
        var rules = file.Rules.Select((rule, index) => new ClinicalRule(index, rule, systemNames)).ToArray();
        foreach (var rule in rules)
            rule.Restated = rules.FirstOrDefault(other => other.Data.Id == rule.Data.Restates);
        byCategory = Enum.GetValues<EntryCategory>()
            .Select(category => rules.Where(rule => rule.Category == category).ToArray()).ToArray();
    }

    /// <summary>The rules the hub is built with.</summary>
    public static ClinicalKeys Default => Embedded.Value;

    /// <summary>Share of the greater value by which two values of one measurement may differ.</summary>
    public double Tolerance { get; }

    /// <summary>The same where a conversion was rounded in print.</summary>
    public double RoundedTolerance { get; }

    /// <summary>Index that stands for the organisation where a rule names it among its codes.</summary>
    public int OrganizationSystem { get; }

    /// <summary>The rule for a category and resource type; null when only identifiers may join such facts.</summary>
    public ClinicalRule? RuleFor(EntryCategory category, ReadOnlySpan<byte> resourceType)
    {
        if ((uint)category >= (uint)byCategory.Length)
            return null;
        foreach (var rule in byCategory[(int)category])
        {
            if (resourceType.SequenceEqual(rule.ResourceUtf8))
                return rule;
        }
        return null;
    }

    public CodeSystem? SystemOf(string uri) => systems.GetValueOrDefault(uri);

    public Analyte? AnalyteOf(string loinc) => analytes.GetValueOrDefault(loinc);

    /// <summary>True when an identifier of this system may name one fact. A system not stated names nothing.</summary>
    public bool NamesAFact(string system) => system.Length > 0 && !identifiersNotOfAFact.Contains(system);

    public bool StandsApart(string? status) => status is not null && statusesApart.Contains(status);
}

/// <summary>A terminology and how its codes are made comparable.</summary>
internal sealed record CodeSystem(int Index, CodeForm Form);

/// <summary>One analyte, whichever of its codes and units a laboratory uses.</summary>
internal sealed class Analyte(int index, AnalyteData data)
{
    private readonly (string Unit, double Subtract, double Factor)[] units =
        [.. data.Units.Select(static unit => (Units.Normalise(unit.Unit), unit.Subtract, unit.Factor))];

    public int Index { get; } = index;

    public IReadOnlyList<string> Loinc { get; } = data.Loinc;

    /// <summary>Which of the analyte's units this is, or -1.</summary>
    public int UnitIndex(string normalisedUnit) => Array.FindIndex(units, unit => unit.Unit == normalisedUnit);

    /// <summary>The value in the first unit of the analyte.</summary>
    public double Convert(double value, int unit) => (value - units[unit].Subtract) * units[unit].Factor;

    /// <summary>A step in one unit, in the first unit.</summary>
    public double ConvertStep(double step, int unit) => step * units[unit].Factor;
}

/// <summary>One compiled rule.</summary>
internal sealed class ClinicalRule
{
    private readonly sbyte[] rankBySystem;

    public ClinicalRule(int index, RuleData data, Dictionary<string, int> systems)
    {
        Index = index;
        Data = data;
        ResourceUtf8 = System.Text.Encoding.UTF8.GetBytes(data.Resource);
        rankBySystem = new sbyte[systems.Count];
        Array.Fill(rankBySystem, (sbyte)-1);
        for (var rank = 0; rank < data.Codes.Count; rank++)
            rankBySystem[systems[data.Codes[rank]]] = (sbyte)rank;
        Facets = data.Facets.Aggregate(FactFacet.None, static (all, one) => all | one);
    }

    public int Index { get; }

    public RuleData Data { get; }

    public EntryCategory Category => Data.Category;

    public byte[] ResourceUtf8 { get; }

    /// <summary>The rule whose facts such a fact may restate; null when none.</summary>
    public ClinicalRule? Restated { get; internal set; }

    public FactFacet Facets { get; }

    /// <summary>Rank of a code system in this rule: the most specific one is 0; -1 when the rule does not name it.</summary>
    public int RankOf(int system) => rankBySystem[system];

    /// <summary>True when the day is part of the key, so that undated facts are never joined by it.</summary>
    public bool NeedsDay => Data.Date is DateMatch.Day or DateMatch.Moment;
}
