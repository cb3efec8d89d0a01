using DmpFederation.Hub.Federation;

namespace DmpFederation.Hub.HostTests.Drills;

/// <summary>One way in which the files of a source go wrong.</summary>
/// <param name="Source">The source.</param>
/// <param name="Name">What is wrong, as a sentence goes on after the source's name.</param>
/// <param name="Status">What becomes of the source in the answer.</param>
/// <param name="Reason">The code it is named with.</param>
/// <param name="Make">Makes it; disposing what it gives mends it.</param>
internal sealed record FileTrouble(string Source, string Name, SourceStatus Status, string Reason, Func<DrillWorld, IDisposable> Make)
{
    public static IReadOnlyList<FileTrouble> All { get; } = [.. DpTroubles.All, .. LabosTroubles.All, .. DiabetesTroubles.All];
}
