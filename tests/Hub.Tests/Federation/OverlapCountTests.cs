using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Federation.Overlap;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Federation;

public sealed class OverlapCountTests
{
    [Fact]
    public async Task Copies_that_agree_and_copies_that_conflict_are_told_apart_by_pair_and_category()
    {
        var hub = new FederationBuilder()
            .With("a", Behaviour.Answers(
                AnEntry.HbA1c(), AnEntry.Dispensation().Identified("urn:oid:1.2.3", "box") with { Title = "A" },
                AnEntry.Problem("E11.9") with { Document = "d1" }, AnEntry.Problem("E11.9") with { Document = "d2" }))
            .With("b", Behaviour.Answers(AnEntry.HbA1c(), AnEntry.Dispensation(day: "2009-03-13").Identified("urn:oid:1.2.3", "box")))
            .With("c", Behaviour.Answers(AnEntry.Dispensation("3400935673220")))
            .With("silent", Behaviour.Ends(static call => call.Outcome(SourceStatus.Failed, "UNREACHABLE")));
        var count = new OverlapCount();
        count.Add(await hub.AskAsync());

        var report = count.Report();

        report.Should().BeEquivalentTo(new { Patients = 1, Incomplete = 1, Facts = 4L });
        report.Sources.Should().Equal(
            new SourceShare("a", 3, 1, 1), new SourceShare("b", 2, 0, 0), new SourceShare("c", 1, 1, 0));
        report.Pairs.Select(pair => (pair.First, pair.Second, pair.Facts)).Should().Equal(("a", "b", 2), ("a", "c", 0), ("b", "c", 0));
        report.Pairs[0].Categories.Should().Equal(
            new CategoryOverlap(EntryCategory.Medication, 1, 1), new CategoryOverlap(EntryCategory.LabResult, 1, 0));
        report.Pairs[0].Should().BeEquivalentTo(new { Agreeing = 1L, Conflicting = 1L, ShareOfFirst = 2d / 3, ShareOfSecond = 1d });
    }
}
