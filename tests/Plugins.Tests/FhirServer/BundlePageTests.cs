using System.Text;
using System.Text.Json;
using CsCheck;
using DmpFederation.Plugins.FhirServer;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.Tests.FhirServer;

public sealed class BundlePageTests
{
    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String[Gen.Char.AlphaNumeric, 0, 12],
        AnyOf("entry", "resource", "\"entry\":[{", "}]}", "\\", "é", "\u2028", "𝄞", "\"", "link", "next", "{\"resource\":{}}"));

    private static readonly Gen<string> Name = Gen.OneOf(
        AnyOf("entry", "resource", "link", "type", "fullUrl", "search", "resourceType", "request", "id"),
        Gen.String[Gen.Char.AlphaNumeric, 1, 6]);

    /// <summary>Any JSON value; an object may repeat no name, as FHIR has it.</summary>
    private static readonly Gen<string> Value = Gen.Recursive<string>((depth, self) => depth >= 3
        ? Scalar
        : Gen.OneOf(
            Scalar,
            self.Array[0, 3].Select(items => $"[{string.Join(" ,", items)}]"),
            Gen.Select(Name, self).Array[0, 4].Select(pairs => Object(pairs.DistinctBy(pair => pair.Item1)))));

    private static Gen<string> Scalar => Gen.OneOf(
        Text.Select(text => Quoted(text)), Gen.Int.Select(number => number.ToString()), AnyOf("true", "false", "null", "1.50", "-0", "1e3"));

    private static readonly Gen<(string Json, string Name)> Entry =
        from url in Text
        from resource in Gen.Select(Name, Value).Array[0, 5].Select(pairs => Object(pairs.DistinctBy(pair => pair.Item1)))
        from mode in AnyOf("match", "include", "outcome")
        from noise in Value
        from order in Gen.Shuffle(new[] { 0, 1, 2, 3 })
        select (Shuffled([("fullUrl", Quoted(url)), ("resource", resource), ("search", $"{{\"x\":{noise},\"mode\":\"{mode}\"}}"), ("note", noise)], order), resource);

    private static readonly Gen<string> Bundle =
        from entries in Entry.Array[0, 6]
        from next in Text.Where(text => text.Length > 0)
        from noise in Value
        from order in Gen.Shuffle(new[] { 0, 1, 2, 3, 4 })
        select Shuffled(
            [
                ("resourceType", "\"Bundle\""), ("type", "\"searchset\""), ("entry", $"[{string.Join(", ", entries.Select(entry => entry.Json))}]"),
                ("link", $"[{{\"url\":\"x\",\"relation\":\"self\"}},{{\"url\":{Quoted(next)},\"relation\":\"next\",\"y\":{noise}}}]"), ("meta", noise),
            ],
            order);

    [Fact]
    public void Every_resource_is_cut_out_exactly_whatever_the_order_of_properties_and_the_names_inside() => Bundle.Sample(
        bundle =>
        {
            var page = BundlePage.Read(Encoding.UTF8.GetBytes(bundle));
            using var document = JsonDocument.Parse(bundle);
            page.Shape.Should().Be(BundleShape.Whole);
            page.Type.Should().Be("searchset");
            page.Next.Should().Be(document.RootElement.GetProperty("link")[1].GetProperty("url").GetString());
            var expected = document.RootElement.GetProperty("entry").EnumerateArray().ToList();
            page.Entries.Should().HaveCount(expected.Count);
            foreach (var (read, entry) in page.Entries.Zip(expected))
            {
                Encoding.UTF8.GetString(read.Resource.Span).Should().Be(entry.GetProperty("resource").GetRawText());
                read.FullUrl.Should().Be(entry.GetProperty("fullUrl").GetString());
                read.SearchMode.Should().Be(entry.GetProperty("search").GetProperty("mode").GetString());
            }
        },
        iter: 2000);

    [Fact]
    public void A_bundle_cut_anywhere_yields_only_whole_resources_and_is_never_taken_for_whole() => Gen.Select(Bundle, Gen.Double[0, 1]).Sample(
        (bundle, where) =>
        {
            var bytes = Encoding.UTF8.GetBytes(bundle);
            var cut = bytes.AsMemory(0, (int)((bytes.Length - 1) * where));
            var page = BundlePage.Read(cut);
            page.Shape.Should().NotBe(BundleShape.Whole);
            var whole = BundlePage.Read(bytes);
            page.Entries.Count.Should().BeLessThanOrEqualTo(whole.Entries.Count);
            foreach (var (read, entry) in page.Entries.Zip(whole.Entries))
                read.Resource.ToArray().Should().Equal(entry.Resource.ToArray());
        },
        iter: 1000);

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("{\"resourceType\":\"OperationOutcome\"}")]
    [InlineData("{\"resourceType\":\"Bundle\",\"entry\":[]} {}")]
    [InlineData("{\"resourceType\":1,\"entry\":[{\"resource\":{}}]}")]
    public void What_is_not_a_bundle_is_not_taken_for_one(string text) =>
        BundlePage.Read(Encoding.UTF8.GetBytes(text)).Shape.Should().NotBe(BundleShape.Whole);

    [Fact]
    public void Entries_of_wrong_types_are_seen_and_do_not_spoil_the_others()
    {
        var page = BundlePage.Read("""{"resourceType":"Bundle","link":{},"entry":[1,null,[{}],{"resource":"x"},{"resource":{"id":"1"}}]}"""u8.ToArray());
        page.Shape.Should().Be(BundleShape.Whole);
        page.Entries.Select(entry => entry.Resource.Length).Should().Equal(0, 0, 0, 0, 10);
    }

    private static Gen<string> AnyOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    private static string Quoted(string text) => JsonSerializer.Serialize(text);

    private static string Object(IEnumerable<(string Name, string Value)> pairs) =>
        "{" + string.Join(",", pairs.Select(pair => $"{Quoted(pair.Name)} : {pair.Value}")) + "}";

    private static string Shuffled((string Name, string Value)[] properties, int[] order) =>
        Object(order.Select(index => properties[index]));
}
