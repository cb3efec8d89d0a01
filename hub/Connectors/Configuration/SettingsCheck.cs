using System.Collections.Immutable;
using System.Globalization;
using DmpFederation.Hub.Connectors.Plugins;

namespace DmpFederation.Hub.Connectors.Configuration;

/// <summary>Settings ready for a connector.</summary>
/// <param name="Values">Name to text, references resolved.</param>
/// <param name="Problems">What is wrong, by setting name, never with a value. Empty when usable.</param>
internal sealed record CheckedSettings(ImmutableSortedDictionary<string, string> Values, ImmutableArray<ConfigurationFault> Problems)
{
    public bool SameValues(CheckedSettings other) => Values.SequenceEqual(other.Values);
}

/// <summary>Holds the settings of a source against what its plug-in's manifest declares.</summary>
internal static class SettingsCheck
{
    public static CheckedSettings Check(
        IReadOnlyDictionary<string, PluginSetting> declared, IReadOnlyDictionary<string, string> written, SettingReferences references)
    {
        var values = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var problems = ImmutableArray.CreateBuilder<ConfigurationFault>();
        foreach (var name in written.Keys.Where(name => !declared.ContainsKey(name)).Order(StringComparer.Ordinal))
            Fault(name, $"is unknown to the plug-in; it knows {(declared.Count == 0 ? "none" : string.Join(", ", declared.Keys.Order()))}");

        foreach (var (name, setting) in declared.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (!written.TryGetValue(name, out var text))
            {
                if (setting.Default is not null)
                    values[name] = setting.Default;
                else if (setting.Required)
                    Fault(name, "is missing");
                continue;
            }
            if (setting.Type == PluginSettingType.Secret && !SettingReferences.IsReference(text))
            {
                Fault(name, "is a secret: write env:NAME or file:path, not the secret itself");
                continue;
            }
            var (value, problem) = references.Resolve(text);
            problem ??= TypeProblem(setting.Type, value!);
            if (problem is not null)
                Fault(name, problem);
            else
                values[name] = setting.Type == PluginSettingType.Folder ? Path.GetFullPath(Path.Combine(references.Folder, value!)) : value!;
        }
        return new CheckedSettings(values.ToImmutable(), problems.ToImmutable());

        void Fault(string name, string problem) => problems.Add(new ConfigurationFault($"setting '{name}'", problem));
    }

    private static string? TypeProblem(PluginSettingType type, string value) => type switch
    {
        PluginSettingType.Text or PluginSettingType.Secret => value.Length == 0 ? "is empty" : null,
        PluginSettingType.HttpAddress => IsHttpAddress(value) ? null : "must be an absolute http or https address without user or password",
        PluginSettingType.Integer => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            ? null
            : "must be a whole number",
        PluginSettingType.Folder => value.Length > 0 && !value.Any(char.IsControl) ? null : "must be a folder",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    private static bool IsHttpAddress(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0;
}
