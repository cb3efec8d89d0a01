using System.Globalization;

namespace DmpFederation.LegacySystems.ReseauDiabete;

/// <summary>One export: its name and the moment it was taken.</summary>
/// <param name="Name"><c>2026-S11</c>, or <c>2026-S11-02</c> for a second one of a week.</param>
/// <param name="Moment">Paris time.</param>
/// <param name="Previous">Name of the export before it; null for the first.</param>
internal sealed record ExportDay(string Name, DateTime Moment, string? Previous)
{
    /// <summary>The week's regular name.</summary>
    public static string NameOf(DateTime moment) => string.Create(
        CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(moment):0000}-S{ISOWeek.GetWeekOfYear(moment):00}");

    /// <summary>The order of exports: names of further exports of a week have the week's name and more.</summary>
    public long Sequence => SequenceOf(Name);

    public static long SequenceOf(string name) => long.Parse(
        string.Concat(name.AsSpan(0, 4), name.AsSpan(6, 2), name.Length > 8 ? name.AsSpan(9, 2) : "01"),
        NumberStyles.None, CultureInfo.InvariantCulture);

    public string FileOf(string kind) => $"reseau-diabete_{Name}_{kind}.csv";
}
