namespace DmpFederation.Plugins.ReseauDiabete.Exports;

/// <summary>One record as it stands in the file.</summary>
/// <param name="Line">Line it begins on, from 1.</param>
/// <param name="Text">As written, its line end included.</param>
/// <param name="IsWhole">False when its quotes do not close, or it is too long to be a record.</param>
internal readonly record struct CsvRecord(int Line, string Text, bool IsWhole)
{
    public bool IsBlank => string.IsNullOrWhiteSpace(Text);
}
