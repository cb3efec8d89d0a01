using System.Text.Json.Nodes;
using DmpFederation.Sdk;
using FluentAssertions;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace DmpFederation.Plugins.Tests.FhirServer;

/// <summary>Writes to servers that answer as servers do: what is refused for good, and what may only have gone wrong this time.</summary>
public sealed class ServerWriteTests
{
    private const string Outcome = """{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"CODE"}]}""";

    [Theory]
    [InlineData(400, "invalid", "INVALID", true)]
    [InlineData(404, "not-supported", "NOT_SUPPORTED", true)]
    [InlineData(422, "business-rule", "BUSINESS_RULE", true)]
    [InlineData(422, "M. Dupont, né le 1er mars", "OUTCOME_ERROR", true)]
    [InlineData(412, "multiple-matches", "CONFLICT", true)]
    [InlineData(413, "too-long", "TOO_LARGE", true)]
    [InlineData(409, "conflict", "EDIT_CONFLICT", false)]
    [InlineData(422, "lock-error", "LOCK_ERROR", false)]
    [InlineData(429, "throttled", "ERROR_STATUS", false)]
    [InlineData(401, "login", "REFUSED", false)]
    [InlineData(403, "forbidden", "REFUSED", false)]
    [InlineData(500, "exception", "ERROR_STATUS", false)]
    [InlineData(503, "transient", "ERROR_STATUS", false)]
    public async Task A_refusal_is_final_only_when_the_server_says_that_the_fact_is_refused(int status, string issue, string code, bool final)
    {
        await using var server = await ServerAsync((http, _) =>
        {
            http.Response.StatusCode = status;
            return Bundles.WriteAsync(http, Outcome.Replace("CODE", issue, StringComparison.Ordinal));
        });

        var fault = await FaultAsync(server);

        (fault.Code, fault.IsFinal).Should().Be((code, final));
        fault.Message.Should().NotContain("Dupont");
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(422)]
    public async Task The_page_of_a_proxy_refuses_nothing(int status)
    {
        await using var server = await ServerAsync((http, _) =>
        {
            http.Response.StatusCode = status;
            return Bundles.WriteAsync(http, "<html>No such page</html>");
        });

        var fault = await FaultAsync(server);

        (fault.Code, fault.IsFinal).Should().Be(("ERROR_STATUS", false));
    }

    [Fact]
    public async Task An_answer_that_says_nothing_is_looked_up_and_believed_only_when_the_fact_is_there()
    {
        string? stored = null;
        await using var server = await ServerAsync(async (http, path) =>
        {
            if (path == "Observation")
            {
                stored = await BodyAsync(http);
                http.Response.StatusCode = 204;
                return;
            }
            await Bundles.WriteAsync(http, stored is null ? Bundles.SearchSet([]) : Bundles.SearchSet([WithId(stored)]));
        });

        (await WriteAsync(server)).Should().Be("Observation/o1");
    }

    [Fact]
    public async Task An_answer_that_says_nothing_of_a_server_that_holds_nothing_leaves_the_outcome_open()
    {
        await using var server = await ServerAsync((http, path) => Bundles.WriteAsync(http, path == "Observation" ? "ok" : Bundles.SearchSet([])));

        var fault = await FaultAsync(server);

        (fault.Code, fault.IsFinal).Should().Be(("BAD_ANSWER", false));
    }

    [Fact]
    public async Task A_resource_under_the_identifier_that_the_hub_did_not_write_is_a_conflict()
    {
        await using var server = await ServerAsync((http, path) => Bundles.WriteAsync(
            http, path == "Observation" ? "" : Bundles.SearchSet([Bundles.Observation("theirs")])));

        (await FaultAsync(server)).Code.Should().Be("CONFLICT");
    }

    [Fact]
    public async Task A_server_that_would_ignore_the_condition_is_not_written_to()
    {
        await using var server = await ScriptedServer.WithObservationsAsync((_, _) => throw new InvalidOperationException("not to be asked"));

        (await FaultAsync(server)).Code.Should().Be("TYPE_NOT_TAKEN");

        server.Requests.Should().Equal("GET metadata");
    }

    [Fact]
    public async Task No_address_names_the_patient_and_the_condition_names_the_fact_and_the_key()
    {
        string? condition = null;
        await using var server = await ServerAsync((http, _) =>
        {
            condition = http.Request.Headers["If-None-Exist"];
            http.Response.StatusCode = 201;
            http.Response.Headers.Location = "Observation/o1/_history/1";
            return Task.CompletedTask;
        });

        (await WriteAsync(server, "key")).Should().Be("Observation/o1");

        server.Requests.Should().OnlyContain(request => !request.Contains(Bundles.Key.Value));
        Uri.UnescapeDataString(condition!).Should().Be(
            $"identifier=urn:ietf:rfc:3986|{Deposited.UniqueId},urn:dmpfederation:idempotency-key|key");
    }

    private static Task<ScriptedServer> ServerAsync(Func<HttpContext, string, Task> answer) => ScriptedServer.StartAsync((http, path) => path switch
    {
        "metadata" => Bundles.WriteAsync(http, Bundles.Capabilities("Observation").Replace(
            "\"type\":\"Observation\"", "\"type\":\"Observation\",\"conditionalCreate\":true", StringComparison.Ordinal)),
        "Patient/_search" => Bundles.WriteAsync(http, Bundles.SearchSet([Bundles.Patient("1", Bundles.Key.System, Bundles.Key.Value)])),
        _ => answer(http, path),
    });

    private static async Task<string> WriteAsync(ScriptedServer server, string key = Deposited.Key)
    {
        await using var source = new OpenSource(server.BaseUrl, ("writes", "true"));
        return await ((IEntryWriter)source.Connector).WriteAsync(Deposited.Result(), key, CancellationToken.None);
    }

    private static async Task<SourceFaultException> FaultAsync(ScriptedServer server)
    {
        var writing = () => WriteAsync(server);
        return (await writing.Should().ThrowAsync<SourceFaultException>()).Which;
    }

    private static async Task<string> BodyAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        return await reader.ReadToEndAsync();
    }

    private static string WithId(string resource)
    {
        var stored = JsonNode.Parse(resource)!;
        stored["id"] = "o1";
        return stored.ToJsonString();
    }
}
