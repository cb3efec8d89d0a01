using System.Text.Json;

namespace DmpFederation.Plugins.DossierPharmaceutique;

/// <summary>A line that is no entry, as bytes that can be kept and read again: a JSON object whose names are the host's columns.</summary>
internal static class KeptLine
{
    public static void Write(Utf8JsonWriter json, in DispensedLine line)
    {
        json.WriteString("id", line.Id);
        json.WriteString("date_delivrance", line.Date);
        json.WriteString("cip13", line.Cip13);
        json.WriteString("libelle", line.Label);
        json.WriteString("code_atc", line.Atc);
        if (line.Boxes is { } boxes)
            json.WriteNumber("quantite", boxes);
        json.WriteString("date_saisie", line.Recorded);
        if (line.Version is { } version)
            json.WriteNumber("version", version);
        if (line is { OtherSystem: { } system, OtherValue: { } value })
        {
            json.WriteString("ref_systeme", system);
            json.WriteString("ref_valeur", value);
        }
    }

    /// <summary>The line; null when the bytes are none.</summary>
    public static DispensedLine? Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes);
            if (json.RootElement.ValueKind != JsonValueKind.Object || Text(json.RootElement, "id") is not { } id)
                return null;
            return new DispensedLine
            {
                Id = id,
                Date = Text(json.RootElement, "date_delivrance"),
                Cip13 = Text(json.RootElement, "cip13"),
                Label = Text(json.RootElement, "libelle"),
                Atc = Text(json.RootElement, "code_atc"),
                Boxes = Number(json.RootElement, "quantite"),
                Recorded = Text(json.RootElement, "date_saisie"),
                Version = Number(json.RootElement, "version"),
                OtherSystem = Text(json.RootElement, "ref_systeme"),
                OtherValue = Text(json.RootElement, "ref_valeur"),
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Number(JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;
}
