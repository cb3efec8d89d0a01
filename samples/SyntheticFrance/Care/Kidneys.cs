namespace DmpFederation.SyntheticFrance.Care;

/// <summary>Estimated glomerular filtration (CKD-EPI, 2009), by additions and multiplications alone: the same on every machine.</summary>
internal static class Kidneys
{
    /// <summary>In mL/min/1.73 m², rounded.</summary>
    /// <param name="creatinine">In mg/L.</param>
    /// <param name="age">In years.</param>
    /// <param name="woman">True for a woman.</param>
    public static decimal Filtration(decimal creatinine, int age, bool woman)
    {
        var ratio = (double)creatinine / 10 / (woman ? 0.7 : 0.9);
        var rate = 141 * Power(Math.Min(ratio, 1), woman ? -0.329 : -0.411) * Power(Math.Max(ratio, 1), -1.209)
            * Power(0.993, age) * (woman ? 1.018 : 1);
        return decimal.Round((decimal)rate);
    }

    private static double Power(double value, double exponent)
    {
        var x = exponent * Logarithm(value);
        var (sum, term) = (1.0, 1.0);
        for (var n = 1; n < 40; n++)
        {
            term = term * x / n;
            sum += term;
        }

        return sum;
    }

    private static double Logarithm(double value)
    {
        var y = (value - 1) / (value + 1);
        var (sum, power) = (0.0, y);
        for (var n = 1; n < 120; n += 2)
        {
            sum += power / n;
            power = power * y * y;
        }

        return 2 * sum;
    }
}
