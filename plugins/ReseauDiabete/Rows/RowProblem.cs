namespace DmpFederation.Plugins.ReseauDiabete.Rows;

/// <summary>Why a row or a file cannot be taken.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Reason">What to fix: names columns and forms, repeats no content.</param>
internal sealed record RowProblem(string Code, string Reason)
{
    public static RowProblem Columns(string column) => new("CSV_COLUMNS", $"The column \"{column}\" is missing from the heading.");

    public static RowProblem TwoColumns(string column) => new("CSV_COLUMNS", $"The heading names the column \"{column}\" twice.");

    public static RowProblem Fields(int found, int expected) => new("CSV_FIELDS", $"The row has {found} fields, the heading {expected}.");

    public static RowProblem Quotes() => new("CSV_QUOTES", "The quotes of the row do not close, or stand inside a field without being doubled.");

    public static RowProblem Key() => new("CSV_KEY", "\"INS-C\" must be 22 digits of which the last two are the key of the first twenty.");

    public static RowProblem Date(string column, string form) => new("CSV_DATE", $"\"{column}\" must be {form}.");

    public static RowProblem Number(string column, string form) => new("CSV_NUMBER", $"\"{column}\" must be {form}.");

    public static RowProblem Action() => new("CSV_ACTION", "\"Action\" must be C (création), M (correction) or A (annulation).");

    public static RowProblem Rubric() => new("CSV_RUBRIC", "\"Rubrique\" is none of the network's headings.");

    public static RowProblem Unit() => new("CSV_UNIT", "\"Unité\" is no unit of this heading.");

    public static RowProblem Coded() => new(
        "CSV_CODE", "\"Code\" must be an ATC code of seven characters for a treatment, a CCAM code of seven or none for an act.");

    public static RowProblem Text() => new("CSV_TEXT", "The row holds control characters.");

    public static RowProblem Version() => new(
        "CSV_VERSION", "Another row says something else under the same number and version; the first one stands.");
}
