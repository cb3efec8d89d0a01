using DmpFederation.TestKit.Api;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Api;

/// <summary>A document found valid before is not walked again; what it is asked with must count all the same.</summary>
public sealed class KnownDocumentTests
{
    private const string Query =
        "query($ins: INS!, $first: Int, $categories: [EntryCategory!]) { dossier(ins: $ins) "
        + "{ entries(first: $first, filter: { categories: $categories }) { nodes { id title } } } }";

    private const string Valid = """{"ins":"279035121518989","first":2}""";

    [Theory]
    [InlineData(Valid)]
    [InlineData("""{"ins":"279035121518989"}""")]
    [InlineData("""{"ins":"279035121518989","first":1}""")]
    [InlineData("""{"ins":"279035121518989","first":0}""")]
    [InlineData("""{"ins":"279035121518989","first":-1}""")]
    [InlineData("""{"ins":"279035121518989","first":"two"}""")]
    [InlineData("""{"ins":"279035121518989","categories":["LAB_RESULT"]}""")]
    [InlineData("""{"ins":"279035121518989","categories":["NO_SUCH_CATEGORY"]}""")]
    [InlineData("""{"ins":"279035121518988"}""")]
    [InlineData("""{"ins":null}""")]
    [InlineData("""{"first":2}""")]
    [InlineData("{}")]
    public async Task The_same_variables_give_the_same_answer_whether_the_document_is_known_or_new(string variables)
    {
        using var known = Rig();
        (await known.AskAsync(Query, Valid)).At("data", "dossier", "entries", "nodes").GetArrayLength().Should().Be(2);
        known.Documents.Find(Query, null)!.Arguments.Should().HaveCount(2, "dossier and entries are given arguments");

        var answer = await known.AskAsync(Query, variables);

        var library = known.Twin();
        answer.GetRawText().Should().Be((await known.AskAsync(library, Query, variables)).GetRawText(), "the library validates a new document whole");
        await known.AskAsync(library, Query, Valid);
        answer.GetRawText().Should().Be((await known.AskAsync(library, Query, variables)).GetRawText(), "it reads the values of a cached one likewise");
    }

    [Fact]
    public async Task A_document_with_several_operations_is_looked_at_whole_each_time()
    {
        using var rig = Rig();
        const string Two = "query A { dossier(ins: \"279035121518989\") { complete } } query B($ins: INS!) { dossier(ins: $ins) { complete } }";

        for (var round = 0; round < 2; round++)
            (await rig.AskAsync(Two, "{}", "A")).At("data", "dossier", "complete").GetBoolean().Should().BeTrue();

        rig.Documents.Find(Two, "A")!.Arguments.Should().BeNull();
    }

    private static GraphQlRig Rig()
    {
        var rig = new GraphQlRig();
        rig.Dossiers.Answer = static ins => FakeDossiers.Dossier(ins, AFact.Of("a"), AFact.Of("b"), AFact.Of("c"));
        return rig;
    }
}
