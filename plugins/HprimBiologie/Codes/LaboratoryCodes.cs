using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text.Json;

namespace DmpFederation.Plugins.HprimBiologie.Codes;

/// <summary>
/// The table of laboratories' codes: a data file written for biologists. A laboratory of the operator's file replaces the built-in one of the same
/// sender; its units are added.
/// </summary>
internal sealed class LaboratoryCodes
{
    /// <summary>Fault code of an operator's table that is missing or not of the form described in the README.</summary>
    public const string Unusable = "CODES_FILE_UNUSABLE";

    private readonly FrozenDictionary<(string Sender, string Code), IReadOnlyList<(string? Ucum, string Loinc)>> codes;
    private readonly FrozenDictionary<string, string> units;

    private LaboratoryCodes(Draft draft, string fingerprint)
    {
        codes = draft.Codes.ToFrozenDictionary();
        units = draft.Units.ToFrozenDictionary(StringComparer.Ordinal);
        Fingerprint = fingerprint;
    }

    /// <summary>The table inside the plug-in.</summary>
    public static LaboratoryCodes BuiltIn { get; } = Load(null);

    /// <summary>Names the content: another one after any change.</summary>
    public string Fingerprint { get; }

    /// <summary>The built-in table with that of a file over it.</summary>
    /// <exception cref="FormatException">Not a table; the message names the place.</exception>
    public static LaboratoryCodes Load(ReadOnlyMemory<byte>? file)
    {
        using var stream = typeof(LaboratoryCodes).Assembly.GetManifestResourceStream("laboratory-codes.json")!;
        var builtIn = new byte[stream.Length];
        stream.ReadExactly(builtIn);
        var draft = new Draft([], []);
        Read(builtIn, draft);
        if (file is { } own)
            Read(own, draft);
        var digest = SHA256.HashData([.. builtIn, .. file.GetValueOrDefault().Span]);
        return new LaboratoryCodes(draft, Convert.ToHexStringLower(digest));
    }

    /// <param name="sender">Code of the laboratory.</param>
    /// <param name="code">Its code of the analyte.</param>
    /// <param name="unit">Unit as printed; empty when the line has none.</param>
    public LaboratoryCode Find(string sender, string code, string unit)
    {
        var ucum = unit.Length == 0 ? null : units.GetValueOrDefault(Compact(unit));
        if (!codes.TryGetValue((sender, code), out var results))
            return new LaboratoryCode(null, ucum);
        foreach (var (known, loinc) in results)
        {
            // A line without unit is understood where the laboratory prints the analyte in one unit alone.
            if (unit.Length == 0 ? results.Count == 1 : known == ucum && ucum is not null)
                return new LaboratoryCode(loinc, ucum);
        }
        return new LaboratoryCode(null, ucum);
    }

    /// <summary>A unit without spaces and capitals, the micro sign as u, powers written with *.</summary>
    private static string Compact(string unit) =>
        string.Concat(unit.Where(static letter => !char.IsWhiteSpace(letter)).Select(static letter => letter switch
        {
            'µ' or 'μ' => 'u',
            '^' => '*',
            '²' => '2',
            '³' => '3',
            _ => char.ToLowerInvariant(letter),
        }));

    private static void Read(ReadOnlyMemory<byte> json, Draft draft)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            foreach (var unit in List(document.RootElement, "units"))
            {
                foreach (var printed in List(unit, "printed"))
                    draft.Units[Compact(printed.GetString() ?? "")] = Text(unit, "ucum");
            }
            foreach (var laboratory in List(document.RootElement, "laboratories"))
                ReadLaboratory(laboratory, draft);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new FormatException("The table is not JSON of the form described in the README.");
        }
    }

    private static void ReadLaboratory(JsonElement laboratory, Draft draft)
    {
        var sender = Text(laboratory, "sender");
        foreach (var replaced in draft.Codes.Keys.Where(key => key.Sender == sender).ToList())
            draft.Codes.Remove(replaced);
        foreach (var code in List(laboratory, "codes"))
        {
            var results = List(code, "results").Select(static result =>
                (result.TryGetProperty("unit", out var unit) ? unit.GetString() : null, Text(result, "loinc"))).ToList();
            if (!draft.Codes.TryAdd((sender, Text(code, "code")), results))
                throw new FormatException($"Laboratory {sender} lists a code twice.");
        }
    }

    private static IEnumerable<JsonElement> List(JsonElement element, string name) =>
        element.TryGetProperty(name, out var list) ? list.EnumerateArray() : [];

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.GetString() is { Length: > 0 } text
            ? text
            : throw new FormatException($"An element has no '{name}'.");

    private sealed record Draft(
        Dictionary<(string Sender, string Code), IReadOnlyList<(string? Ucum, string Loinc)>> Codes, Dictionary<string, string> Units);
}
