using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Federation.Merge;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Federation;

public sealed class ScopeFilterTests
{
    [Theory]
    [InlineData("2009-03-12", "2009-03-12", "2009-03-12", true)]
    [InlineData("2009-03-12", "2009-03-13", null, false)]
    [InlineData("2009-03-12", null, "2009-03-11", false)]
    [InlineData("2009", "2009-06", null, true)]
    [InlineData("2009", null, "2008", false)]
    [InlineData("2009-03-11T23:30:00Z", "2009-03-12", "2009-03-12", true)]
    [InlineData("2009-03-12T08:15:00+01:00", "2009-03-12T08:00:00+01:00", "2009-03-12T09:00:00+01:00", true)]
    [InlineData("2009-03-12T08:15:00+01:00", "2009-03-12T08:30:00+01:00", null, false)]
    [InlineData("2009-03-12T08:15:00+01:00", null, "2009-03-12T08:00:00+01:00", false)]
    [InlineData(null, "2009", "2009", true)]
    public void A_fact_is_inside_when_its_date_can_be(string? date, string? from, string? to, bool inside)
    {
        var scope = new DossierScope(true, [], [], from is null ? null : FhirDate.Parse(from), to is null ? null : FhirDate.Parse(to));

        ScopeFilter.Apply(Facts(AnEntry.HbA1c() with { Date = date }), scope).Should().HaveCount(inside ? 1 : 0);
    }

    [Fact]
    public void A_source_that_ignores_the_categories_asked_for_is_corrected()
    {
        var facts = Facts(AnEntry.HbA1c(), AnEntry.Dispensation());

        ScopeFilter.Apply(facts, new DossierScope(true, [EntryCategory.Medication], [])).Should().ContainSingle()
            .Which.Lead.Category.Should().Be(EntryCategory.Medication);
        ScopeFilter.Apply(facts, new DossierScope(true, [], ["picardie"])).Should().BeEmpty();
        ScopeFilter.Apply(facts, DossierScope.All).Should().BeSameAs(facts);
    }

    private static IReadOnlyList<MergedEntry> Facts(params DossierEntry[] entries) =>
        new RecordMerger(ClinicalKeys.Default).Merge([new SourceEntries("dp", entries)]);
}
