using DmpFederation.Hub.Access;
using DmpFederation.Hub.Federation;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using DmpFederation.TestKit.Api;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Api;

public sealed class DossierQueryTests : IDisposable
{
    private readonly GraphQlRig rig = new();

    public void Dispose() => rig.Dispose();

    [Fact]
    public async Task A_dossier_shows_identity_facts_and_sources()
    {
        rig.Dossiers.Answer = ins => FakeDossiers.Dossier(ins, AFact.Of("f1", code: new Coding("http://loinc.org", "4548-4", "HbA1c"))) with
        {
            Patient = FakeDossiers.Traits,
        };

        var answer = await rig.AskAsync($$"""
            { dossier(ins: "{{GraphQlRig.Ins}}", purpose: TREATMENT) {
                ins complete patient { birthName givenNames birthDate sex status }
                entries { hasNext endCursor nodes { id category date title code { system code } fhir origins { sourceId localId servedBy } } }
                sources { sourceId status elapsedMs entryCount } } }
            """);

        answer.Codes().Should().BeEmpty();
        answer.At("data", "dossier", "ins").GetString().Should().Be("urn:oid:1.2.250.1.213.1.4.10|279035121518989");
        answer.At("data", "dossier", "patient", "sex").GetString().Should().Be("FEMALE");
        var fact = answer.At("data", "dossier", "entries", "nodes", 0);
        fact.At("category").GetString().Should().Be("LAB_RESULT");
        fact.At("code", "code").GetString().Should().Be("4548-4");
        fact.At("fhir", "resourceType").GetString().Should().Be("Observation");
        fact.At("origins", 0, "sourceId").GetString().Should().Be("north");
        rig.Dossiers.Asked.Should().ContainSingle().Which.Purpose.Should().Be(Purpose.Treatment);
    }

    [Theory]
    [InlineData("\"279035121518988\"")]
    [InlineData("279035121518988")]
    [InlineData("{ number: \"279035121518988\" }")]
    [InlineData("[\"279035121518988\"]")]
    [InlineData("\"2 79 03 51 215 189 88\"")]
    public async Task A_wrong_INS_is_named_by_rule_and_never_echoed(string literal)
    {
        var answer = await rig.AskAsync($"{{ dossier(ins: {literal}) {{ complete }} }}");

        answer.Codes().Should().Equal("INS_INVALID");
        answer.At("errors", 0, "extensions", "rule").GetString().Should().NotBeNullOrEmpty();
        answer.At("errors", 0, "path", 0).GetString().Should().Be("dossier");
        answer.GetRawText().Should().NotContain("518988").And.NotContain("189 88");
        rig.Dossiers.Asked.Should().BeEmpty();
    }

    [Theory]
    [InlineData("{ dossier(ins: $\"279035121518989\") { complete } }")]
    [InlineData("{ dossier(ins: \"279035121518989\") { nothing } }")]
    [InlineData("{ sources(ins: \"279035121518989\") { id } }")]
    [InlineData("{ dossier(ins: \"279035121518989\", purpose: \"279035121518989\") { complete } }")]
    [InlineData("{ dossier(ins: \"279035121518989\") { entries(first: 279035121518989) { hasNext } } }")]
    [InlineData("{ dossier(ins: \"279035121518989\") { entries(filter: { from: \"279035121518989\" }) { hasNext } } }")]
    public async Task A_faulty_document_is_refused_without_echoing_numbers(string query)
    {
        var answer = await rig.AskAsync(query);

        answer.Codes().Should().NotBeEmpty().And.OnlyContain(code => code == "BAD_REQUEST");
        answer.GetRawText().Should().NotContain("279035");
    }

    [Fact]
    public async Task A_variable_of_the_wrong_type_does_not_come_back()
    {
        var answer = await rig.AskAsync(
            "query($first: Int) { dossier(ins: \"279035121518989\") { entries(first: $first) { hasNext } } }", """{"first":"279035121518989"}""");

        answer.Codes().Should().Equal("BAD_REQUEST");
        answer.GetRawText().Should().NotContain("279035");
    }

    [Fact]
    public async Task A_refusal_carries_its_rule_and_nothing_else()
    {
        rig.Dossiers.Answer = static _ => new DossierRefused("ACCESS_REFUSED", "ACC-004");

        var answer = await rig.AskAsync($$"""{ dossier(ins: "{{GraphQlRig.Ins}}") { complete } }""");

        answer.At("data", "dossier").ValueKind.Should().Be(System.Text.Json.JsonValueKind.Null);
        answer.Codes().Should().Equal("ACCESS_REFUSED");
        answer.At("errors", 0, "extensions", "rule").GetString().Should().Be("ACC-004");
    }

    [Fact]
    public async Task A_ticket_travels_with_the_request_and_stays_visible_in_the_answer()
    {
        rig.Dossiers.Answer = static ins => FakeDossiers.Dossier(ins) with { Ticket = APolicy.Ticket(AnActor.Doctor()) };

        var answer = await rig.AskAsync($$"""{ dossier(ins: "{{GraphQlRig.Ins}}", ticket: "t1") { breakGlass { id mode } } }""");

        rig.Dossiers.Asked.Should().ContainSingle().Which.Ticket.Should().Be("t1");
        answer.GetProperty("data").GetProperty("dossier").GetProperty("breakGlass").GetProperty("mode").GetString().Should().Be("BRIS_DE_GLACE");
    }

    [Fact]
    public async Task A_failed_source_is_named_in_errors_while_the_data_stays()
    {
        rig.Dossiers.Answer = ins => FakeDossiers.Dossier(ins, AFact.Of("f1")) with
        {
            Sources = [FakeDossiers.Source("north", SourceStatus.Answered), FakeDossiers.Source("south", SourceStatus.TimedOut, "DEADLINE")],
        };

        var answer = await rig.AskAsync($$"""{ d: dossier(ins: "{{GraphQlRig.Ins}}") { complete entries { nodes { id } } } }""");

        answer.At("data", "d", "complete").GetBoolean().Should().BeFalse();
        answer.At("data", "d", "entries", "nodes").GetArrayLength().Should().Be(1);
        answer.Codes().Should().Equal("SOURCE_TIMED_OUT");
        answer.At("errors", 0, "extensions", "sourceId").GetString().Should().Be("south");
        answer.At("errors", 0, "extensions", "reason").GetString().Should().Be("DEADLINE");
        answer.At("errors", 0, "path", 0).GetString().Should().Be("d");
    }

    [Fact]
    public async Task Several_dossiers_are_one_request_with_an_error_at_the_place_of_each_refusal()
    {
        rig.Dossiers.Answer = static ins => ins.Value == GraphQlRig.Ins ? FakeDossiers.Dossier(ins) : new DossierRefused("ACCESS_REFUSED", "ACC-004");

        var answer = await rig.AskAsync(
            "query($all: [INS!]!) { dossiers(ins: $all) { ins } }",
            """{"all":["279035121518989","1","urn:oid:1.2.250.1.213.1.4.10|277076322082910","2 79 03 51 215 189 89"]}""");

        rig.Dossiers.Asked.Should().ContainSingle().Which.Patients.Should().HaveCount(2);
        answer.At("data", "dossiers").EnumerateArray().Select(static item => item.ValueKind == System.Text.Json.JsonValueKind.Object)
            .Should().Equal(true, false, false, true);
        answer.Codes().Should().BeEquivalentTo("INS_INVALID", "ACCESS_REFUSED");
        answer.GetProperty("errors").EnumerateArray().Select(static error => error.At("path", 1).GetInt32()).Should().BeEquivalentTo([1, 2]);
    }

    [Fact]
    public async Task More_than_fifty_dossiers_are_refused()
    {
        var many = string.Join(',', Enumerable.Repeat($"\"{GraphQlRig.Ins}\"", 51));

        var answer = await rig.AskAsync($"{{ dossiers(ins: [{many}]) {{ complete }} }}");

        answer.Codes().Should().Equal("BAD_REQUEST");
        rig.Dossiers.Asked.Should().BeEmpty();
    }

    [Fact]
    public async Task Sources_and_the_asker_are_shown()
    {
        var answer = await rig.AskAsync("""
            { sources { id state patientKeys categories capabilities } source(id: "south") { name } none: source(id: "west") { name }
              me { role profession } }
            """);

        answer.At("data", "sources", 0, "patientKeys", 0).GetString().Should().Be("INS-C");
        answer.At("data", "sources", 0, "patientKeys", 1).GetString().Should().Be("urn:oid:1.2.3");
        answer.At("data", "sources", 0, "categories", 1).GetString().Should().Be("LAB_RESULT");
        answer.At("data", "source", "name").GetString().Should().Be("Source south");
        answer.At("data", "none").ValueKind.Should().Be(System.Text.Json.JsonValueKind.Null);
        answer.At("data", "me", "role").GetString().Should().Be("PROFESSIONAL");
    }

    [Fact]
    public async Task A_fault_nobody_foresaw_shows_a_correlation_id_only()
    {
        rig.Dossiers.Answer = static _ => throw new InvalidOperationException("about PAT-TROIS");

        var answer = await rig.AskAsync($$"""{ dossier(ins: "{{GraphQlRig.Ins}}") { complete } }""");

        answer.Codes().Should().Equal("INTERNAL");
        answer.At("errors", 0, "extensions", "correlationId").GetString().Should().HaveLength(32);
        answer.GetRawText().Should().NotContain("PAT-TROIS").And.NotContain("Exception");
    }
}
