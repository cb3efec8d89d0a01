using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using DmpFederation.Sdk;
using static DmpFederation.Hub.Connectors.Configuration.PluginsFileVocabulary;

namespace DmpFederation.Hub.Connectors.Configuration;

/// <summary>Reads one entry of <c>sources</c>.</summary>
internal static partial class SourceEntryReader
{
    /// <summary>The source with its own faults, or null when it has no id to show it under (then <paramref name="entryFaults"/> says so).</summary>
    public static SourceConfiguration? Read(JsonElement element, string place, ICollection<ConfigurationFault> entryFaults)
    {
        var faults = new List<ConfigurationFault>();
        var entry = new JsonObjectReader(element, place, SourceKeys, faults);
        var id = entry.Text(Id);
        if (id is null || !IsIdentifier(id))
        {
            if (id is not null)
                entry.Fault(Id, "must be lower-case letters, digits and hyphens, at most 63");
            foreach (var fault in faults)
                entryFaults.Add(fault);
            return null;
        }

        var source = new SourceConfiguration
        {
            Id = id,
            Place = place,
            Name = entry.Text(Name, required: false) ?? id,
            Region = entry.Text(Region) ?? "",
            PluginId = entry.Text(Plugin) ?? "",
            Enabled = entry.Flag(Enabled, true),
            PatientKeySystems = ReadKeySystems(entry),
            MatchesByTraits = ReadMatchesBy(entry),
            RefusesBreakGlass = !ReadAccepts(entry, BreakGlass, unsaid: true),
            AcceptsDeposits = ReadAccepts(entry, PluginsFileVocabulary.Deposits, unsaid: false),
            Categories = ReadCategories(entry),
            Settings = ReadSettings(entry, faults),
            Budget = ReadBudget(entry, faults),
            Fingerprint = Fingerprint(element),
            Faults = [],
        };
        return source with { Faults = [.. faults] };
    }

    /// <summary>Ids name folders and URLs: nothing in them needs escaping.</summary>
    public static bool IsIdentifier(string text) => IdentifierShape().IsMatch(text);

    private static ImmutableArray<string> ReadKeySystems(JsonObjectReader entry)
    {
        var systems = ImmutableArray.CreateBuilder<string>();
        foreach (var (text, _) in entry.Texts(PatientKeys, required: true))
        {
            if (KeyTypes.TryGetValue(text, out var system) || IsUri(text, out system))
            {
                if (systems.Contains(system))
                    entry.Fault(PatientKeys, $"names {system} twice");
                else
                    systems.Add(system);
            }
            else
            {
                entry.Fault(PatientKeys, $"has '{text}', which is neither {string.Join(", ", KeyTypes.Keys.Order())} nor a URI such as urn:oid:1.2.250");
            }
        }
        if (systems.Count == 0 && entry.Find(PatientKeys) is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() == 0)
            entry.Fault(PatientKeys, "must name at least one key");
        return systems.ToImmutable();
    }

    /// <summary>A word that is neither is a fault, and refuses: the source is unusable until it is mended.</summary>
    private static bool ReadAccepts(JsonObjectReader entry, string key, bool unsaid)
    {
        if (entry.Find(key) is null)
            return unsaid;
        var written = entry.Text(key);
        if (written is not (null or Accepted or Refused))
            entry.Fault(key, $"has '{written}', which is neither {Accepted} nor {Refused}");
        return written == Accepted;
    }

    private static bool ReadMatchesBy(JsonObjectReader entry)
    {
        var written = entry.Text(MatchesBy, required: false) ?? ByKey;
        if (written is not (ByKey or ByTraits))
            entry.Fault(MatchesBy, $"has '{written}', which is neither {ByKey} nor {ByTraits}");
        return written == ByTraits;
    }

    private static bool IsUri(string text, out string system)
    {
        system = text;
        return text.StartsWith("urn:oid:", StringComparison.Ordinal)
            ? OidShape().IsMatch(text.AsSpan(8))
            : Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "urn" && !text.Any(char.IsWhiteSpace);
    }

    private static ImmutableArray<EntryCategory> ReadCategories(JsonObjectReader entry)
    {
        var categories = ImmutableArray.CreateBuilder<EntryCategory>();
        foreach (var (text, _) in entry.Texts(PluginsFileVocabulary.Categories))
        {
            if (!CategoryNames.TryGetValue(text, out var category))
                entry.Fault(PluginsFileVocabulary.Categories, $"has '{text}', which is none of {string.Join(", ", CategoryNames.Keys.Order())}");
            else if (!categories.Contains(category))
                categories.Add(category);
        }
        return categories.ToImmutable();
    }

    private static ImmutableSortedDictionary<string, string> ReadSettings(JsonObjectReader entry, List<ConfigurationFault> faults)
    {
        var settings = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (entry.Find(PluginsFileVocabulary.Settings) is not { } element)
            return settings.ToImmutable();
        var reader = new JsonObjectReader(element, entry.PlaceOf(PluginsFileVocabulary.Settings), null, faults);
        foreach (var (name, value) in reader.Members)
        {
            if (value.ValueKind is JsonValueKind.String)
                settings[name] = value.GetString()!;
            else if (value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
                settings[name] = value.GetRawText();
            else
                reader.Fault(name, "must be a text, a number, true or false");
        }
        return settings.ToImmutable();
    }

    private static SourceBudget ReadBudget(JsonObjectReader entry, List<ConfigurationFault> faults)
    {
        var budget = new SourceBudget();
        if (entry.Find(PluginsFileVocabulary.Budget) is not { } element)
            return budget;
        var reader = new JsonObjectReader(element, entry.PlaceOf(PluginsFileVocabulary.Budget), BudgetKeys, faults);
        return new SourceBudget
        {
            Timeout = TimeSpan.FromMilliseconds(reader.Integer(TimeoutMs, (long)budget.Timeout.TotalMilliseconds, 50, 60_000)),
            Concurrency = (int)reader.Integer(Concurrency, budget.Concurrency, 1, 1024),
            MaxEntries = (int)reader.Integer(MaxEntries, budget.MaxEntries, 1, 1_000_000),
            MaxBytes = reader.Integer(MaxBytes, budget.MaxBytes, 1024, 1L << 30),
        };
    }

    private static string Fingerprint(JsonElement element)
    {
        var text = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(text))
            element.WriteTo(writer);
        return Convert.ToHexStringLower(SHA256.HashData(text.WrittenSpan));
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,62}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdentifierShape();

    [GeneratedRegex("^[0-2](\\.(0|[1-9][0-9]*))+\\z", RegexOptions.CultureInvariant)]
    private static partial Regex OidShape();
}
