using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using DmpFederation.Hub.National.Copies.Codec;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.National.Copies;

/// <summary>Two texts have one canonical form when they say the same, and only then.</summary>
public sealed class CanonicalJsonTests
{
    private static readonly Gen<JsonNode?> Leaf = Gen.OneOf(
        Gen.Const((JsonNode?)null).Select(static _ => (JsonNode?)null), Gen.Bool.Select(static flag => (JsonNode?)JsonValue.Create(flag)),
        Gen.Int.Select(static number => (JsonNode?)JsonValue.Create(number)),
        Gen.String[Gen.Char['\u0001', '\uD7FF'], 0, 8].Select(static text => (JsonNode?)JsonValue.Create(text)));

    private static readonly Gen<JsonNode?> Tree = Gen.Recursive<JsonNode?>(static (depth, tree) => depth == 4
        ? Leaf
        : Gen.OneOf(
            Leaf, tree.Array[0, 4].Select(static items => (JsonNode?)new JsonArray([.. items.Select(static one => one?.DeepClone())])),
            Gen.Select(Gen.String[Gen.Char['a', 'f'], 1, 2], tree, static (name, value) => (name, value)).Array[0, 40].Select(static properties => (JsonNode?)new JsonObject(
                properties.DistinctBy(static one => one.name).Select(static one => KeyValuePair.Create(one.name, one.value?.DeepClone()))))));

    [Fact]
    public void The_order_of_properties_white_space_and_escapes_say_nothing() => Tree.Sample(
        static tree =>
        {
            var plain = Of(JsonSerializer.SerializeToUtf8Bytes(tree));
            Of(JsonSerializer.SerializeToUtf8Bytes(Turned(tree), new JsonSerializerOptions { WriteIndented = true })).Should().Be(plain);
            var raw = new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
            Of(JsonSerializer.SerializeToUtf8Bytes(tree, raw)).Should().Be(plain);
        },
        iter: 300);

    [Fact]
    public void Trees_that_differ_have_forms_that_differ() => Gen.Select(Tree, Tree).Sample(
        static (one, other) =>
            (Of(JsonSerializer.SerializeToUtf8Bytes(one)) == Of(JsonSerializer.SerializeToUtf8Bytes(other))).Should().Be(JsonNode.DeepEquals(one, other)),
        iter: 1_000);

    [Theory]
    [InlineData("7.2", "7.20")]
    [InlineData("[1]", "[[1]]")]
    [InlineData("\"1\"", "1")]
    [InlineData("[\"a\",\"b\"]", "[\"b\",\"a\"]")]
    [InlineData("{\"a\":{},\"b\":1}", "{\"a\":{\"b\":1}}")]
    [InlineData("{\"a\":1,\"a\":2}", "{\"a\":2,\"a\":1}")]
    public void What_differs_in_what_it_says_differs(string one, string other) => Of(ACopy.Bytes(one)).Should().NotBe(Of(ACopy.Bytes(other)));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("{\"a\":\"\\ud800\"}")]
    [InlineData("nul")]
    public void What_is_no_JSON_has_no_form(string text) => new CanonicalJson().TryWrite(ACopy.Bytes(text)).Should().BeFalse();

    private static string Of(byte[] utf8)
    {
        var json = new CanonicalJson();
        json.TryWrite(utf8).Should().BeTrue();
        return Convert.ToHexString(json.Written);
    }

    private static JsonNode? Turned(JsonNode? node) => node switch
    {
        JsonObject properties => new JsonObject(properties.Reverse().Select(static one => KeyValuePair.Create(one.Key, Turned(one.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Turned)]),
        _ => node?.DeepClone(),
    };
}
