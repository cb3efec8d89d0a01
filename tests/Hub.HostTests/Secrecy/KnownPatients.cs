using System.Collections.Concurrent;
using System.Globalization;
using DmpFederation.SyntheticFrance.Model;
using DmpFederation.TestKit;

namespace DmpFederation.Hub.HostTests.Secrecy;

/// <summary>Whom the tests of this run are about: what must stand in nothing that is written.</summary>
internal static class KnownPatients
{
    private static readonly ConcurrentDictionary<string, bool> Numbers = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, bool> Names = new(StringComparer.OrdinalIgnoreCase);
    private static readonly ConcurrentDictionary<string, bool> BirthDates = new(StringComparer.Ordinal);

    static KnownPatients()
    {
        Numbers["279035121518989"] = true;
        for (var number = 1; number < 50; number++)
        {
            var patient = APatient.Number(number);
            Numbers[patient.Ins.Value] = true;
            Numbers[patient.InsC.Value] = true;
        }
    }

    public static int Count => Numbers.Count;

    public static void Add(SyntheticPatient patient)
    {
        Numbers[patient.InsNir] = true;
        Numbers[patient.InsC] = true;
        Names[$"{patient.BirthName} {patient.GivenNames[0]}"] = true;
        Names[$"{patient.GivenNames[0]} {patient.BirthName}"] = true;
        BirthDates[patient.BirthDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)] = true;
        BirthDates[patient.BirthDate.ToString("yyyyMMdd", CultureInfo.InvariantCulture)] = true;
    }

    public static bool IsNumber(string digits) =>
        Numbers.ContainsKey(digits) || Numbers.Keys.Any(number => digits.Length > number.Length && digits.Contains(number, StringComparison.Ordinal));

    public static bool IsName(string words) => Names.ContainsKey(words);

    public static bool IsBirthDate(string date) => BirthDates.ContainsKey(date);
}
