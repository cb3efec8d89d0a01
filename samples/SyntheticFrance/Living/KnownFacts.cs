using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.SyntheticFrance.Living;

/// <summary>What is known of a patient, asked by code and day.</summary>
internal sealed class KnownFacts(IReadOnlyList<SyntheticFact> facts)
{
    /// <summary>True when nothing of that code happened within so many days before or after.</summary>
    public bool IsDue(string code, DateOnly day, int days) => !facts.Any(fact =>
        Math.Abs(DayOf(fact).DayNumber - day.DayNumber) < days && fact.Codes.Any(one => one.Code == code));

    /// <summary>True when a laboratory measured something that day.</summary>
    public bool IsSampled(DateOnly day) => facts.Any(fact => fact.Kind == FactKind.LabResult && DayOf(fact) == day);

    /// <summary>The last value of a code; null when there is none.</summary>
    public decimal? LastValue(string code) => facts.LastOrDefault(fact => fact.Codes[0].Code == code && fact.Value is not null)?.Value;

    public static DateOnly DayOf(SyntheticFact fact) => DateOnly.FromDateTime(fact.Date.DateTime);
}
