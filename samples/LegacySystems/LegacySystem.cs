using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.LegacySystems;

/// <summary>A legacy system this executable can fill and, when it is a server, run.</summary>
/// <param name="Name">Verb, and name of its folder below the data folder.</param>
/// <param name="OpenWriter">Fills its folder, replacing what is there.</param>
/// <param name="Build">Its server; null for a system that is a database.</param>
internal sealed record LegacySystem(string Name, Func<string, IWorldWriter> OpenWriter, Func<string[], string, WebApplication>? Build = null);
