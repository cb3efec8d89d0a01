using DmpFederation.Sdk;

namespace DmpFederation.Hub.Federation.Merge;

/// <summary>One entry as the merger compares it. Filled once; compared many times.</summary>
internal struct Facet
{
    public DossierEntry Entry;
    public string SourceId;
    public Store ServedBy;
    public UInt128 Hash;

    /// <summary>Position of the source among the sources of this merge, by id.</summary>
    public int Source;

    /// <summary>Rule that may join it; null when only identifiers may.</summary>
    public ClinicalRule? Rule;

    /// <summary>Hash of the resource type.</summary>
    public ulong Resource;

    /// <summary>True when it is joined by identifiers alone (withdrawn, not done).</summary>
    public bool Apart;

    public bool Dated;

    /// <summary>True when <see cref="Minute"/> counts.</summary>
    public bool Moment;

    public int FirstDay;
    public int LastDay;
    public long Minute;

    /// <summary>Its codes in the code table of the merge.</summary>
    public int CodeStart;
    public int CodeCount;

    /// <summary>Long-lasting illness: its dates need not fit.</summary>
    public bool LongLasting;

    public Measure Measure;

    /// <summary>What the rule asks of the resource's bytes (end of a stay, content, components), made comparable; 0 when not stated.</summary>
    public ulong Detail;
    public bool DetailRead;

    /// <summary>An older version under the same local id, or -1.</summary>
    public int Older;

    /// <summary>Group: parent in the union, and next member in a ring.</summary>
    public int Parent;
    public int Next;

    /// <summary>To the day or finer.</summary>
    public readonly bool HasDay => Dated && FirstDay == LastDay;
}

/// <summary>One code of an entry, made comparable.</summary>
/// <param name="Rank">Rank in the rule, <see cref="ClinicalKeys.OtherCodes"/> or <see cref="ClinicalKeys.TextCode"/>.</param>
/// <param name="Hash">Hash of the comparable code with its system.</param>
internal readonly record struct CodeKey(byte Rank, ulong Hash);

/// <summary>The value of an entry, made comparable.</summary>
internal struct Measure
{
    /// <summary>Analyte of its code; null when the table has none.</summary>
    public Analyte? Analyte;

    /// <summary>Unit among the analyte's units, or -1.</summary>
    public int Unit;

    public bool HasNumber;

    /// <summary>As recorded.</summary>
    public double Recorded;

    /// <summary>In the analyte's first unit where <see cref="Unit"/> is known, else as recorded.</summary>
    public double Value;

    /// <summary>Half of the last digit printed, in the unit of <see cref="Value"/>.</summary>
    public double HalfStep;

    /// <summary>Hash of the normalised unit where it is not known to the analyte.</summary>
    public ulong UnitHash;

    /// <summary>Hash of a coded or text value; 0 when none.</summary>
    public ulong Content;
}
