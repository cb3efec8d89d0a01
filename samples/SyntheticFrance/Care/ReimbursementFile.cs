using System.Globalization;

namespace DmpFederation.SyntheticFrance.Care;

/// <summary>The number the reimbursement service gives a patient's file: its own, and no trait of the patient.</summary>
public static class ReimbursementFile
{
    /// <param name="index">Position of the patient in the world.</param>
    public static string Of(int index) => Numbered(index + 1L);

    /// <param name="number">From 1.</param>
    public static string Numbered(long number) => string.Create(CultureInfo.InvariantCulture, $"WM{number:D8}");
}
