using System.Globalization;

namespace DmpFederation.Plugins.DossierPharmaceutique;

/// <summary>
/// How long a dispensed line stays visible, by nature of the product. The host keeps lines longer than it may show them (decree 2015-208, decree of
/// 3 April 2023), so the window is the connector's to apply. The first day of a window is visible.
/// </summary>
/// <param name="Medicines">Months; also of a product whose nature is not known.</param>
/// <param name="Biologicals">Months.</param>
/// <param name="Vaccines">Months.</param>
internal sealed record VisibleWindows(int Medicines, int Biologicals, int Vaccines)
{
    private static readonly TimeZoneInfo Paris =
        TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Paris", out var paris) ? paris : TimeZoneInfo.Utc;

    /// <summary>First visible days as the host writes dates (<c>AAAAMMJJ</c>), on the day it is now in Paris.</summary>
    public (string Medicines, string Biologicals, string Vaccines) FirstDays(TimeProvider clock)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), Paris).DateTime);
        return (First(today, Medicines), First(today, Biologicals), First(today, Vaccines));
    }

    private static string First(DateOnly today, int months) => today.AddMonths(-months).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
