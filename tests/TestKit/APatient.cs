using System.Globalization;
using DmpFederation.Hub.Identity;
using DmpFederation.Sdk;

namespace DmpFederation.TestKit;

/// <summary>An invented patient of the official test range, with right keys.</summary>
internal sealed record TestPatient(Ins Ins, Ins InsC, PatientTraits Traits)
{
    public CertifiedIdentity Identity => CertifiedIdentity.Found(Traits);
}

/// <summary>Builds invented patients; each number is another person, always the same one.</summary>
internal static class APatient
{
    private static readonly string[] GivenNames = ["Océane", "Jean-Baptiste", "Maëlle", "Théo", "Inès", "Gaëtan", "Zoé", "Loïc"];

    /// <summary>A patient known to INSi.</summary>
    public static TestPatient Known() => Number(1);

    public static TestPatient Number(int number)
    {
        var female = number % 2 == 0;
        var birth = new DateOnly(1940 + (number % 60), 1 + (number % 12), 1 + (number % 28));
        var nir13 = string.Create(
            CultureInfo.InvariantCulture, $"{(female ? 2 : 1)}{birth.Year % 100:D2}{birth.Month:D2}25056{number % 1000:D3}");
        var nir = string.Create(CultureInfo.InvariantCulture, $"{nir13}{NirKey.Compute(nir13):D2}");
        var given = GivenNames[number % GivenNames.Length];
        var insC = ((InsCResult.Computed)InsC.Compute(given, birth.ToString("yyMMdd", CultureInfo.InvariantCulture), nir13)).Value;
        var ins = AnIns.Of(PatientKeySystems.InsNirTest, nir);
        var calculated = AnIns.Of(PatientKeySystems.InsC, insC);
        return new TestPatient(ins, calculated, new PatientTraits
        {
            BirthName = "ESSAI",
            GivenNames = [given],
            BirthDate = FhirDate.FromDay(birth),
            Sex = female ? TraitSex.Female : TraitSex.Male,
            BirthPlaceCode = "25056",
            Keys = [ins.Key, calculated.Key],
            Status = IdentityStatus.Qualified,
        });
    }
}

/// <summary>Reads an INS a test states; a wrong one is a fault of the test.</summary>
internal static class AnIns
{
    public static Ins Of(string system, string value) =>
        Ins.Parse($"{system}|{value}", system).Ins ?? throw new ArgumentException("The test states an INS with a wrong shape or key.");
}
