namespace DmpFederation.Hub.Connectors.Configuration;

/// <summary>Something wrong in <c>plugins.json</c> or a manifest.</summary>
/// <param name="Place">Path of the value, such as <c>sources[2].budget.timeoutMs</c>.</param>
/// <param name="Problem">What is wrong. Names keys and settings, never their values.</param>
internal sealed record ConfigurationFault(string Place, string Problem)
{
    public override string ToString() => $"{Place}: {Problem}";

    /// <summary>All faults as one sentence for a source's reason.</summary>
    public static string Join(IEnumerable<ConfigurationFault> faults) => string.Join("; ", faults);
}
