using DmpFederation.Plugins.ReseauDiabete.Rows;

namespace DmpFederation.Plugins.ReseauDiabete.Exports;

/// <summary>One row of an export, readable or not.</summary>
/// <param name="Line">Line it begins on.</param>
/// <param name="Head">Number, version, action and key, as far as they can be read.</param>
/// <param name="Fields">Its fields in the order of <see cref="RowColumns"/>; null when it cannot be read.</param>
/// <param name="Problem">Why it cannot be read; null when it can.</param>
/// <param name="Raw">As written in the file, decoded.</param>
internal sealed record ExportRow(int Line, RowHead Head, string[]? Fields, RowProblem? Problem, string Raw);
