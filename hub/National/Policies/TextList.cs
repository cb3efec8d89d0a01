using System.Text.Json;
using System.Text.Json.Serialization;

namespace DmpFederation.Hub.National.Policies;

/// <summary>A list of texts in one column, as JSON: the same on every engine.</summary>
internal static class TextList
{
    private const string None = "[]";

    public static string Write(IReadOnlyCollection<string> texts) =>
        texts.Count == 0 ? None : JsonSerializer.Serialize([.. texts], TextListJson.Default.StringArray);

    public static IReadOnlyList<string> Read(string stored) =>
        stored == None ? [] : JsonSerializer.Deserialize(stored, TextListJson.Default.StringArray) ?? [];
}

[JsonSerializable(typeof(string[]))]
internal sealed partial class TextListJson : JsonSerializerContext;
