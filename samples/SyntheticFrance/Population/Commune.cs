namespace DmpFederation.SyntheticFrance.Population;

/// <summary>A place of birth: code officiel géographique of the INSEE (public facts); <c>99…</c> is a country.</summary>
/// <param name="Code">Five characters.</param>
/// <param name="Name">As the INSEE writes it.</param>
/// <param name="Region">The region whose dossier its inhabitants live with. Null elsewhere.</param>
internal sealed record Commune(string Code, string Name, string? Region = null);
