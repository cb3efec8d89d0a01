namespace DmpFederation.SyntheticFrance.Randomness;

/// <summary>
/// xoshiro256** seeded by SplitMix64 (Blackman and Vigna). Its own implementation because the framework's generator may change between versions,
/// and the same seed must give the same world for ever. Only integer and basic IEEE arithmetic: no result depends on the machine.
/// </summary>
internal sealed class Dice
{
    private readonly long seed;
    private readonly long subject;
    private ulong s0;
    private ulong s1;
    private ulong s2;
    private ulong s3;

    /// <summary>One independent sequence per subject and stream: patient 12 is the same in a world of 20 and of 20,000.</summary>
    public Dice(long seed, long subject, int stream)
    {
        this.seed = seed;
        this.subject = subject;
        var state = Mix((ulong)seed) ^ Mix((ulong)subject + 0x9E3779B97F4A7C15UL) ^ Mix((ulong)stream * 0xD1B54A32D192ED03UL + 1);
        s0 = Step(ref state);
        s1 = Step(ref state);
        s2 = Step(ref state);
        s3 = Step(ref state);
    }

    /// <summary>Another stream of the same subject; nothing drawn here moves it.</summary>
    public Dice Of(int stream) => new(seed, subject, stream);

    /// <summary>Uniform in [0, <paramref name="count"/>).</summary>
    public int Next(int count) => (int)((NextBits() >> 32) * (ulong)count >> 32);

    /// <summary>Uniform, both ends included.</summary>
    public int Between(int low, int high) => low + Next(high - low + 1);

    public bool Chance(double probability) => Fraction() < probability;

    public T Pick<T>(IReadOnlyList<T> choices) => choices[Next(choices.Count)];

    /// <summary>Bell-shaped (sum of four uniforms), rounded; about 95 % within 2 <paramref name="spread"/>.</summary>
    public decimal Around(decimal centre, decimal spread, int decimals)
    {
        var bell = Fraction() + Fraction() + Fraction() + Fraction() - 2d;
        return decimal.Round(centre + (spread * (decimal)(bell * 1.73)), decimals);
    }

    /// <summary>Mixes a number into another, well spread (SplitMix64's finaliser).</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }

    private double Fraction() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    private static ulong Step(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15UL;
        return Mix(state);
    }

    private ulong NextBits()
    {
        var result = ulong.RotateLeft(s1 * 5, 7) * 9;
        var shifted = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= shifted;
        s3 = ulong.RotateLeft(s3, 45);
        return result;
    }
}
