namespace DmpFederation.BadPlugins.Careless;

/// <summary>What this source does wrong.</summary>
internal sealed class Defects(string? list)
{
    private readonly HashSet<string> names = [.. (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    public bool Has(string name) => names.Contains(name);
}
