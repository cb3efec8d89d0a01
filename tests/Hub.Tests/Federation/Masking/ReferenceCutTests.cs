using System.Reflection;
using System.Text;
using CsCheck;
using DmpFederation.Hub.Federation.Masking;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Federation.Masking;

/// <summary>A resource from which references are cut has the bytes of one that never had them.</summary>
public sealed class ReferenceCutTests
{
    private static readonly HashSet<string> Hidden = new(StringComparer.Ordinal) { "Observation/1", "DocumentReference/d", "urn:uuid:0c3f" };

    private static readonly ReferenceCut Cut = new(Hidden);

    [Theory]
    [InlineData(
        """{"a":1,"result":[{"reference":"Observation/1"},{"reference":"Observation/2"}],"b":2}""",
        """{"a":1,"result":[{"reference":"Observation/2"}],"b":2}""")]
    [InlineData(
        """{"result":[{"reference":"Observation/2"},{"reference":"Observation/1","display":"HbA1c"}]}""",
        """{"result":[{"reference":"Observation/2"}]}""")]
    [InlineData("""{"a":1,"result":[{"reference":"Observation/1"}],"b":2}""", """{"a":1,"b":2}""")]
    [InlineData("""{"result":[{"reference":"Observation/1"}],"b":2}""", """{"b":2}""")]
    [InlineData("""{"b":2,"result":[{"reference":"Observation/1"}]}""", """{"b":2}""")]
    [InlineData(
        """{"b":[{"reference":"http://x/fhir/Observation/1"},{"reference":"Observation/1/_history/3"},{"reference":"x/Observation/1/_history/3"},{"reference":"urn:uuid:0c3f"},0]}""",
        """{"b":[0]}""")]
    [InlineData("""{"b":2,"context":{"related":[{"reference":"DocumentReference/d"}]}}""", """{"b":2}""")]
    [InlineData("""{"b":2,"context":{"period":{},"related":[{"reference":"DocumentReference/d"}]}}""", """{"b":2,"context":{"period":{}}}""")]
    [InlineData(
        """{"relatesTo":[{"code":"appends","target":{"reference":"DocumentReference/d"}},{"code":"signs","target":{"reference":"DocumentReference/e"}}]}""",
        """{"relatesTo":[{"code":"signs","target":{"reference":"DocumentReference/e"}}]}""")]
    [InlineData(
        """{"section":[{"title":"Biologie","entry":[{"reference":"Observation/1"}]},{"title":"Autre"}]}""",
        """{"section":[{"title":"Biologie"},{"title":"Autre"}]}""")]
    [InlineData("""{"extension":[{"url":"http://x","valueReference":{"reference":"Observation/1"}}],"b":2}""", """{"b":2}""")]
    [InlineData(
        """{"contained":[{"resourceType":"List","id":"l","target":{"reference":"Observation/1"}}],"b":2}""",
        """{"contained":[{"resourceType":"List","id":"l"}],"b":2}""")]
    [InlineData("""{"result":[{"\u0072eference":"Observation\/1"}],"b":2}""", """{"b":2}""")]
    [InlineData("""{"a":[[{"reference":"Observation/1"}],[1]],"empty":[],"none":{}}""", """{"a":[[1]],"empty":[],"none":{}}""")]
    public void The_whole_reference_goes_with_its_comma_and_what_is_empty_without_it(string with, string without) =>
        Text(Cut.Cut(Encoding.UTF8.GetBytes(with))!).Should().Be(without);

    [Theory]
    [InlineData("""{"result":[{"reference":"Observation/12"},{"reference":"XObservation/1"},{"reference":"Patient/1"}]}""")]
    [InlineData("""{"reference":"Observation/1"}""")]
    [InlineData("""{"note":"Observation/1","id":"1"}""")]
    [InlineData("""{"result":[{"reference":"#1"},{"reference":7},{"reference":""}]}""")]
    [InlineData("""nonsense "reference" Observation/1""")]
    public void What_refers_to_nothing_hidden_keeps_its_bytes(string resource) =>
        Cut.Cut(Encoding.UTF8.GetBytes(resource)).Should().BeNull();

    [Fact]
    public void A_copy_with_other_bytes_says_all_the_envelope_says()
    {
        DossierEntry entry = AnEntry.HbA1c() with
        {
            Version = "3",
            Author = new EntryAuthor("801234567897", "Dr Essai"),
            Recorded = DateTimeOffset.UnixEpoch,
            Document = "d",
            Stay = "Encounter/1",
            Identifiers = [new("urn:oid:1", "1")],
            Confidentiality = ["R"],
        };
        var copy = ReferenceCut.WithResource(entry, "{}"u8.ToArray());

        foreach (var property in typeof(DossierEntry).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(one => one.Name != "Resource"))
            property.GetValue(copy).Should().Be(property.GetValue(entry), property.Name);
    }

    [Fact]
    public void A_report_that_the_hub_read_is_read_again_without_its_results()
    {
        static DossierEntry Read(string json) => DossierEntry.FromJson(
            Encoding.UTF8.GetBytes(json), new EntryContext(APatient.Known().Ins.Key, null, "doc", ["R"]));
        var report = Read(
            """{"resourceType":"DiagnosticReport","id":"r","code":{"coding":[{"system":"http://loinc.org","code":"24331-1"}]},"result":[{"reference":"Observation/1"}]}""");
        var never = Read("""{"resourceType":"DiagnosticReport","id":"r","code":{"coding":[{"system":"http://loinc.org","code":"24331-1"}]}}""");

        var cut = Cut.Apply(report);

        report.Category.Should().NotBe(never.Category);
        Text(cut.Resource.ToArray()).Should().Be(Text(never.Resource.ToArray()));
        cut.Should().BeEquivalentTo(never, options => options.Excluding(entry => entry.Resource));
    }

    [Fact]
    public void Any_nesting_is_cut_as_if_it_had_been_written_without() => Tree(4).Sample(tree =>
    {
        var with = Write(tree, keepHidden: true);
        var without = Write(tree, keepHidden: false);
        var cut = Cut.Cut(Encoding.UTF8.GetBytes($$"""{"resourceType":"X","root":{{with ?? "0"}},"z":1}"""));
        var expected = without is null ? """{"resourceType":"X","z":1}""" : $$"""{"resourceType":"X","root":{{without}},"z":1}""";
        return cut is null ? with == without : Text(cut) == expected;
    });

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    /// <summary>A value of a resource: a number, a reference that is hidden or not, a list, or an object.</summary>
    private sealed record Node(int Kind, Node[] Members);

    private static Gen<Node> Tree(int depth) => depth == 0
        ? Gen.Int[0, 2].Select(static kind => new Node(kind, []))
        : Gen.Select(Gen.Int[0, 4], Tree(depth - 1).Array[0, 4], static (kind, members) => new Node(kind, kind < 3 ? [] : members));

    /// <summary>Null when nothing is left of it.</summary>
    private static string? Write(Node node, bool keepHidden)
    {
        if (node.Kind < 3)
        {
            return node.Kind switch
            {
                0 => "1",
                1 => """{"reference":"Observation/9"}""",
                _ => keepHidden ? """{"reference":"Observation/1"}""" : null,
            };
        }
        var written = node.Members.Select(member => Write(member, keepHidden)).ToArray();
        var kept = written.Index().Where(static one => one.Item is not null).ToArray();
        if (kept.Length == 0 && written.Length > 0)
            return null;
        return node.Kind == 3
            ? $"[{string.Join(',', kept.Select(static one => one.Item))}]"
            : $"{{{string.Join(',', kept.Select(static one => $"\"p{one.Index}\":{one.Item}"))}}}";
    }
}
