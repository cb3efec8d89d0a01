using System.Text;
using CsCheck;
using DmpFederation.Sdk.Fhir;
using DmpFederation.Sdk.Tests.Doors;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Sdk.Tests.Reading;

public class HostileBytesTests
{
    private static readonly EntryContext Context = DisguisedResources.Context;

    private static readonly Gen<byte[]> RealBytes = DisguisedResources.Any;

    private static readonly string[] NamesToSpoil =
    [
        "code", "coding", "status", "subject", "performer", "value", "valueQuantity", "system", "display", "reference", "start", "meta", "contained",
        "text", "low",
    ];

    [Fact]
    public void A_resource_cut_anywhere_is_refused() => Gen.Select(RealBytes, Gen.Double[0, 1]).Sample(
        (bytes, where) =>
        {
            var read = () => DossierEntry.FromJson(bytes.AsMemory(0, (int)((bytes.TrimEnd() - 1) * where)), Context);

            read.Should().Throw<EntryFormatException>().Which.Code.Should().Be("NOT_JSON");
        },
        iter: 2_000);

    [Fact]
    public void Changed_bytes_are_read_or_refused_and_never_anything_else() => Gen.Select(RealBytes, Gen.Select(Gen.Int, Gen.Byte).Array[1, 12]).Sample(
        (bytes, changes) =>
        {
            foreach (var (place, value) in changes)
                bytes[(uint)place % (uint)bytes.Length] = value;
            ReadOrRefuse(bytes);
        },
        iter: 10_000);

    [Fact]
    public void Pieces_moved_are_read_or_refused_and_never_anything_else() => Gen.Select(RealBytes, Gen.Int, Gen.Int, Gen.Int).Sample(
        (bytes, from, length, to) =>
        {
            var piece = bytes.AsSpan((int)((uint)from % bytes.Length));
            piece = piece[..(int)((uint)length % (piece.Length + 1))];
            var at = (int)((uint)to % bytes.Length);
            ReadOrRefuse([.. bytes.AsSpan(0, at), .. piece, .. bytes.AsSpan(at)]);
        },
        iter: 5_000);

    [Fact]
    public void Values_of_the_wrong_kind_are_as_if_absent() => Gen.Select(Choices.Draw, RandomResources.Any).Sample(
        (drawn, resource) =>
        {
            var choices = new Choices(drawn);
            var text = Encoding.UTF8.GetString(FhirEntry.FromResource(resource, Context).Resource.Span);
            foreach (var name in NamesToSpoil)
            {
                var other = choices.Of("", "null", "3", "[[[]]]", "{\"coding\":{\"code\":[]}}", "\"\\ud800\"", "true");
                text = text.Replace($"\"{name}\":", other.Length == 0 ? $"\"{name}\":" : $"\"{name}\":{other},\"x\":");
            }

            var entry = DossierEntry.FromJson(Encoding.UTF8.GetBytes(text), Context with { LocalId = "1" });

            entry.Title.Should().NotBeNullOrEmpty();
        },
        iter: 2_000);

    [Theory]
    [InlineData("", "NOT_JSON")]
    [InlineData("   ", "NOT_JSON")]
    [InlineData("not json", "NOT_JSON")]
    [InlineData("{\"resourceType\":\"Flag\",\"id\":\"1\"} x", "NOT_JSON")]
    [InlineData("{\"resourceType\":\"Flag\",\"id\":\"1\"}{}", "NOT_JSON")]
    [InlineData("{\"resourceType\":\"Flag\",\"id\":\"1\",}", "NOT_JSON")]
    [InlineData("{\"resourceType\":\"Flag\",\"id\":\"1\"/* */}", "NOT_JSON")]
    [InlineData("{\"resourceType\":\"Flag\",\"id\":\"a\tb\"}", "NOT_JSON")]
    [InlineData("[]", "NOT_A_RESOURCE")]
    [InlineData("\"Flag\"", "NOT_A_RESOURCE")]
    [InlineData("null", "NOT_A_RESOURCE")]
    [InlineData("{}", "NOT_A_RESOURCE")]
    [InlineData("{\"id\":\"1\"}", "NOT_A_RESOURCE")]
    [InlineData("{\"resourceType\":null,\"id\":\"1\"}", "NOT_A_RESOURCE")]
    [InlineData("{\"resourceType\":\"\",\"id\":\"1\"}", "NOT_A_RESOURCE")]
    [InlineData("{\"resourceType\":\"../etc\",\"id\":\"1\"}", "NOT_A_RESOURCE")]
    [InlineData("{\"resourceType\":\"Flag\",\"resourceType\":\"Goal\",\"id\":\"1\"}", "NOT_A_RESOURCE")]
    [InlineData("{\"resourceType\":\"Flag\"}", "NO_ID")]
    [InlineData("{\"resourceType\":\"Flag\",\"id\":7}", "NO_ID")]
    public void What_is_no_resource_is_refused_with_a_code(string text, string code) =>
        Refusal(Encoding.UTF8.GetBytes(text)).Code.Should().Be(code);

    [Fact]
    public void Deep_nesting_is_refused()
    {
        var text = "{\"resourceType\":\"Flag\",\"id\":\"1\",\"extension\":" + new string('[', 100_000) + new string(']', 100_000) + "}";

        Refusal(Encoding.UTF8.GetBytes(text)).Code.Should().Be("NOT_JSON");
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_refused_even_in_a_string_nobody_reads()
    {
        byte[] bytes = [.. "{\"resourceType\":\"Flag\",\"id\":\"1\",\"text\":{\"div\":\""u8, 0xE9, .. "\"}}"u8];

        Refusal(bytes).Code.Should().Be("NOT_JSON");
    }

    [Fact]
    public void A_refusal_says_where_and_repeats_nothing()
    {
        var refusal = Refusal(Encoding.UTF8.GetBytes("\ufeff{\"resourceType\":\"Patient\",\"id\":279035121518989NESSI}"));

        refusal.Message.Should().Contain("byte ").And.NotContain("NESSI").And.NotContain("279035121518989");
        refusal.InnerException.Should().BeNull();
    }

    [Fact]
    public void Many_authors_pointing_into_many_contained_resources_cost_little()
    {
        var contained = string.Join(',', Enumerable.Range(0, 20_000).Select(n => $"{{\"resourceType\":\"Practitioner\",\"id\":\"p{n}\"}}"));
        var performers = string.Join(',', Enumerable.Repeat("{\"reference\":\"#p19999\"}", 20_000));
        var bytes = Encoding.UTF8.GetBytes(
            $"{{\"resourceType\":\"Observation\",\"id\":\"1\",\"performer\":[{performers}],\"contained\":[{contained}]}}");
        var before = Environment.TickCount64;

        DossierEntry.FromJson(bytes, Context).Author.Should().BeNull();

        (Environment.TickCount64 - before).Should().BeLessThan(5_000, "20 000 × 20 000 look-ups would take minutes");
    }

    private static EntryFormatException Refusal(byte[] bytes)
    {
        var read = () => DossierEntry.FromJson(bytes, Context);
        return read.Should().Throw<EntryFormatException>().Which;
    }

    private static void ReadOrRefuse(byte[] bytes)
    {
        try
        {
            DossierEntry.FromJson(bytes, Context).Title.Should().NotBeNullOrEmpty();
        }
        catch (EntryFormatException refusal)
        {
            refusal.Code.Should().BeOneOf("NOT_JSON", "NOT_A_RESOURCE", "NO_ID");
        }
    }
}

internal static class Ends
{
    /// <summary>Length without the white space at the end, where a cut changes nothing.</summary>
    public static int TrimEnd(this byte[] bytes) => bytes.AsSpan().TrimEnd(" \r\n"u8).Length;
}
