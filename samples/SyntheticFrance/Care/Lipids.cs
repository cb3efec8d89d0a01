using DmpFederation.SyntheticFrance.Randomness;
using DmpFederation.SyntheticFrance.Terminology;

namespace DmpFederation.SyntheticFrance.Care;

/// <summary>A lipid panel's usual values, in g/L; LDL cholesterol is calculated (Friedewald).</summary>
internal sealed record Lipids(decimal Total, decimal Hdl, decimal Triglycerides)
{
    /// <param name="dice">The patient's.</param>
    /// <param name="treated">Under a statin, which takes a third of the LDL away.</param>
    public static Lipids Of(Dice dice, bool treated) =>
        new(dice.Around(treated ? 1.62m : 1.95m, 0.14m, 2), dice.Around(0.49m, 0.05m, 2), Math.Max(dice.Around(1.35m, 0.25m, 2), 0.5m));

    /// <summary>One panel.</summary>
    public IReadOnlyList<(Analyte Analyte, decimal Value)> Measured(Dice dice)
    {
        var total = Total + dice.Around(0m, 0.06m, 2);
        var hdl = Hdl + dice.Around(0m, 0.02m, 2);
        var triglycerides = Math.Max(Triglycerides + dice.Around(0m, 0.12m, 2), 0.4m);
        return
        [
            (Analytes.Cholesterol, total), (Analytes.Hdl, hdl), (Analytes.Ldl, decimal.Round(total - hdl - (triglycerides / 5m), 2)),
            (Analytes.Triglycerides, triglycerides),
        ];
    }
}
