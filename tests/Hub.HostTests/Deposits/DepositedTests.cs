using System.Text.Json;
using System.Text.Json.Nodes;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.HostTests.Deposits;

/// <summary>Deposits over real HTTP: kept, read at once by who may, and written into the real system of Picardie. Each test has a patient of its own.</summary>
public sealed class DepositedTests(DepositingHub hub) : IClassFixture<DepositingHub>
{
    private const string Deposit = """
        mutation($ins: INS!, $input: DepositInput!) { deposit(ins: $ins, input: $input) {
          entryId sourceId uniqueId receivedAt deliveries { sourceId state code } } }
        """;

    private const string Record = """
        query($ins: INS!, $sources: [ID!]) { dossier(ins: $ins) {
          complete sources { sourceId status reason servedBy entryCount }
          entries(first: 500, filter: { sources: $sources }) { nodes {
            id title confidentiality origins { sourceId localId servedBy recorded } conflicts { field } fhir } } } }
        """;

    [Fact]
    public async Task A_deposit_is_read_at_once_and_after_its_delivery_is_one_entry_of_two_dossiers()
    {
        var ins = hub.Patients[0];

        var receipt = (await DepositAsync(ins, Input(1))).GetProperty("data").GetProperty("deposit");
        var told = receipt.GetProperty("deliveries").EnumerateArray().Should().ContainSingle().Which;
        told.GetProperty("sourceId").GetString().Should().Be(DepositingHub.Legacy);
        var shown = await EntryAsync(hub.Doctor(), ins, 1);

        shown!.Value.GetProperty("origins").EnumerateArray().Should().Contain(origin =>
            origin.GetProperty("sourceId").GetString() == DepositingHub.Record && origin.GetProperty("servedBy").GetString() == "NATIONAL"
            && origin.GetProperty("localId").GetString() == ADeposit.Name(1) && origin.GetProperty("recorded").ValueKind == JsonValueKind.String);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var merged = shown.Value;
        while (merged.GetProperty("origins").GetArrayLength() < 2)
        {
            await Task.Delay(100, patience.Token);
            merged = (await EntryAsync(hub.Doctor(), ins, 1))!.Value;
        }
        merged.GetProperty("origins").EnumerateArray().Select(static origin => (origin.GetProperty("sourceId").GetString(), origin.GetProperty("servedBy").GetString()))
            .Should().BeEquivalentTo([(DepositingHub.Record, "NATIONAL"), (DepositingHub.Legacy, "LEGACY")]);
        merged.GetProperty("conflicts").GetArrayLength().Should().Be(0);
        merged.GetProperty("fhir").GetRawText().Should().Contain("7.20");
        var again = (await DepositAsync(ins, Input(1))).GetProperty("data").GetProperty("deposit");
        again.GetProperty("entryId").GetString().Should().Be(receipt.GetProperty("entryId").GetString());
        again.GetProperty("receivedAt").GetString().Should().Be(receipt.GetProperty("receivedAt").GetString());
        again.GetProperty("deliveries")[0].GetProperty("state").GetString().Should().Be("DELIVERED");
    }

    [Fact]
    public async Task A_resource_sent_as_an_object_keeps_the_digits_that_were_written()
    {
        var ins = hub.Patients[1];
        var input = Input(2);
        input["fhir"] = JsonNode.Parse(ADeposit.Hba1c("5.10"));

        (await DepositAsync(ins, input)).GetProperty("data").GetProperty("deposit").GetProperty("uniqueId").GetString().Should().Be(ADeposit.Name(2));

        (await EntryAsync(hub.Doctor(), ins, 2))!.Value.GetProperty("fhir").GetProperty("valueQuantity").GetProperty("value").GetRawText().Should().Be("5.10");
    }

    [Fact]
    public async Task Labels_hide_from_the_first_read_on()
    {
        var ins = hub.Patients[2];
        await DepositAsync(ins, Input(3, "INVISIBLE_PATIENT"));
        await DepositAsync(ins, Input(4, "MASQUE_PS"));

        (await EntryAsync(hub.Doctor(), ins, 3)).Should().NotBeNull();
        (await EntryAsync(hub.Patient(ins), ins, 3)).Should().BeNull();
        (await EntryAsync(hub.OtherDoctor(), ins, 4)).Should().BeNull();
        (await EntryAsync(hub.Patient(ins), ins, 4)).Should().NotBeNull();
        var log = await hub.AskAsync(
            hub.Patient(ins), "query($ins: INS!) { accessLog(ins: $ins, first: 50) { nodes { sentence } } }", new JsonObject { ["ins"] = ins });
        log.GetRawText().Split("ajouté un élément").Should().HaveCount(2, "of the two deposits the patient learns of the one that is not hidden from them");
    }

    [Fact]
    public async Task What_cannot_be_kept_is_refused_with_a_code_and_without_the_patient()
    {
        var ins = hub.Patients[3];
        var input = Input(5);
        input["fhir"] = """{ "resourceType": "Observation", "status": "finale", "code": { "text": "x" } }""";

        var invalid = await DepositAsync(ins, input);
        var unowned = await hub.AskAsync(hub.Patient(ins), Deposit, new JsonObject { ["ins"] = ins, ["input"] = Input(5) });

        var error = invalid.GetProperty("errors")[0];
        error.GetProperty("extensions").GetProperty("code").GetString().Should().Be("BAD_REQUEST");
        error.GetProperty("extensions").GetRawText().Should().Contain("FHIR_INVALID");
        error.GetProperty("message").GetString().Should().Contain("status");
        invalid.GetRawText().Should().NotContain(ins).And.NotContain("finale");
        unowned.GetProperty("errors")[0].GetProperty("extensions").GetRawText().Should().Contain("ACCESS_REFUSED").And.Contain("ACC-270");
        (await EntryAsync(hub.Doctor(), ins, 5)).Should().BeNull();
    }

    [Fact]
    public async Task Who_runs_a_dossier_sees_its_deliveries_and_never_whose_they_are()
    {
        var ins = hub.Patients[4];
        await DepositAsync(ins, Input(6));
        const string query = "{ deliveries(sourceId: \"picardie\") { nodes { id sourceId state code attempts receivedAt changedAt dueAt } hasNext } }";

        var told = await hub.AskAsync(hub.Steward("regionOperator", "picardie"), query, []);
        var foreign = await hub.AskAsync(hub.Steward("regionOperator", "franche-comte"), query, []);
        var refused = await hub.AskAsync(hub.Doctor(), query, []);

        told.GetProperty("data").GetProperty("deliveries").GetProperty("nodes").GetArrayLength().Should().BePositive();
        told.GetRawText().Should().NotContain(ins).And.NotContain(ADeposit.Name(6));
        foreign.GetProperty("data").GetProperty("deliveries").GetProperty("nodes").GetArrayLength().Should().Be(0);
        refused.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString().Should().Be("ACCESS_REFUSED");
    }

    [Fact]
    public async Task The_national_record_is_moved_nowhere()
    {
        var answer = await hub.AskAsync(
            hub.Steward("nationalOperator"), $"mutation {{ startMigration(sourceId: \"{DepositingHub.Record}\") {{ state }} }}", []);

        answer.GetProperty("errors")[0].GetProperty("extensions").GetRawText().Should().Contain("CONFLICT").And.Contain("NATIONAL_RECORD");
    }

    private static JsonObject Input(int number, params string[] confidentiality) => new()
    {
        ["uniqueId"] = ADeposit.Name(number),
        ["fhir"] = ADeposit.Hba1c(),
        ["confidentiality"] = new JsonArray([.. confidentiality.Select(static label => (JsonNode)label)]),
    };

    private Task<JsonElement> DepositAsync(string ins, JsonObject input) =>
        hub.AskAsync(hub.Doctor(), Deposit, new JsonObject { ["ins"] = ins, ["input"] = input.DeepClone() });

    private async Task<JsonElement?> EntryAsync(string token, string ins, int number)
    {
        var answer = await hub.AskAsync(token, Record, new JsonObject { ["ins"] = ins });
        answer.TryGetProperty("errors", out var errors).Should().BeFalse(errors.ToString());
        foreach (var entry in answer.GetProperty("data").GetProperty("dossier").GetProperty("entries").GetProperty("nodes").EnumerateArray())
        {
            if (entry.GetProperty("origins").EnumerateArray().Any(origin => origin.GetProperty("localId").GetString() == ADeposit.Name(number)))
                return entry;
        }
        return null;
    }
}
