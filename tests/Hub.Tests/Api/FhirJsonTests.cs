using System.Text;
using DmpFederation.Hub.Api.GraphQl.Schema;
using FluentAssertions;
using GraphQLParser;
using GraphQLParser.AST;
using Xunit;

namespace DmpFederation.Hub.Tests.Api;

/// <summary>A FHIR resource as clients may write it: as a text, in the document, in variables.</summary>
public sealed class FhirJsonTests
{
    [Theory]
    [InlineData("""{ a: 7.20, b: [1, "x", true, null], c: { d: 12345678901234567890.10 } }""", """{"a":7.20,"b":[1,"x",true,null],"c":{"d":12345678901234567890.10}}""")]
    [InlineData(""" "{ \"a\": 7.20 }" """, """{ "a": 7.20 }""")]
    [InlineData("""{ a: ENUM }""", "")]
    [InlineData("""{ a: $variable }""", "")]
    [InlineData("[1]", "")]
    [InlineData("7", "")]
    public void What_stands_in_the_document_keeps_its_digits_and_what_is_no_object_is_no_resource(string literal, string json)
    {
        var document = Parser.Parse($"{{ f(x: {literal}) }}");
        var value = ((GraphQLField)((GraphQLOperationDefinition)document.Definitions[0]).SelectionSet.Selections[0]).Arguments![0].Value;

        Encoding.UTF8.GetString(FhirJson.Of(value).Json.Span).Should().Be(json);
    }

    [Fact]
    public void What_stands_in_variables_is_written_with_the_decimals_it_was_read_with()
    {
        var value = new Dictionary<string, object?> { ["a"] = 5.10m, ["b"] = new List<object?> { 1, "é", null, false }, ["c"] = new Dictionary<string, object?>() };

        Encoding.UTF8.GetString(FhirJson.Of(value).Json.Span).Should().Be("""{"a":5.10,"b":[1,"\u00E9",null,false],"c":{}}""");
    }

    [Fact]
    public void Half_a_surrogate_pair_is_no_resource()
    {
        // Not as data of a theory: on its way there it would be made whole.
        FhirJson.Of((object)"\uD800").Json.IsEmpty.Should().BeTrue();
        FhirJson.Of((object)"{ \"a\": \"\uDC00\" }").Json.IsEmpty.Should().BeTrue();
    }
}
