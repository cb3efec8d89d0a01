using System.Globalization;

namespace DmpFederation.Sdk;

/// <summary>
/// Settings of one source by name. Names, types and which are required are declared in the plug-in's manifest and checked by the hub before
/// <see cref="IConnectorPlugin.Open"/>, so a connector reads them without checks of its own beyond their meaning.
/// </summary>
/// <param name="values">Name to text. References to secrets are already resolved.</param>
public sealed class SourceSettings(IReadOnlyDictionary<string, string> values)
{
    /// <summary>A text, or null when not set.</summary>
    public string? Find(string name) => values.GetValueOrDefault(name);

    /// <summary>A text that must be set.</summary>
    /// <exception cref="SourceSettingsException">It is not.</exception>
    public string Text(string name) => Find(name) is { Length: > 0 } text ? text : throw new SourceSettingsException(name, "is missing");

    /// <summary>
    /// An absolute http or https address, with a trailing slash. It carries no credentials, query or fragment: the first would reach logs, the
    /// others be lost when a path is added.
    /// </summary>
    /// <exception cref="SourceSettingsException">It is missing or another thing.</exception>
    public Uri HttpAddress(string name)
    {
        var text = Text(name);
        if (!Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")
            || address.UserInfo.Length + address.Query.Length + address.Fragment.Length > 0)
            throw new SourceSettingsException(name, "must be an absolute http or https address without credentials, query or fragment");
        return address;
    }

    /// <summary>A whole number, or <paramref name="fallback"/> when not set.</summary>
    /// <exception cref="SourceSettingsException">It is another thing.</exception>
    public int Integer(string name, int fallback) => Find(name) is not { } text
        ? fallback
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new SourceSettingsException(name, "must be a whole number");

    /// <summary>Prints the names, never the values.</summary>
    public override string ToString() => string.Join(", ", values.Keys.Order(StringComparer.Ordinal));
}

/// <summary>A setting of a source is missing or unusable.</summary>
/// <param name="name">Name of the setting.</param>
/// <param name="problem">What is wrong with it, such as <c>is missing</c>. Never its value.</param>
public sealed class SourceSettingsException(string name, string problem) : Exception($"Setting '{name}' {problem}.")
{
    /// <summary>Name of the setting.</summary>
    public string Setting { get; } = name;
}
