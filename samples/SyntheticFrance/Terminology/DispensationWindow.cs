namespace DmpFederation.SyntheticFrance.Terminology;

/// <summary>
/// How long a dispensation stays visible in the dossier pharmaceutique (decree of 3 April 2023): 12 months, biological medicines 3 years,
/// vaccines 21 years.
/// </summary>
public static class DispensationWindow
{
    private static readonly string[] Biologicals = ["A10A", "B03XA", "L01F", "L04AB", "L04AC"];

    public static bool IsVaccine(string atc) => atc.StartsWith("J07", StringComparison.Ordinal);

    public static bool IsBiological(string atc) => Biologicals.Any(prefix => atc.StartsWith(prefix, StringComparison.Ordinal));

    public static int Months(string atc) => IsVaccine(atc) ? 21 * 12 : IsBiological(atc) ? 36 : 12;

    /// <summary>True from the anniversary day on.</summary>
    public static bool Shows(string atc, DateOnly dispensed, DateOnly today) => dispensed >= today.AddMonths(-Months(atc));
}
