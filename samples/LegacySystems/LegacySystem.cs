using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.LegacySystems;

/// <summary>A legacy system this executable can fill and, when it is a server, run.</summary>
/// <param name="Name">Verb, and name of its folder below the data folder.</param>
/// <param name="OpenWriter">Fills its folder, replacing what is there; told the reference day of the world.</param>
/// <param name="Build">Its server; null for a system that is a database or a folder.</param>
internal sealed record LegacySystem(string Name, Func<string, DateOnly, IWorldWriter> OpenWriter, Func<string[], string, WebApplication>? Build = null);

/// <summary>A clock that stands on the reference day of a world, at noon in Paris: what a legacy system writes then does not depend on the hour.</summary>
internal sealed class ReferenceDay(DateOnly day) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => new(day, new TimeOnly(11, 0), TimeSpan.Zero);
}
