using DmpFederation.Hub.Federation;
using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Federation;

public sealed class EntryIdTests
{
    [Fact]
    public void An_id_never_changes()
    {
        // Masks, links and audit lines hold these: a change of the function is a loss of them.
        EntryId.Of("dp", "12345").Should().Be("3944605ada2716af71d2387371785ee9");
        EntryId.Of("franche-comte", "1.2.3^é#4").Should().Be("877e6dcd89567fb15df1ad7198de0191");
    }

    [Fact]
    public void Source_and_local_id_cannot_be_shifted_into_each_other()
    {
        EntryId.Of("a", "bc").Should().NotBe(EntryId.Of("ab", "c"));
        EntryId.Of("a", new string('x', 5000)).Should().HaveLength(32).And.NotBe(EntryId.Of("a", new string('x', 5001)));
    }

    [Theory]
    [InlineData("2009-03-11T22:59:59Z", "2009-03-11")]
    [InlineData("2009-03-11T23:00:00Z", "2009-03-12")]
    [InlineData("2009-07-11T21:59:59Z", "2009-07-11")]
    [InlineData("2009-07-11T22:00:00Z", "2009-07-12")]
    [InlineData("2009-03-29T00:59:59Z", "2009-03-29")]
    [InlineData("1995-10-01T22:30:00Z", "1995-10-01")]
    [InlineData("1996-10-01T22:30:00Z", "1996-10-02")]
    [InlineData("1970-07-01T22:30:00Z", "1970-07-01")]
    public void A_moment_belongs_to_its_civil_day_in_Paris(string moment, string day)
    {
        var (first, last) = CivilDay.Of(FhirDate.Parse(moment));

        first.Should().Be(last).And.Be(DateOnly.Parse(day).DayNumber);
    }

    [SkippableFact]
    public void Civil_days_are_those_of_the_time_zone_database()
    {
        Skip.IfNot(TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Paris", out var paris), "This machine has no time zone database.");
        for (var moment = new DateTime(1981, 1, 1, 0, 30, 0, DateTimeKind.Utc); moment.Year < 2030; moment = moment.AddHours(1))
        {
            var expected = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(moment, paris!)).DayNumber;
            if (CivilDay.OfMoment(moment) != expected)
                CivilDay.OfMoment(moment).Should().Be(expected, $"of {moment:O}");
        }
    }

    [Theory]
    [InlineData("2009", "2009-01-01", "2009-12-31")]
    [InlineData("2008-02", "2008-02-01", "2008-02-29")]
    [InlineData("9999", "9999-01-01", "9999-12-31")]
    [InlineData("9999-12-31T23:59:59Z", "9999-12-31", "9999-12-31")]
    public void A_coarse_date_spans_its_days(string date, string first, string last) =>
        CivilDay.Of(FhirDate.Parse(date)).Should().Be((DateOnly.Parse(first).DayNumber, DateOnly.Parse(last).DayNumber));
}
