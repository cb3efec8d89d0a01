using DmpFederation.SyntheticFrance.Population;
using DmpFederation.SyntheticFrance.Randomness;

namespace DmpFederation.SyntheticFrance.Care;

/// <summary>A body: what its measurements vary around.</summary>
/// <param name="Height">Grown, in cm.</param>
/// <param name="MassIndex">Of the grown, in kg/m²; heavier with type 2 diabetes.</param>
/// <param name="Creatinine">In mg/L.</param>
internal sealed record Body(int Height, decimal MassIndex, decimal Creatinine)
{
    private const decimal Diabetic = 5m;

    /// <param name="person">Whose body.</param>
    /// <param name="any">Any sequence of the patient.</param>
    public static Body Of(Person person, Dice any)
    {
        var dice = any.Of(Streams.Body);
        var woman = person.Sex == "F";
        return new Body(
            (int)dice.Around(woman ? 162m : 176m, 6m, 0),
            Math.Clamp(dice.Around(24.5m, 2.8m, 1), 18m, 34m),
            Math.Clamp(dice.Around(woman ? 7.2m : 9.2m, 1.1m, 1), 4.8m, 13m));
    }

    /// <summary>Height in cm, at an age in years.</summary>
    public decimal HeightAt(int age) => age >= 17 ? Height : decimal.Round(80m + ((Height - 80m) * (age - 1) / 16m));

    /// <summary>Weight in kg, at an age in years.</summary>
    public decimal WeightAt(int age, bool diabetic)
    {
        var metres = HeightAt(age) / 100m;
        var index = age >= 17 ? MassIndex + (diabetic ? Diabetic : 0m) : 15.5m + ((MassIndex - 15.5m) * Math.Max(0, age - 6) / 11m);
        return decimal.Round(index * metres * metres, 1);
    }
}
