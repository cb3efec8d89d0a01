using System.Collections.Frozen;

namespace DmpFederation.Sdk;

/// <summary>
/// The rule that files the two R4 types which can be several things, Observation and DiagnosticReport, under one <see cref="EntryCategory"/>.
/// Public so that a connector which builds an entry property by property files it as the reader does.
/// </summary>
public static class EntryCategories
{
    private const string Loinc = "http://loinc.org";

    // Codes of table 0074 for a laboratory section, pathology and genetics included; those for an imaging section.
    private static readonly FrozenSet<string> LaboratorySections =
        new[] { "BG", "BLB", "CG", "CH", "CP", "GE", "HM", "IMM", "LAB", "MB", "MCB", "MYC", "OSL", "SP", "SR", "TX", "VR" }.ToFrozenSet();

    private static readonly FrozenSet<string> ImagingSections =
        new[] { "CT", "CUS", "NMR", "NMS", "OUS", "RAD", "RUS", "RX", "VUS", "XRC" }.ToFrozenSet();

    // R4 vital signs profile (hl7.org/fhir/R4/observation-vitalsigns.html), and what French practice software records beside it.
    private static readonly FrozenSet<string> VitalSigns = new[]
    {
        "85353-1", "85354-9", "8480-6", "8462-4", "8478-0", "8867-4", "9279-1", "8310-5", "8331-1", "8302-2", "8306-3", "8308-9",
        "29463-7", "3141-9", "3142-7", "39156-5", "2708-6", "59408-5", "9843-4", "8287-5", "8280-0", "56086-2", "72514-3",
    }.ToFrozenSet();

    /// <summary>
    /// Category of an Observation. A stated category decides: <c>vital-signs</c> gives <see cref="EntryCategory.VitalSign"/>, then
    /// <c>laboratory</c> or a laboratory section of table 0074 gives <see cref="EntryCategory.LabResult"/>, then any other code of
    /// observation-category gives <see cref="EntryCategory.Other"/>. Categories of other systems decide nothing. Without a deciding one: a LOINC
    /// vital sign is a <see cref="EntryCategory.VitalSign"/>; any other coded fact that was measured a <see cref="EntryCategory.LabResult"/>;
    /// the rest <see cref="EntryCategory.Other"/>.
    /// </summary>
    /// <param name="categories">Codings of <c>Observation.category</c>; empty when not stated.</param>
    /// <param name="codes">Codings of <c>Observation.code</c>.</param>
    /// <param name="measured">It has a value that is a quantity or an integer, or a reference range.</param>
    public static EntryCategory OfObservation(IReadOnlyList<Coding> categories, IReadOnlyList<Coding> codes, bool measured) =>
        OfObservation(Stated(categories), codes, measured);

    /// <summary>
    /// Category of a DiagnosticReport. An imaging section of table 0074, the LOINC part for radiology or observation-category <c>imaging</c> gives
    /// <see cref="EntryCategory.Imaging"/>; else a laboratory section, or <c>laboratory</c>, <see cref="EntryCategory.LabResult"/>. Without
    /// either: LOINC 18748-4 (imaging report) gives <see cref="EntryCategory.Imaging"/>; LOINC 11502-2 (laboratory report), or any LOINC code when
    /// the report lists results and states no other section, <see cref="EntryCategory.LabResult"/>; the rest <see cref="EntryCategory.Document"/>.
    /// </summary>
    /// <param name="categories">Codings of <c>DiagnosticReport.category</c>; empty when not stated.</param>
    /// <param name="codes">Codings of <c>DiagnosticReport.code</c>.</param>
    /// <param name="hasResults">It lists results.</param>
    public static EntryCategory OfDiagnosticReport(IReadOnlyList<Coding> categories, IReadOnlyList<Coding> codes, bool hasResults) =>
        OfDiagnosticReport(Stated(categories), codes, hasResults);

    internal static EntryCategory OfObservation(StatedCategory stated, IReadOnlyList<Coding> codes, bool measured)
    {
        if (stated.HasFlag(StatedCategory.VitalSigns))
            return EntryCategory.VitalSign;
        if (stated.HasFlag(StatedCategory.Laboratory))
            return EntryCategory.LabResult;
        if ((stated & (StatedCategory.Imaging | StatedCategory.Another)) != 0)
            return EntryCategory.Other;
        var coded = false;
        for (var index = 0; index < codes.Count; index++)
        {
            if (codes[index] is { System: Loinc, Code: { } code } && VitalSigns.Contains(code))
                return EntryCategory.VitalSign;
            coded |= codes[index].Code is not null;
        }
        return coded && measured ? EntryCategory.LabResult : EntryCategory.Other;
    }

    internal static EntryCategory OfDiagnosticReport(StatedCategory stated, IReadOnlyList<Coding> codes, bool hasResults)
    {
        if (stated.HasFlag(StatedCategory.Imaging))
            return EntryCategory.Imaging;
        if (stated.HasFlag(StatedCategory.Laboratory))
            return EntryCategory.LabResult;
        var loinc = false;
        for (var index = 0; index < codes.Count; index++)
        {
            if (codes[index] is not { System: Loinc, Code: { } code })
                continue;
            if (code == "18748-4")
                return EntryCategory.Imaging;
            if (code == "11502-2")
                return EntryCategory.LabResult;
            loinc = true;
        }
        return loinc && hasResults && stated == StatedCategory.None ? EntryCategory.LabResult : EntryCategory.Document;
    }

    internal static StatedCategory Stated(IReadOnlyList<Coding> categories)
    {
        var stated = StatedCategory.None;
        for (var index = 0; index < categories.Count; index++)
            stated |= Stated(categories[index]);
        return stated;
    }

    internal static StatedCategory Stated(Coding category) => category switch
    {
        { Code: null } => StatedCategory.None,
        { System: "http://terminology.hl7.org/CodeSystem/observation-category" or "http://hl7.org/fhir/observation-category" } => category.Code switch
        {
            "vital-signs" => StatedCategory.VitalSigns,
            "laboratory" => StatedCategory.Laboratory,
            "imaging" => StatedCategory.Imaging,
            _ => StatedCategory.Another,
        },
        { System: "http://terminology.hl7.org/CodeSystem/v2-0074" or "http://hl7.org/fhir/v2/0074" or "urn:oid:2.16.840.1.113883.12.74" } =>
            LaboratorySections.Contains(category.Code) ? StatedCategory.Laboratory
            : ImagingSections.Contains(category.Code) ? StatedCategory.Imaging
            : StatedCategory.Another,
        { System: Loinc, Code: "LP29684-5" } => StatedCategory.Imaging,
        _ => StatedCategory.None,
    };
}

/// <summary>What the codings of a <c>category</c> state, as far as it decides something.</summary>
[Flags]
internal enum StatedCategory
{
    None = 0,
    VitalSigns = 1,
    Laboratory = 2,
    Imaging = 4,
    Another = 8,
}
