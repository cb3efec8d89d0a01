using System.Text;
using DmpFederation.Sdk;

namespace DmpFederation.TestKit.Migration;

/// <summary>Fills a legacy in memory with people and their facts, and has it change.</summary>
internal static class LegacyPeople
{
    public static PatientKey Key(int number) => APatient.Number(number).Ins.Key;

    /// <summary>People 1 to <paramref name="count"/>, with three facts and a document each.</summary>
    public static ChangingLegacy Fill(this ChangingLegacy legacy, int count)
    {
        for (var number = 1; number <= count; number++)
            legacy.Admit(number);
        return legacy;
    }

    public static void Admit(this ChangingLegacy legacy, int number)
    {
        legacy.Put(Fact(number, "lab", AnEntry.HbA1c(5m + (number % 40))));
        legacy.Put(Fact(number, "drug", AnEntry.Dispensation()));
        legacy.Put(Fact(number, "problem", AnEntry.Problem("E11") with { Confidentiality = ["MASQUE_PS"] }));
        legacy.Put(Fact(number, "paper", AnEntry.Paper($"urn:oid:1.2.{number}")), Encoding.UTF8.GetBytes($"paper of {number}"));
    }

    public static string LocalId(int number, string what) => $"{what}-{number}";

    public static void Correct(this ChangingLegacy legacy, int number, decimal value) =>
        legacy.Put(Fact(number, "lab", AnEntry.HbA1c(value) with { Version = value.ToString(System.Globalization.CultureInfo.InvariantCulture) }));

    /// <summary>One change of somebody among the first people.</summary>
    public static void Change(this ChangingLegacy legacy, Chances chances, int people)
    {
        var number = 1 + chances.Below(people);
        switch (chances.Below(5))
        {
            case 0:
                legacy.Withdraw(Key(number), LocalId(number, "drug"));
                break;
            case 1:
                legacy.Put(Fact(number, $"new{chances.Below(1_000_000)}", AnEntry.Problem("I10")));
                break;
            case 2:
                legacy.Put(Fact(number, "paper", AnEntry.Paper($"urn:oid:1.2.{number}") with { Version = $"v{chances.Below(1_000)}" }),
                    Encoding.UTF8.GetBytes($"paper {chances.Below(1_000_000)}"));
                break;
            case 3:
                legacy.Put(Fact(number, "drug", AnEntry.Dispensation()));
                break;
            default:
                legacy.Correct(number, chances.Below(10_000) / 100m);
                break;
        }
    }

    private static DossierEntry Fact(int number, string what, AnEntry entry) => entry.For(Key(number)).Named(LocalId(number, what));
}
