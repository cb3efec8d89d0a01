using FluentAssertions;
using Xunit;

namespace DmpFederation.Sdk.Tests;

public sealed class LatinLettersTests
{
    [Theory]
    [InlineData("ÀÁÂÃÄÅ", "AAAAAA")]
    [InlineData("àáâãäåÇç", "AAAAAACC")]
    [InlineData("ÈÉÊËèéêëÌÍÎÏìíîï", "EEEEEEEEIIIIIIII")]
    [InlineData("ÑñÒÓÔÕÖØòóôõöø", "NNOOOOOOOOOOOO")]
    [InlineData("ÙÚÛÜùúûüÝýÿŸ", "UUUUUUUUYYYY")]
    [InlineData("ŒœÆæßẞÞþÐðĲĳ", "OEOEAEAESSSSTHTHDDIJIJ")]
    [InlineData("ĐđĦħŁłŠšŽžĞğİı", "DDHHLLSSZZGGII")]
    [InlineData("Nguyễn Thị Ớt", "NGUYENTHIOT")]
    [InlineData("a-b'c d.9", "ABCD")]
    public void Letters_lose_their_signs(string written, string letters)
    {
        Span<char> target = stackalloc char[64];
        new string(target[..LatinLetters.FoldLetters(written, target)]).Should().Be(letters);
    }

    [Fact]
    public void Case_never_changes_the_letter()
    {
        // Turkish dotless i is the one pair of Unicode that invariant case mapping keeps apart.
        for (var letter = '\u00C0'; letter < '\u1F00'; letter++)
        {
            if (letter is not ('ı' or 'İ') && char.ToUpperInvariant(letter) is var upper && upper != letter)
                LatinLetters.Fold(letter).Should().Be(LatinLetters.Fold(upper), $"of U+{(int)letter:X4}");
        }
    }

    [Fact]
    public void Writing_stops_where_the_target_ends()
    {
        Span<char> target = stackalloc char[2];
        LatinLetters.FoldLetters("aœ", target).Should().Be(2);
        new string(target).Should().Be("AO");
    }
}
