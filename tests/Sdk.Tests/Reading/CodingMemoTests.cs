using System.Text;
using CsCheck;
using DmpFederation.Sdk.Tests.Doors;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Sdk.Tests.Reading;

public class CodingMemoTests
{
    private static readonly EntryContext Context = DisguisedResources.Context;

    [Fact]
    public void A_resource_reads_the_same_whether_its_codings_were_met_before_or_not() => DisguisedResources.Any.Sample(
        bytes =>
        {
            var first = DossierEntry.FromJson(bytes, Context);
            var second = DossierEntry.FromJson(bytes, Context);

            Envelope.Of(second).Should().Be(Envelope.Of(first));
        },
        iter: 1_000);

    [Fact]
    public void A_list_met_before_is_known_by_its_bytes_alone()
    {
        var list = """[{"system":"http://loinc.org","code":"4548-4","display":"Hemoglobin A1c"}]""";
        var (known, another) = (Observation(list), Observation(list.Replace("A1c", "A1d", StringComparison.Ordinal)));

        var codes = new[] { known, another, known }.Select(bytes => DossierEntry.FromJson(bytes, Context).Code!.Display);

        codes.Should().Equal("Hemoglobin A1c", "Hemoglobin A1d", "Hemoglobin A1c");
        CodingMemo.Find(Encoding.UTF8.GetBytes(list + ",\"text\":\"behind\""))!.Chosen.Code.Should().Be("4548-4");
    }

    [Fact]
    public void What_stands_beside_a_coding_is_never_kept()
    {
        var list = """[{"system":"http://loinc.org","code":"718-7","extension":[{"url":"http://example.org/note","valueString":"vue ce matin"}]}]""";

        DossierEntry.FromJson(Observation(list), Context).Code!.Code.Should().Be("718-7");

        CodingMemo.Find(Encoding.UTF8.GetBytes(list)).Should().BeNull();
    }

    [Fact]
    public void A_known_list_that_would_go_too_deep_is_still_refused()
    {
        var list = """[{"system":"http://loinc.org","code":"2160-0","display":"Creatinine"}]""";
        DossierEntry.FromJson(Observation(list), Context);
        // Components read their label as the observation reads its code, at the depth the lists around it make.
        var deep = new string('[', 60) + $$$"""{"code":{"coding":{{{list}}}}}""" + new string(']', 60);
        var read = () => DossierEntry.FromJson(
            Encoding.UTF8.GetBytes($$$"""{"resourceType":"Observation","id":"o","component":{{{deep}}}}"""), Context);

        read.Should().Throw<EntryFormatException>().Which.Code.Should().Be("NOT_JSON");
    }

    private static byte[] Observation(string codings) =>
        Encoding.UTF8.GetBytes($$$"""{"resourceType":"Observation","id":"o","code":{"coding":{{{codings}}}}}""");
}
