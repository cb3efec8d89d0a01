using System.Text;
using CsCheck;
using DmpFederation.Sdk.Tests.Doors;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Sdk.Tests.Reading;

/// <summary>The door for a resource that stands in something larger.</summary>
public class ResourceWithinTests
{
    private static readonly EntryContext Context = DisguisedResources.Context;

    [Fact]
    public void A_resource_is_read_the_same_whatever_follows_it() =>
        Gen.Select(DisguisedResources.Any, Gen.Byte.Array[0, 20]).Sample(
            (disguised, after) =>
            {
                // A byte order mark stands before a whole text, never within one.
                var bytes = disguised.AsSpan().TrimStart("\uFEFF"u8).ToArray();
                var alone = DossierEntry.FromJson(bytes, Context);

                var within = DossierEntry.FromJson((byte[])[.. " \n"u8, .. bytes, .. ","u8, .. after], Context, out var length);

                Envelope.Of(within).Should().Be(Envelope.Of(alone));
                length.Should().Be(2 + bytes.AsSpan().TrimEnd(" \t\r\n"u8).Length);
                within.Resource.Span.SequenceEqual(bytes.AsSpan().Trim(" \t\r\n"u8)).Should().BeTrue();
            },
            iter: 2_000);

    [Fact]
    public void Every_resource_of_a_search_set_is_found_one_after_the_other()
    {
        var bundle = """[{"resourceType":"Flag","id":"1"}, {"id":"2","resourceType":"Basic"},{"resourceType":"Flag","id":"3"}]"""u8.ToArray();
        var ids = new List<string>();
        for (var at = 1; at < bundle.Length; at++)
        {
            ids.Add(DossierEntry.FromJson(bundle.AsMemory(at), Context, out var length).LocalId);
            at += length;
        }

        ids.Should().Equal("Flag/1", "Basic/2", "Flag/3");
    }

    [Theory]
    [InlineData("""{"resourceType":"Flag","id":"1","status":"active" """, "NOT_JSON")]
    [InlineData("""{"resourceType":"Flag","id":1e}""", "NOT_JSON")]
    [InlineData("""  ["resourceType"]""", "NOT_A_RESOURCE")]
    [InlineData("""{"id":"1"},{"resourceType":"Flag"}""", "NOT_A_RESOURCE")]
    [InlineData("""{"resourceType":"Flag"},{"id":"1"}""", "NO_ID")]
    public void What_is_no_resource_is_refused_by_the_same_codes(string text, string code)
    {
        var read = () => DossierEntry.FromJson(Encoding.UTF8.GetBytes(text), Context, out _);

        read.Should().Throw<EntryFormatException>().Which.Code.Should().Be(code);
    }

    [Fact]
    public void Broken_UTF8_within_is_refused_and_behind_is_not_its_business()
    {
        var resource = "{\"resourceType\":\"Flag\",\"id\":\"1\",\"x\":\"é\"}"u8.ToArray();
        byte[] behind = [.. resource, .. ","u8, 0xFF];
        var within = resource.ToArray();
        within[^3] = 0xFF;

        var refused = () => DossierEntry.FromJson(within, Context, out _);

        DossierEntry.FromJson(behind, Context, out var length).LocalId.Should().Be("Flag/1");
        length.Should().Be(resource.Length);
        refused.Should().Throw<EntryFormatException>().Which.Code.Should().Be("NOT_JSON");
    }
}
