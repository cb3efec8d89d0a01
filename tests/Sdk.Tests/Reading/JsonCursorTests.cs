using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using DmpFederation.Sdk.Tests.Doors;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Sdk.Tests.Reading;

/// <summary>The framework's reader is what the cursor is held to: the same tokens, and the same texts refused.</summary>
public class JsonCursorTests
{
    private static readonly Gen<byte[]> Resources = DisguisedResources.Any;

    private static readonly Gen<string> Pieces = OneOf(
        "{", "}", "[", "]", ",", ":", " ", "\n", "\t", "\r", "\v", "\"a\"", "\"\"", "\"é\\u00e9\"", "\"\\ud800\"", "\"\\x\"", "\"\\u12G4\"", "\"\u0001\"",
        "\"sixteen letters of text\"", "\"open", "\\", "true", "false", "null", "tru", "nullx", "0", "-0", "01", "1", "-1", "1.", ".5", "1.5", "1e5", "1E+5",
        "1e", "-", "12345678901234567890.5", "3.10", "//", "/**/", "\"k\":1", "\"k\":{", "\"k\" : [");

    [Fact]
    public void Real_resources_give_the_same_tokens() => Resources.Sample(bytes => Steps(bytes).Should().Equal(FrameworkSteps(bytes)), iter: 500);

    [Fact]
    public void Spoilt_resources_give_the_same_tokens_up_to_the_same_refusal() =>
        Gen.Select(Resources, Gen.Select(Gen.Int, Gen.Byte).Array[1, 3]).Sample(
            (bytes, changes) =>
            {
                foreach (var (place, value) in changes)
                    bytes[(uint)place % (uint)bytes.Length] = value;
                Steps(bytes).Should().Equal(FrameworkSteps(bytes));
            },
            iter: 3_000);

    [Fact]
    public void Any_row_of_pieces_gives_the_same_tokens_up_to_the_same_refusal() => Pieces.Array[0, 12].Sample(
        pieces =>
        {
            var bytes = Encoding.UTF8.GetBytes(string.Concat(pieces));
            Steps(bytes).Should().Equal(FrameworkSteps(bytes));
        },
        iter: 50_000);

    [Theory]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    public void Depth_ends_where_it_does_for_the_framework(int depth)
    {
        foreach (var (open, close) in new[] { ("[", "]"), ("{\"a\":", "}") })
        {
            var text = string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth));
            Steps(Encoding.UTF8.GetBytes(text)).Should().Equal(FrameworkSteps(Encoding.UTF8.GetBytes(text)));
        }
    }

    [Fact]
    public void Skipping_ends_at_the_same_place() => Gen.Select(Resources, Gen.Int[0, 200]).Sample(
        (bytes, steps) =>
        {
            bytes = [.. bytes.SkipWhile(static unit => unit > 0x7F)]; // a byte order mark is the entry reader's to leave out
            var cursor = new JsonCursor(bytes);
            var framework = new Utf8JsonReader(bytes);
            while (steps-- > 0 && cursor.Read())
                framework.Read();
            cursor.Skip();
            framework.Skip();

            (cursor.TokenType, cursor.TokenStart, cursor.Consumed).Should()
                .Be((framework.TokenType, (int)framework.TokenStartIndex, (int)framework.BytesConsumed));
        },
        iter: 1_000);

    [Fact]
    public void Numbers_are_the_decimals_the_framework_reads_digits_and_scale_alike() =>
        Gen.Select(Gen.Bool, Gen.Long[0, long.MaxValue], Gen.Int[-1, 22], OneOf("", "e3", "E-2")).Sample(
            (isNegative, digits, point, exponent) =>
            {
                var text = digits.ToString(CultureInfo.InvariantCulture);
                if (point > 0)
                    text = point < text.Length ? $"{text[..^point]}.{text[^point..]}" : $"0.{text.PadLeft(point, '0')}";
                var bytes = Encoding.UTF8.GetBytes((isNegative ? "-" : "") + text + exponent);
                var cursor = new JsonCursor(bytes);
                cursor.Read();
                var framework = new Utf8JsonReader(bytes);
                framework.Read();

                var isDecimal = cursor.TryGetDecimal(out var number);

                isDecimal.Should().Be(framework.TryGetDecimal(out var expected));
                decimal.GetBits(number).Should().Equal(decimal.GetBits(expected));
            },
            iter: 20_000);

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    private static List<string> Steps(ReadOnlySpan<byte> bytes)
    {
        var steps = new List<string>();
        var cursor = new JsonCursor(bytes);
        try
        {
            while (cursor.Read())
                steps.Add(Print(cursor.TokenType, cursor.TokenStart, IsValue(cursor.TokenType) ? cursor.ValueSpan : [], cursor.ValueIsEscaped));
        }
        catch (JsonException)
        {
            steps.Add("refused");
        }
        return steps;
    }

    private static List<string> FrameworkSteps(ReadOnlySpan<byte> bytes)
    {
        var steps = new List<string>();
        var reader = new Utf8JsonReader(bytes);
        try
        {
            while (reader.Read())
                steps.Add(Print(reader.TokenType, (int)reader.TokenStartIndex, IsValue(reader.TokenType) ? reader.ValueSpan : [], reader.ValueIsEscaped));
        }
        catch (JsonException)
        {
            steps.Add("refused");
        }
        return steps;
    }

    private static bool IsValue(JsonTokenType type) => type is JsonTokenType.PropertyName or JsonTokenType.String or JsonTokenType.Number;

    private static string Print(JsonTokenType type, int start, ReadOnlySpan<byte> value, bool isEscaped) =>
        $"{type} at {start}: {Convert.ToHexString(value)}{(IsValue(type) && isEscaped ? " escaped" : "")}";
}
