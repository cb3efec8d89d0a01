using DmpFederation.Hub.Api.GraphQl.Schema;
using FluentAssertions;
using GraphQL.Types;
using Xunit;

namespace Hub.Tests.Api;

public sealed class SchemaTests : IDisposable
{
    private const string ApproveVariable = "DMPFED_APPROVE_SCHEMA";
    private readonly GraphQlRig rig = new();

    public void Dispose() => rig.Dispose();

    [Fact]
    public void The_schema_is_the_approved_one()
    {
        var approved = Path.Combine(RepositoryRoot(), "hub", "Api", "GraphQl", "schema.graphql");
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
        foreach (var type in rig.Schema.AllTypes.Where(static type => !type.Name.StartsWith("__", StringComparison.Ordinal)))
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
    [InlineData("dossier(\n", "ins: INS!\n", "purpose: Purpose\n", "ticket: ID\n", "): Dossier\n")]
    [InlineData("dossiers(\n", "ins: [INS!]!\n", "): [Dossier]!\n")]
    [InlineData("sources: [Source!]!\n", "source(\n", "id: ID!\n", "): Source\n", "me: Actor!\n")]
    [InlineData("type Dossier {", "ins: INS!\n", "patient: PatientIdentity\n", "): EntryPage!\n", "sources: [SourceAnswer!]!\n", "complete: Boolean!\n")]
    [InlineData("filter: EntryFilter\n", "first: Int = 50\n", "after: ID\n")]
    [InlineData("type EntryPage {", "nodes: [Entry!]!\n", "endCursor: ID\n", "hasNext: Boolean!\n")]
    [InlineData("categories: [EntryCategory!]\n", "codes: [String!]\n", "from: FhirDate\n", "to: FhirDate\n", "sources: [ID!]\n")]
    [InlineData("id: ID!\n", "category: EntryCategory!\n", "date: FhirDate\n", "title: String!\n", "fhir: FhirJson!\n", "confidentiality: [String!]!\n")]
    [InlineData("code: Coding\n", "value: EntryValue\n", "author: Author\n", "status: String\n", "origins: [Origin!]!\n", "conflicts: [Conflict!]!\n")]
    [InlineData("sourceId: ID!\n", "localId: String!\n", "version: String\n", "servedBy: Store!\n", "recorded: DateTime\n")]
    [InlineData("status: SourceStatus!\n", "reason: String\n", "entryCount: Int!\n", "elapsedMs: Int!\n", "asOf: DateTime\n")]
    [InlineData("NOT_ASKED", "NOT_ALLOWED", "TIMED_OUT", "CIRCUIT_OPEN", "UNKNOWN_PATIENT", "QUARANTINED", "LAB_RESULT", "PATIENT_REQUEST")]
    [InlineData("scalar INS", "scalar DateTime", "scalar FhirDate", "scalar FhirJson", "scalar Long", "scalar Decimal")]
    public void The_names_of_the_contract_are_there(params string[] parts) => SchemaText.Of(rig.Schema).Should().ContainAll(parts);

    private static void Note(List<string> silent, string name, string? description)
    {
        if (string.IsNullOrWhiteSpace(description))
            silent.Add(name);
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DmpFederation.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}
