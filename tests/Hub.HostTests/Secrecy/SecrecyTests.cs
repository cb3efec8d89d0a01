using System.Text.RegularExpressions;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.HostTests.Secrecy;

/// <summary>
/// Patient data never appears in a log, metric, trace, exception text or URL. Runs last: it looks at what the whole run of this assembly wrote.
/// </summary>
public sealed partial class SecrecyTests
{
    [Fact]
    public void Nothing_this_process_wrote_names_a_patient()
    {
        var lines = 0;
        var told = new List<string>();
        foreach (var line in ProcessOutput.Lines())
        {
            lines++;
            if (!IsTheTestsOwn(line) && What(line) is { } what && told.Count < 20)
                told.Add($"{what}: {Hidden(line)}");
        }

        KnownPatients.Count.Should().BePositive();
        lines.Should().BePositive("a run without output would prove nothing");
        told.Should().BeEmpty();
    }

    [Theory]
    [InlineData("log Message Source dp failed for 279035121518989", "number")]
    [InlineData("trace System.Net.Http url.full http://127.0.0.1/Patient?identifier=urn:oid:1|279035121518989", "number")]
    public void It_would_find_one(string line, string what) => What(line).Should().Be(what);

    private static string? What(string line)
    {
        foreach (var digits in Digits().EnumerateMatches(line))
        {
            if (KnownPatients.IsNumber(line.Substring(digits.Index, digits.Length)))
                return "number";
        }
        foreach (var date in Dates().EnumerateMatches(line))
        {
            if (KnownPatients.IsBirthDate(line.Substring(date.Index, date.Length)))
                return "birth date";
        }
        foreach (Match words in Pairs().Matches(line))
        {
            if (KnownPatients.IsName(words.Groups[1].Value))
                return "name";
        }
        return null;
    }

    /// <summary>The legacy systems of the tests are servers of this process too: what their side of a request is called is not the hub's.</summary>
    private static bool IsTheTestsOwn(string line) =>
        line.StartsWith("trace Microsoft.AspNetCore ", StringComparison.Ordinal)
        // The plug-ins of tests/BadPlugins that name their patient do so on purpose: the hub and the conformance kit have to catch it. Only where they
        // throw it is theirs; what the hub makes of it would begin otherwise.
        || PlantedFault().IsMatch(line);

    private static string Hidden(string line) => Digits().Replace(line.Length > 300 ? line[..300] : line, "<number>");

    [GeneratedRegex(@"^exception [\w.]+ (planted: patient |The source failed: PLANTED_)", RegexOptions.CultureInvariant)]
    private static partial Regex PlantedFault();

    [GeneratedRegex(@"\d[\dAB]{12,}", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();

    [GeneratedRegex(@"(?<!\d)(?:19|20)\d\d-\d\d-\d\d(?![\d.])|(?<!\d)(?:19|20)\d{6}(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Dates();

    // Every pair of neighbouring words: the second of a pair is the first of the next.
    [GeneratedRegex(@"(?<![\p{L}-])(?=([\p{L}'-]+ [\p{L}'-]+))", RegexOptions.CultureInvariant)]
    private static partial Regex Pairs();
}
