using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Cli;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.HostTests.Connectors;
using DmpFederation.Hub.HostTests.Quarantine;
using FluentAssertions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DmpFederation.Hub.HostTests.Audit;

/// <summary>A hub killed under load owes nobody a line.</summary>
public sealed class KilledHubTests
{
    private const int Clients = 8;
    private const int Answers = 200;
    private const string Query = "query($ins: INS!) { dossier(ins: $ins) { entries { nodes { id } } } }";

    [Fact]
    public async Task Every_answer_a_client_received_has_its_line_and_the_chain_verifies()
    {
        await using var files = new ConnectorsHost();
        files.Install("HalfReader");
        await File.WriteAllTextAsync(
            files.PluginsFile,
            $$"""{ "pluginFolders": ["plugins"], "sources": [{{ConnectorsHost.SourceJson("notes", "half-reader", "", "\"timeoutMs\": 25000")}}] }""");
        var state = Path.Combine(files.Root, "state");
        await OpenDossierAsync(state);
        var received = new ConcurrentBag<string>();
        await using (var hub = await HubProcess.StartAsync(files.PluginsFile, Directory.CreateDirectory(Path.Combine(files.Root, "none")).FullName, state))
        {
            using var stop = new CancellationTokenSource();
            var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var clients = Enumerable.Range(0, Clients).Select(_ => AskAsync(hub, received, enough, stop.Token)).ToList();
            await enough.Task.WaitAsync(TimeSpan.FromSeconds(90));
            await hub.KillAsync();
            await stop.CancelAsync();
            await Task.WhenAll(clients);
        }

        var lines = await LinesAsync(state);
        received.Should().HaveCountGreaterThanOrEqualTo(Answers);
        received.Except(lines.Where(static line => line is { Action: "DOSSIER_READ", Outcome: "SERVED", EntryCount: > 0 })
            .Select(static line => line.CorrelationId)).Should().BeEmpty("an answer leaves after its line is on the disk");
        (await RunAsync(TextReader.Null, "audit", "verify", "--state-folder", state)).Should().Be(0);
    }

    private static async Task AskAsync(HubProcess hub, ConcurrentBag<string> received, TaskCompletionSource enough, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = hub.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", hub.Doctor);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                using var response = await client.PostAsJsonAsync(
                    "/graphql", new { query = Query, variables = new { ins = RunningHub.Ins } }, cancellationToken);
                var answer = await response.Content.ReadAsStringAsync(cancellationToken);
                answer.Should().Contain("\"nodes\":[{", "the dossier is open and the source answers");
                received.Add(response.Headers.GetValues("X-Correlation-Id").Single());
            }
            catch (Exception gone) when (gone is HttpRequestException or IOException or OperationCanceledException)
            {
                // The hub was killed; what was not received wholly is owed no line.
                return;
            }
            catch (Exception wrong)
            {
                enough.TrySetException(wrong);
                return;
            }
            if (received.Count >= Answers)
                enough.TrySetResult();
        }
    }

    private static async Task OpenDossierAsync(string state)
    {
        var key = $"urn:oid:1.2.250.1.213.1.4.10|{RunningHub.Ins}";
        using var register = new StringReader(
            $$"""
            {"keys":["{{key}}"],"state":"OPEN","consents":[{"action":"READING","choice":"PERMIT","grantee":"EVERYONE","since":"2020-01-01T00:00:00Z"}]}
            """);
        (await RunAsync(register, "consents", "import", "-", "--state-folder", state)).Should().Be(0);
    }

    private static async Task<int> RunAsync(TextReader input, params string[] arguments)
    {
        using var said = new StringWriter();
        var exit = await HubCommandLine.RunAsync(arguments, input, said, said);
        exit.Should().Be(0, said.ToString());
        return exit;
    }

    private static async Task<List<AuditLine>> LinesAsync(string state)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Connectors:StateFolder"] = state }).Build();
        var services = new ServiceCollection().AddLogging();
        services.AddOptions<ConnectorsOptions>().Bind(configuration.GetSection("Connectors"));
        await using var provider = services.AddAuditTrail(configuration).BuildServiceProvider(true);
        return await provider.GetRequiredService<IAuditReader>().LinesAsync(null, null, null, CancellationToken.None).ToListAsync();
    }
}
