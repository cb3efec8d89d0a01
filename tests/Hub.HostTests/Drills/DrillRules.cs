using DmpFederation.Hub.Federation;
using FluentAssertions;
using FluentAssertions.Extensions;

namespace DmpFederation.Hub.HostTests.Drills;

/// <summary>What every answer is held to while one source is in trouble.</summary>
internal static class DrillRules
{
    /// <summary>Less than what is sent or lies there: 200 MB plain, or a gigabyte folded.</summary>
    public const long MostMemory = 160L << 20;

    /// <summary>Deadline of the federation and the margin the answer is allowed.</summary>
    public static readonly TimeSpan AnswerBy = 3.Seconds() + 100.Milliseconds();

    public static SourceAnswer Of(DossierAnswer answer, string source) => answer.Sources.Single(one => one.SourceId == source);

    public static void AssertOthersAreWhole(DossierAnswer answer, DossierAnswer whole, string source) =>
        answer.Sources.Where(one => one.SourceId != source).Select(static one => (one.SourceId, one.Status, one.EntryCount))
            .Should().Equal(whole.Sources.Where(one => one.SourceId != source).Select(static one => (one.SourceId, one.Status, one.EntryCount)));

    public static IReadOnlyList<string> LocalIds(DossierAnswer answer) =>
    [
        .. answer.Entries.SelectMany(static entry => entry.Origins)
            .Select(static origin => $"{origin.SourceId}:{origin.Entry.LocalId}").Order(StringComparer.Ordinal),
    ];
}
