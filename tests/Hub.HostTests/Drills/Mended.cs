namespace DmpFederation.Hub.HostTests.Drills;

/// <summary>What is to be done when a trouble is over, in this order.</summary>
internal sealed class Mended(params IReadOnlyList<Action> steps) : IDisposable
{
    public void Dispose()
    {
        foreach (var step in steps)
            step();
    }
}
