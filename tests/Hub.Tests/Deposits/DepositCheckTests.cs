using System.Text;
using DmpFederation.Hub.Deposits;
using DmpFederation.Hub.Identity;
using DmpFederation.Hub.Tests.National;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Deposits;

/// <summary>What is wrong with a deposit is said with what to mend, and nothing is kept.</summary>
public sealed class DepositCheckTests : IAsyncLifetime
{
    private readonly SqliteNationalHost host = new();
    private readonly NationalNode node;
    private readonly DepositRig rig;

    public DepositCheckTests()
    {
        var clock = new TestClock();
        node = host.Open(clock);
        rig = new DepositRig(node, clock);
    }

    public Task InitializeAsync() => node.ApplyAsync(AChange.Opening());

    public async Task DisposeAsync()
    {
        (await rig.ReadAsync()).Should().BeEmpty("what was refused is not kept");
        rig.Dispose();
        await host.DisposeAsync();
    }

    [Theory]
    [InlineData("""{ "resourceType": "Observation", "status": "finale", "code": { "text": "x" } }""", "FHIR_INVALID", "status")]
    [InlineData("""{ "resourceType": "Observation", "status": "final" }""", "FHIR_INVALID", "code")]
    [InlineData("""{ "resourceType": "Observation", "status": "final", "code": { "text": "x" }, "poids": 3 }""", "FHIR_INVALID", "Observation")]
    [InlineData("""{ "resourceType": "Patient", "active": true }""", "RESOURCE_TYPE", "Observation")]
    [InlineData("[]", "FHIR_INVALID", "FHIR R4")]
    [InlineData("", "FHIR_INVALID", "FHIR R4")]
    [InlineData("{", "FHIR_INVALID", "FHIR R4")]
    public async Task A_resource_that_is_no_FHIR_is_refused_with_the_element_to_mend(string resource, string rule, string named)
    {
        var fault = await rig.RefuseAsync(ADeposit.Draft() with { Resource = Encoding.UTF8.GetBytes(resource) });

        fault.Should().BeEquivalentTo(new { Code = "BAD_REQUEST", Rule = rule });
        fault.Message.Should().Contain(named).And.NotContain("finale").And.NotContain("poids");
    }

    [Theory]
    [InlineData("1.2.3", "UNIQUE_ID")]
    [InlineData("urn:oid:1.02", "UNIQUE_ID")]
    [InlineData("urn:uuid:0D6F1C9E-0000-4000-8000-000000000001", "UNIQUE_ID")]
    [InlineData("https://example.org/1", "UNIQUE_ID")]
    [InlineData("urn:uuid:0d6f1c9e-0000-4000-8000-00000000000", "UNIQUE_ID")]
    public async Task A_name_is_an_oid_or_a_uuid(string name, string rule) =>
        (await rig.RefuseAsync(ADeposit.Draft() with { UniqueId = name })).Rule.Should().Be(rule);

    [Fact]
    public async Task A_name_is_not_made_of_the_patients_number() =>
        (await rig.RefuseAsync(ADeposit.Draft() with { UniqueId = $"urn:oid:1.2.250.{APatient.Known().Ins.Value}" })).Rule.Should().Be("UNIQUE_ID_IDENTIFIES");

    [Fact]
    public async Task A_deposit_does_not_replace_itself() =>
        (await rig.RefuseAsync(ADeposit.Draft() with { Replaces = ADeposit.Name(1) })).Rule.Should().Be("REPLACES_ITSELF");

    [Fact]
    public async Task A_subject_that_bears_the_number_of_somebody_else_is_refused()
    {
        var resource = ADeposit.Hba1c(subject: APatient.Number(2).Ins.ToWire());

        var fault = await rig.RefuseAsync(ADeposit.Draft() with { Resource = Encoding.UTF8.GetBytes(resource) });

        fault.Rule.Should().Be("SUBJECT");
        fault.Message.Should().NotContain(APatient.Number(2).Ins.Value);
    }

    [Theory]
    [InlineData("CONFIDENTIALITY", "SECRET")]
    [InlineData("CONFIDENTIALITY_CUMULATED", "MASQUE_PS", "INVISIBLE_PATIENT")]
    public async Task Labels_are_those_there_are_and_those_that_can_go_together(string rule, params string[] labels) =>
        (await rig.RefuseAsync(ADeposit.Draft(confidentiality: labels))).Rule.Should().Be(rule);

    [Fact]
    public async Task A_label_the_resource_bears_counts_with_those_that_were_chosen()
    {
        var labelled = ADeposit.Hba1c().Replace(
            "\"status\"", $$"""  "meta": { "security": [{ "system": "{{ConfidentialitySystems.TreA07}}", "code": "MASQUE_PS" }] }, "status" """.Trim(),
            StringComparison.Ordinal);

        var fault = await rig.RefuseAsync(ADeposit.Draft(confidentiality: "INVISIBLE_PATIENT") with { Resource = Encoding.UTF8.GetBytes(labelled) });

        fault.Rule.Should().Be("CONFIDENTIALITY_CUMULATED");
    }

    [Fact]
    public async Task Only_a_document_has_a_content_and_it_has_a_bound()
    {
        var pdf = new DepositContent("application/pdf", new byte[10]);
        var report = ADeposit.Draft() with { Resource = Encoding.UTF8.GetBytes(ADeposit.Report) };
        rig.Options.MaxContentBytes = 20;
        rig.Options.MaxResourceBytes = 10_000;

        (await rig.RefuseAsync(ADeposit.Draft() with { Content = pdf })).Rule.Should().Be("CONTENT_OF_NO_DOCUMENT");
        (await rig.RefuseAsync(report with { Content = pdf with { Bytes = new byte[21] } })).Rule.Should().Be("CONTENT_LENGTH");
        (await rig.RefuseAsync(report with { Content = pdf with { ContentType = "pdf\n" } })).Rule.Should().Be("CONTENT_TYPE");
        (await rig.RefuseAsync(report with { Resource = new byte[10_001] })).Rule.Should().Be("FHIR_LENGTH");
    }

    [Fact]
    public async Task A_document_that_has_another_name_already_is_refused()
    {
        var named = ADeposit.Report.Replace("\"status\"", """ "masterIdentifier": { "value": "other" }, "status" """.Trim(), StringComparison.Ordinal);

        (await rig.RefuseAsync(ADeposit.Draft() with { Resource = Encoding.UTF8.GetBytes(named) })).Rule.Should().Be("UNIQUE_ID_DIFFERS");
    }

    [Theory]
    [InlineData("elsewhere", "SOURCE_UNKNOWN")]
    [InlineData("closed", "DEPOSITS_REFUSED")]
    [InlineData(DepositRig.Record, "DEPOSITS_REFUSED")]
    [InlineData(DepositRig.Laboratory, "CATEGORY_NOT_HELD")]
    [InlineData("readonly", "CANNOT_WRITE")]
    [InlineData("local", KeyReason.NotUnderstood)]
    public async Task A_system_that_is_named_and_cannot_take_it_is_said_with_the_reason(string source, string rule)
    {
        rig.Sources =
        [
            .. rig.Sources, rig.Opened(DepositRig.Accepting("readonly") with { Capabilities = [] }),
            rig.Opened(DepositRig.Accepting("local").Understanding("urn:oid:1.2.3")),
        ];
        var report = ADeposit.Draft() with { Resource = Encoding.UTF8.GetBytes(ADeposit.Report), Sources = [source] };

        (await rig.RefuseAsync(report)).Should().BeEquivalentTo(new { Code = "BAD_REQUEST", Rule = rule });
    }

    [Fact]
    public async Task A_hub_without_a_national_record_says_so()
    {
        rig.Sources = [.. rig.Sources.Where(static source => !source.IsNationalRecord)];

        (await rig.RefuseAsync(ADeposit.Draft())).Should().BeEquivalentTo(new { Code = "CONFLICT", Rule = "NO_NATIONAL_RECORD" });
    }

    [Fact]
    public async Task A_record_that_is_shut_takes_nothing_that_nobody_could_read()
    {
        rig.Sources = [.. rig.Sources.Select(static source => source.IsNationalRecord ? source with { Connection = null } : source)];

        (await rig.RefuseAsync(ADeposit.Draft())).Rule.Should().Be("NATIONAL_RECORD_SHUT");
    }
}
