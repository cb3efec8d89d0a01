namespace DmpFederation.Plugins.ReseauDiabete.Rows;

/// <summary>What a row does to the record it names.</summary>
internal enum RowAction
{
    /// <summary>C, création.</summary>
    Created,

    /// <summary>M, correction: the row says the whole record again.</summary>
    Corrected,

    /// <summary>A, annulation.</summary>
    Withdrawn,
}
