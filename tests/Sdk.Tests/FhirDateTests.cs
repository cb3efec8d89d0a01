using CsCheck;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Sdk.Tests;

public class FhirDateTests
{
    private static readonly Gen<string> AnyDate = Gen.Select(
        Gen.Int[1, 9999], Gen.Int[1, 12], Gen.Int[1, 28], Gen.Int[0, 86_400 - 1], Gen.Int[0, 9_999_999], Gen.Int[-14 * 60, 14 * 60], Gen.Int[0, 6],
        (year, month, day, second, fraction, offset, form) =>
        {
            var date = $"{year:0000}-{month:00}-{day:00}";
            var time = $"{date}T{second / 3600:00}:{second / 60 % 60:00}:{second % 60:00}";
            var zone = $"{(offset < 0 ? '-' : '+')}{Math.Abs(offset) / 60:00}:{Math.Abs(offset) % 60:00}";
            return form switch
            {
                0 => date[..4],
                1 => date[..7],
                2 => date,
                3 => time + "Z",
                4 => time + zone,
                5 => $"{time}.{fraction:0000000}{zone}",
                _ => time[..^3],
            };
        });

    [Fact]
    public void Every_date_is_printed_as_it_was_recorded() => AnyDate.Sample(text => FhirDate.Parse(text).ToString().Should().Be(text));

    [Fact]
    public void Bytes_and_text_give_the_same_date() => AnyDate.Sample(text =>
    {
        FhirDate.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out var fromBytes).Should().BeTrue();
        fromBytes.Should().Be(FhirDate.Parse(text));
        fromBytes.CompareTo(FhirDate.Parse(text)).Should().Be(0);
    });

    [Fact]
    public void Any_text_is_a_date_or_refused_and_never_thrown_at() =>
        Gen.String["0123456789-:T.Z+ t\u00e9"].Sample(text =>
        {
            if (FhirDate.TryParse(text, out var date))
                date.ToString().Should().Be(text);
        });

    [Fact]
    public void The_order_is_total_and_agrees_with_equality() => Gen.Select(AnyDate, AnyDate, AnyDate).Sample((first, second, third) =>
    {
        var (a, b, c) = (FhirDate.Parse(first), FhirDate.Parse(second), FhirDate.Parse(third));
        Math.Sign(a.CompareTo(b)).Should().Be(-Math.Sign(b.CompareTo(a)));
        (a.CompareTo(b) == 0).Should().Be(a == b);
        if (a <= b && b <= c)
            (a <= c).Should().BeTrue();
    });

    [Fact]
    public void The_moment_of_an_instant_is_the_one_dotnet_reads() => AnyDate.Where(text => text.Length > 19).Sample(text =>
        FhirDate.Parse(text).StartUtc.Should().Be(Moment(text)));

    [Theory]
    [InlineData("0000")]
    [InlineData("0000-01-01")]
    [InlineData("2009-00")]
    [InlineData("2009-13")]
    [InlineData("2009-3-12")]
    [InlineData("2009-02-29")]
    [InlineData("2009-03-12T24:00:00Z")]
    [InlineData("2009-03-12T23:60:00Z")]
    [InlineData("2009-03-12T23:59:61Z")]
    [InlineData("2009-03-12T08")]
    [InlineData("2009-03-12T08:15:00.Z")]
    [InlineData("2009-03-12T08:15:00+14:01")]
    [InlineData("2009-03-12T08:15:00+010")]
    [InlineData("2009-03-12t08:15:00z")]
    [InlineData("2009-03-12 08:15:00")]
    [InlineData(" 2009")]
    [InlineData("2009 ")]
    [InlineData("20090312")]
    [InlineData("٢٠٠٩")]
    [InlineData("")]
    [InlineData(null)]
    public void What_R4_does_not_allow_is_no_date(string? text) => FhirDate.TryParse(text, out _).Should().BeFalse();

    [Theory]
    [InlineData("2009-03-12T08:15", "2009-03-12T08:15:00Z")]
    [InlineData("2009-03-12T08:15+01:00", "2009-03-12T07:15:00Z")]
    [InlineData("2009-03-12T08:15:30", "2009-03-12T08:15:30Z")]
    public void A_time_as_legacy_systems_write_it_is_read_without_seconds_and_without_offset(string text, string same) =>
        FhirDate.Parse(text).StartUtc.Should().Be(FhirDate.Parse(same).StartUtc);

    [Fact]
    public void A_leap_second_comes_after_second_59_and_before_the_next_minute()
    {
        var leap = FhirDate.Parse("2016-12-31T23:59:60Z");

        leap.Should().BeGreaterThan(FhirDate.Parse("2016-12-31T23:59:59.999Z"));
        leap.Should().BeLessThan(FhirDate.Parse("2017-01-01T00:00:00Z"));
        leap.Day.Should().Be(new DateOnly(2016, 12, 31));
    }

    [Theory]
    [InlineData("2009", "2009-01-01T00:00:00Z", "2010-01-01T00:00:00Z")]
    [InlineData("2009-12", "2009-12-01T00:00:00Z", "2010-01-01T00:00:00Z")]
    [InlineData("2008-02-29", "2008-02-29T00:00:00Z", "2008-03-01T00:00:00Z")]
    public void A_coarse_date_is_the_interval_it_can_mean(string text, string start, string end)
    {
        FhirDate.Parse(text).StartUtc.Should().Be(Moment(start));
        FhirDate.Parse(text).EndUtc.Should().Be(Moment(end));
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("9999-12-31T23:59:59-14:00")]
    [InlineData("9999")]
    [InlineData("9999-12")]
    [InlineData("9999-12-31")]
    public void The_ends_of_the_calendar_do_not_overflow(string text)
    {
        var date = FhirDate.Parse(text);

        date.EndUtc.Should().BeOnOrAfter(date.StartUtc);
        date.EndUtc.Kind.Should().Be(DateTimeKind.Utc);
        date.Year.Should().Be(int.Parse(text[..4]));
    }

    [Fact]
    public void Year_and_day_are_those_of_the_place_not_of_UTC()
    {
        var newYear = FhirDate.Parse("2010-01-01T00:30:00+01:00");

        newYear.Year.Should().Be(2010);
        newYear.Day.Should().Be(new DateOnly(2010, 1, 1));
        newYear.StartUtc.Year.Should().Be(2009);
    }

    [Fact]
    public void A_moment_made_and_read_again_is_the_same()
    {
        var made = FhirDate.FromInstant(new DateTimeOffset(2009, 3, 12, 8, 15, 30, 999, TimeSpan.FromHours(1)));

        made.ToString().Should().Be("2009-03-12T08:15:30+01:00");
        made.CompareTo(FhirDate.Parse(made.ToString())).Should().Be(0);
    }

    [Fact]
    public void The_message_of_a_refused_date_does_not_repeat_it()
    {
        var parse = () => FhirDate.Parse("28/03/1979");

        parse.Should().Throw<FormatException>().Which.Message.Should().NotContain("1979");
    }

    [Fact]
    public void The_default_value_is_no_date_and_the_least_of_all()
    {
        default(FhirDate).ToString().Should().BeEmpty();
        default(FhirDate).Day.Should().BeNull();
        default(FhirDate).Should().BeLessThan(FhirDate.Parse("0001"));
    }

    private static DateTime Moment(string text)
    {
        var start = DateTime.Parse(text[..19], System.Globalization.CultureInfo.InvariantCulture);
        var rest = text[19..];
        var fractionEnd = rest.IndexOfAny(['Z', '+', '-']);
        var ticks = fractionEnd > 1 ? long.Parse(rest[1..fractionEnd].PadRight(7, '0')) : 0;
        var zone = rest[fractionEnd..];
        var offset = zone == "Z" ? TimeSpan.Zero : TimeSpan.Parse(zone[1..]) * (zone[0] == '-' ? -1 : 1);
        var utc = Math.Clamp(start.Ticks + ticks - offset.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
        return new DateTime(utc, DateTimeKind.Utc);
    }
}
