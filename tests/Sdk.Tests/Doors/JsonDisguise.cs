using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DmpFederation.Sdk.Tests.Doors;

/// <summary>Rewrites JSON into other bytes with the same meaning: property order, escapes, white space, a byte order mark.</summary>
internal static class JsonDisguise
{
    public static byte[] Rewrite(ReadOnlyMemory<byte> json, Choices choices)
    {
        var node = Shuffle(JsonNode.Parse(json.Span), choices)!;
        var text = node.ToJsonString(new JsonSerializerOptions
        {
            WriteIndented = choices.Flip(),
            MaxDepth = 64,
            Encoder = choices.Flip() ? JavaScriptEncoder.Default : JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });
        if (choices.Flip())
            text = text.Replace("\"code\":", "\"c\\u006fde\":").Replace("http://", "http:\\/\\/");
        return [.. choices.Flip() ? Encoding.UTF8.Preamble : [], .. Encoding.UTF8.GetBytes(text)];
    }

    private static JsonNode? Shuffle(JsonNode? node, Choices choices) => node switch
    {
        JsonObject parent => new JsonObject(parent
            .Select(property => (Rank: choices.Below(1000), Pair: KeyValuePair.Create(property.Key, Shuffle(property.Value, choices))))
            .OrderBy(item => item.Rank)
            .Select(item => item.Pair)),
        JsonArray list => new JsonArray([.. list.Select(item => Shuffle(item, choices))]),
        _ => node?.DeepClone(),
    };
}
