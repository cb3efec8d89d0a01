using System.Collections.Frozen;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Connectors.Configuration;

/// <summary>Every key and word of <c>plugins.json</c>. <c>plugins.schema.json</c> says the same; a test keeps them equal.</summary>
internal static class PluginsFileVocabulary
{
    public const string Schema = "$schema";
    public const string PluginFolders = "pluginFolders";
    public const string Sources = "sources";

    public const string Id = "id";
    public const string Name = "name";
    public const string Region = "region";
    public const string Plugin = "plugin";
    public const string Enabled = "enabled";
    public const string PatientKeys = "patientKeys";
    public const string MatchesBy = "matchesBy";
    public const string BreakGlass = "breakGlass";
    public const string Deposits = "deposits";
    public const string Categories = "categories";
    public const string Settings = "settings";
    public const string Budget = "budget";

    /// <summary>The source files under the keys of <c>patientKeys</c>.</summary>
    public const string ByKey = "KEY";

    /// <summary>The source finds patients by certified traits, which the hub waits for.</summary>
    public const string ByTraits = "TRAITS";

    /// <summary>Emergency access opens the source; it takes what is deposited.</summary>
    public const string Accepted = "ACCEPTED";

    /// <summary>The source's charter refuses emergency access; nothing is ever written to it.</summary>
    public const string Refused = "REFUSED";

    public const string TimeoutMs = "timeoutMs";
    public const string Concurrency = "concurrency";
    public const string MaxEntries = "maxEntries";
    public const string MaxBytes = "maxBytes";

    public static IReadOnlyList<string> FileKeys { get; } = [Schema, PluginFolders, Sources];

    public static IReadOnlyList<string> SourceKeys { get; } =
        [Id, Name, Region, Plugin, Enabled, PatientKeys, MatchesBy, BreakGlass, Deposits, Categories, Settings, Budget];

    public static IReadOnlyList<string> BudgetKeys { get; } = [TimeoutMs, Concurrency, MaxEntries, MaxBytes];

    /// <summary>Identifier types of FR Core (fr-core-cs-v2-0203) to the systems they stand for.</summary>
    public static FrozenDictionary<string, string> KeyTypes { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["INS-NIR"] = PatientKeySystems.InsNir,
        ["INS-NIA"] = PatientKeySystems.InsNia,
        ["INS-NIR-TEST"] = PatientKeySystems.InsNirTest,
        ["INS-NIR-DEMO"] = PatientKeySystems.InsNirDemo,
        ["INS-C"] = PatientKeySystems.InsC,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Categories by the names clients know them by (contract §4).</summary>
    public static FrozenDictionary<string, EntryCategory> CategoryNames { get; } =
        Enum.GetValues<EntryCategory>().ToFrozenDictionary(WireName, category => category, StringComparer.Ordinal);

    private static string WireName(EntryCategory category) =>
        string.Concat(category.ToString().Select((letter, at) => at > 0 && char.IsAsciiLetterUpper(letter) ? $"_{letter}" : $"{letter}"))
            .ToUpperInvariant();
}
