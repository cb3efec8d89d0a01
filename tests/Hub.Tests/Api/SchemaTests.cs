using DmpFederation.Hub.Api.GraphQl.Schema;
using FluentAssertions;
using GraphQL.Types;
using Xunit;

namespace DmpFederation.Hub.Tests.Api;

public sealed class SchemaTests : IDisposable
{
    private const string ApproveVariable = "DMPFED_APPROVE_SCHEMA";
    private readonly GraphQlRig rig = new();

    public void Dispose() => rig.Dispose();

    [Fact]
    public void The_schema_is_the_approved_one()
    {
        var approved = Path.Combine(RepositoryFiles.Root, "hub", "Api", "GraphQl", "schema.graphql");
        var printed = SchemaText.Of(rig.Schema);
        if (Environment.GetEnvironmentVariable(ApproveVariable) == "1")
            File.WriteAllText(approved, printed);

        printed.Should().Be(
            File.ReadAllText(approved), $"clients rely on it; look at the difference, then run this test once with {ApproveVariable}=1");
    }

    [Fact]
    public void Everything_in_the_schema_is_described()
    {
        rig.Schema.Initialize();
        var silent = new List<string>();
        foreach (var type in rig.Schema.AllTypes.Where(static type => !IsOfTheLanguage(type.Name)))
        {
            Note(silent, type.Name, type.Description);
            foreach (var value in (type as EnumerationGraphType)?.Values ?? Enumerable.Empty<EnumValueDefinition>())
                Note(silent, $"{type.Name}.{value.Name}", value.Description);
            if (type is not IComplexGraphType complex)
                continue;
            foreach (var field in complex.Fields)
            {
                Note(silent, $"{type.Name}.{field.Name}", field.Description);
                foreach (var argument in field.Arguments ?? [])
                    Note(silent, $"{type.Name}.{field.Name}({argument.Name})", argument.Description);
            }
        }

        silent.Should().BeEmpty();
    }

    [Theory]
    [InlineData("dossier(", "ins: INS!", "purpose: Purpose", "ticket: ID", "): Dossier")]
    [InlineData("dossiers(", "ins: [INS!]!", "): [Dossier]!")]
    [InlineData("sources: [Source!]!", "source(", "id: ID!", "): Source", "me: Actor!")]
    [InlineData("type Dossier {", "ins: INS!", "patient: PatientIdentity", "): EntryPage!", "sources: [SourceAnswer!]!", "complete: Boolean!")]
    [InlineData("filter: EntryFilter", "first: Int = 50", "after: ID")]
    [InlineData("type EntryPage {", "nodes: [Entry!]!", "endCursor: ID", "hasNext: Boolean!")]
    [InlineData("categories: [EntryCategory!]", "codes: [String!]", "from: FhirDate", "to: FhirDate", "sources: [ID!]")]
    [InlineData("id: ID!", "category: EntryCategory!", "date: FhirDate", "title: String!", "fhir: FhirJson!", "confidentiality: [String!]!")]
    [InlineData("code: Coding", "value: EntryValue", "author: Author", "status: String", "origins: [Origin!]!", "conflicts: [Conflict!]!")]
    [InlineData("sourceId: ID!", "localId: String!", "version: String", "servedBy: Store!", "recorded: DateTime")]
    [InlineData("status: SourceStatus!", "reason: String", "entryCount: Int!", "elapsedMs: Int!", "asOf: DateTime")]
    [InlineData("NOT_ASKED", "NOT_ALLOWED", "TIMED_OUT", "CIRCUIT_OPEN", "UNKNOWN_PATIENT", "QUARANTINED", "LAB_RESULT", "PATIENT_REQUEST")]
    [InlineData("scalar INS", "scalar DateTime", "scalar FhirDate", "scalar FhirJson", "scalar Long", "scalar Decimal")]
    public void The_names_of_the_contract_are_there(params string[] parts) => SchemaText.Of(rig.Schema).Should().ContainAll(parts);

    private static bool IsOfTheLanguage(string name) =>
        name.StartsWith("__", StringComparison.Ordinal) || name is "String" or "Int" or "Float" or "Boolean" or "ID";

    private static void Note(List<string> silent, string name, string? description)
    {
        if (string.IsNullOrWhiteSpace(description))
            silent.Add(name);
    }
}
