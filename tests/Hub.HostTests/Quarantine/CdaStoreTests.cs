using System.Text;
using DmpFederation.Hub.HostTests.Connectors;
using FluentAssertions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace DmpFederation.Hub.HostTests.Quarantine;

/// <summary>The connector of the regional document stores, over a store on a real port that serves one broken document.</summary>
public sealed class CdaStoreTests : IAsyncDisposable
{
    private const string Broken = "<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><title>CR de M. DURAND</title>";

    private const string Index = """
        <documents xmlns="urn:franche-comte:index:2009">
        <document><uniqueId>2.999.1.1</uniqueId><title>Lettre</title><mimeType>text/plain</mimeType><path>documents/2.999.1.1</path></document>
        <document><uniqueId>2.999.1.2</uniqueId><title>Compte rendu</title><mimeType>text/xml</mimeType><path>documents/2.999.1.2</path></document>
        </documents>
        """;

    private readonly WebApplication store;

    public CdaStoreTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        store = builder.Build();
        store.MapGet("/health", static () => Results.Ok());
        store.MapGet("/index", static () => Results.Text(Index, "text/xml"));
        store.MapGet("/documents/2.999.1.1", static () => Results.Text("Bonjour", "text/plain"));
        store.MapGet("/documents/2.999.1.2", static () => Results.Text(Broken, "text/xml", Encoding.UTF8));
    }

    [Fact]
    public async Task A_broken_document_is_listed_among_the_facts_and_its_content_is_kept_until_the_plug_in_can_read_it()
    {
        await store.StartAsync();
        await using var hub = new RunningHub();
        hub.Files.InstallFrom(PluginOutput.Of("plugins", "CdaRepository"), "CdaRepository");
        hub.WriteSource("franche-comte", "cda-repository", $"\"baseUrl\": \"{store.Urls.Single()}/\"");
        await hub.StartAsync();

        var dossier = await hub.DossierAsync();
        var item = (await hub.HoldAsync(1)).Single();
        var replayed = await hub.AskAsync(
            hub.Steward("nationalOperator"), "mutation { replayQuarantined(sourceId: \"franche-comte\") { results { state code } } }");
        var raw = Path.Combine(hub.Files.Root, "raw.xml");
        await hub.RunAsync("quarantine", "show", item.GetProperty("id").GetString()!, "--raw", raw, "--state-folder", hub.StateFolder);

        dossier.GetProperty("entries").GetProperty("nodes").EnumerateArray().Select(static entry => entry.GetProperty("title").GetString())
            .Should().BeEquivalentTo("Lettre", "Compte rendu");
        item.GetProperty("code").GetString().Should().Be("CDA_NOT_XML");
        item.GetProperty("localId").GetString().Should().Be("2.999.1.2");
        item.GetProperty("position").GetString().Should().StartWith("documents/2.999.1.2, line 1");
        replayed.ToString().Should().Contain("HELD").And.Contain("CDA_NOT_XML");
        (await File.ReadAllTextAsync(raw)).Should().Be(Broken);
        hub.Log.Lines.Should().NotContain(line => line.Text.Contains("DURAND") || line.Text.Contains(RunningHub.Ins));
    }

    public async ValueTask DisposeAsync() => await store.DisposeAsync();
}
