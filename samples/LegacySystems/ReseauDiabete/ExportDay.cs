using System.Globalization;

namespace DmpFederation.LegacySystems.ReseauDiabete;

/// <summary>One export: its name and the moment it was taken.</summary>
/// <param name="Name"><c>2026-S11</c>, or <c>2026-S11-02</c> for a second one of a week.</param>
/// <param name="Moment">Paris time.</param>
/// <param name="Previous">Name of the export before it; null for the first.</param>
internal sealed record ExportDay(string Name, DateTime Moment, string? Previous)
{
    /// <summary>One more than the last number an export of a week can have.</summary>
    public const int MostAWeek = 10_000;

    /// <summary>The week's regular name.</summary>
    public static string NameOf(DateTime moment) => string.Create(
        CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(moment):0000}-S{ISOWeek.GetWeekOfYear(moment):00}");

    /// <summary>The order of exports: names of further exports of a week have the week's name and more.</summary>
    public long Sequence => SequenceOf(Name);

    public static long SequenceOf(string name) =>
        (Number(string.Concat(name.AsSpan(0, 4), name.AsSpan(6, 2))) * MostAWeek) + PartOf(name);

    /// <summary>1, or the number of a further export of its week.</summary>
    public static long PartOf(string name) => name.Length > 8 ? Number(name.AsSpan(9)) : 1;

    public string FileOf(string kind) => $"reseau-diabete_{Name}_{kind}.csv";

    private static long Number(ReadOnlySpan<char> digits) => long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
