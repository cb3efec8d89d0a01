using System.Text;
using System.Text.Json;
using CsCheck;
using DmpFederation.Hub.Api;
using DmpFederation.Hub.Api.GraphQl.Projection;
using DmpFederation.Hub.Api.GraphQl.Transport;
using DmpFederation.Hub.Federation;
using FluentAssertions;
using Xunit;

namespace Hub.Tests.Api;

public sealed class TransportTests
{
    [Theory]
    [InlineData(null, "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("application/*", "application/json")]
    [InlineData("application/json", "application/json")]
    [InlineData("application/json; charset=utf-8", "application/json")]
    [InlineData("application/graphql-response+json", "application/graphql-response+json")]
    [InlineData("application/json, application/graphql-response+json", "application/graphql-response+json")]
    [InlineData("application/graphql-response+json;q=0.5, application/json", "application/json")]
    [InlineData("application/graphql-response+json, */*;q=0.1", "application/graphql-response+json")]
    [InlineData("text/html, application/json;q=0", null)]
    [InlineData("text/event-stream", null)]
    public void The_best_media_type_both_know_is_chosen(string? accept, string? expected) => MediaTypes.Choose(accept).Should().Be(expected);

    [Theory]
    [InlineData("application/json", true)]
    [InlineData("Application/JSON; charset=UTF-8", true)]
    [InlineData("application/json; charset=iso-8859-1", false)]
    [InlineData("text/plain", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_body_is_JSON_in_UTF8(string? contentType, bool expected) => MediaTypes.IsJsonRequest(contentType).Should().Be(expected);

    [Theory]
    [InlineData("found 279035121518989.", "found ….")]
    [InlineData("'2 79 03 51 215 189 89'", "'…'")]
    [InlineData("121092A22086808", "…")]
    [InlineData("line 12, column 345", "line 12, column 345")]
    public void Long_numbers_never_come_back(string message, string expected) => ProblemMap.WithoutNumbers(message).Should().Be(expected);

    [Fact]
    public void Every_status_of_a_source_is_mapped()
    {
        foreach (var status in Enum.GetValues<SourceStatus>())
        {
            var answer = new SourceAnswer("north", status, null, 0, TimeSpan.Zero, null, Store.Legacy);
            var problem = ProblemMap.From(answer);
            if (status is SourceStatus.Answered or SourceStatus.UnknownPatient or SourceStatus.NotAsked or SourceStatus.NotAllowed)
                problem.Should().BeNull();
            else
                problem!.Code.Should().StartWith("SOURCE_");
        }
    }

    [Fact]
    public void Any_text_is_written_as_the_JSON_that_reads_back_to_it() => Gen.String[Gen.Char, 0, 200].Sample(text =>
    {
        using var buffer = new JsonBuffer();
        buffer.Text(text);
        using var json = JsonDocument.Parse(Encoding.UTF8.GetString(buffer.Written));
        json.RootElement.GetString().Should().Be(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));
    });
}
