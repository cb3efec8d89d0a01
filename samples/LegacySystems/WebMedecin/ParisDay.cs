namespace DmpFederation.LegacySystems.WebMedecin;

/// <summary>The wall clock in Paris; on a machine without zone data, that of UTC.</summary>
internal static class ParisDay
{
    private static readonly TimeZoneInfo Paris =
        TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Paris", out var paris) ? paris : TimeZoneInfo.Utc;

    internal static DateTime Of(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Paris).DateTime;
}
