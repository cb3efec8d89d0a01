namespace DmpFederation.TestKit.Migration;

/// <summary>Chances that fall alike for one seed (xorshift64*). Thread-safe.</summary>
internal sealed class Chances(ulong seed)
{
    private readonly Lock gate = new();
    private ulong state = (seed * 0x9E3779B97F4A7C15) | 1;

    public bool OneIn(int chances) => Below(chances) == 0;

    public int Below(int bound)
    {
        lock (gate)
        {
            state ^= state >> 12;
            state ^= state << 25;
            state ^= state >> 27;
            return (int)((state * 0x2545F4914F6CDD1D >> 33) % (ulong)bound);
        }
    }
}
