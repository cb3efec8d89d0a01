using CsCheck;
using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.CdaRepository.Tests;

public sealed class TimestampTests
{
    [Theory]
    [InlineData("2009", "2009")]
    [InlineData("200903", "2009-03")]
    [InlineData("20090312", "2009-03-12")]
    [InlineData("20090312+0100", "2009-03-12")]
    [InlineData("200903120815+0100", "2009-03-12T08:15:00+01:00")]
    [InlineData("20090312081530+0100", "2009-03-12T08:15:30+01:00")]
    [InlineData("20090312081530.123-0330", "2009-03-12T08:15:30-03:30")]
    [InlineData("20090312081530+010", "2009-03-12T08:15:30+01:00")]
    [InlineData("20090312081530+01", "2009-03-12T08:15:30+01:00")]
    [InlineData("20090312081530Z", "2009-03-12T08:15:30+00:00")]
    [InlineData("2009031208", "2009-03-12T08:00:00+01:00")]
    [InlineData("200907120815", "2009-07-12T08:15:00+02:00")]
    [InlineData("19740712081500", "1974-07-12T08:15:00+01:00")]
    [InlineData("19380300", "1938-03")]
    [InlineData("20091300", "2009")]
    [InlineData("20090231", "2009-02")]
    [InlineData("20090312240000", "2009-03-12")]
    [InlineData("2009-03-12", "2009-03-12")]
    public void Each_form_met_in_real_files_keeps_its_precision(string written, string read) =>
        CdaTime.Parse(written).ToString().Should().Be(read);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("hier")]
    [InlineData("20")]
    [InlineData("0000")]
    public void What_names_no_year_is_no_date(string? written) => CdaTime.Parse(written).Should().BeNull();

    [Fact]
    public void A_moment_written_with_its_zone_comes_back_as_the_same_moment() =>
        Gen.Select(Gen.DateTime[new DateTime(1970, 1, 1), new DateTime(2090, 1, 1)], Gen.Int[-56, 56]).Sample((time, quarters) =>
        {
            var offset = TimeSpan.FromMinutes(15 * quarters);
            var moment = new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Unspecified).AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond)), offset);
            var sign = offset < TimeSpan.Zero ? '-' : '+';
            var written = $"{moment:yyyyMMddHHmmss}{sign}{offset:hhmm}";
            CdaTime.Parse(written)!.Value.StartUtc.Should().Be(moment.UtcDateTime);
        });

    [Fact]
    public void No_text_whatever_makes_the_reader_throw() =>
        Gen.String[Gen.Char["0123456789+-.Z: T"], 0, 24].Sample(text =>
        {
            var date = CdaTime.Parse(text);
            if (date is { } read)
                FhirDate.TryParse(read.ToString(), out _).Should().BeTrue();
        });

    [SkippableFact]
    public void Paris_legal_time_is_that_of_the_zone_database()
    {
        Skip.IfNot(TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Paris", out var paris), "The machine has no zone database.");
        Gen.DateTime[new DateTime(1977, 1, 1), new DateTime(2037, 1, 1)].Sample(time =>
        {
            var legal = DateTime.SpecifyKind(time, DateTimeKind.Unspecified);
            if (paris!.IsInvalidTime(legal) || paris.IsAmbiguousTime(legal))
                return;
            ParisTime.OffsetOf(legal).Should().Be(paris.GetUtcOffset(legal));
        });
    }
}
