using DmpFederation.Plugins.Tests.FhirServer;
using DmpFederation.Sdk;
using FluentAssertions;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace DmpFederation.Plugins.Tests.HistoriqueRemboursements;

public sealed class WebMedecinFaultTests
{
    private const string Namespace = "urn:web-medecin:historique:2009";


    [Theory]
    [InlineData(500, "", "ERROR_STATUS")]
    [InlineData(404, "<html>not here</html>", "ERROR_STATUS")]
    [InlineData(403, "", "REFUSED")]
    [InlineData(302, "", "FOREIGN_LINK")]
    [InlineData(200, "not xml", "BAD_ANSWER")]
    [InlineData(200, "<!DOCTYPE a><periodes xmlns=\"urn:web-medecin:historique:2009\" dossier=\"WM1\"/>", "BAD_ANSWER")]
    [InlineData(200, "<periodes xmlns=\"urn:web-medecin:historique:2009\"/>", "BAD_ANSWER")]
    [InlineData(200, "<periodes xmlns=\"urn:web-medecin:historique:2009\" dossier=\"WM1\"><periode", "BAD_ANSWER")]
    [InlineData(200, "<erreur xmlns=\"urn:web-medecin:historique:2009\" code=\"EN_PANNE\"/>", "ERROR_STATUS")]
    public async Task A_history_that_fails_is_a_coded_fault_of_the_source(int status, string body, string code)
    {
        await using var server = await ScriptedServer.StartAsync(async (http, _) =>
        {
            http.Response.StatusCode = status;
            if (status == 302)
                http.Response.Headers.Location = "http://127.0.0.1:1/elsewhere";
            await http.Response.WriteAsync(body);
        });
        (await FaultAsync(server.BaseUrl)).Should().Be(code);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_or_is_too_large_is_a_coded_fault()
    {
        await using var broken = await ScriptedServer.StartAsync(async (http, _) =>
        {
            http.Response.ContentLength = 1000;
            await http.Response.WriteAsync("<periodes");
            await http.Response.Body.FlushAsync();
            http.Abort();
        });
        (await FaultAsync(broken.BaseUrl)).Should().Be(SourceFaultCodes.Unreachable);
        await using var large = await ScriptedServer.StartAsync((http, _) =>
        {
            http.Response.ContentLength = 1L << 30;
            return http.Response.Body.FlushAsync();
        });
        (await FaultAsync(large.BaseUrl)).Should().Be(SourceFaultCodes.TooLarge);
    }

    [Fact]
    public async Task Nobody_at_the_address_is_unreachable()
    {
        var server = await ScriptedServer.StartAsync((_, _) => Task.CompletedTask);
        var baseUrl = server.BaseUrl;
        await server.DisposeAsync();
        (await FaultAsync(baseUrl)).Should().Be(SourceFaultCodes.Unreachable);
    }

    [Theory]
    [InlineData(404, "ASSURE_INCONNU")]
    [InlineData(200, "ASSURE_INCONNU")]
    public async Task Only_the_service_s_own_word_makes_a_patient_unknown(int status, string code)
    {
        await using var server = await ScriptedServer.StartAsync((http, _) =>
        {
            http.Response.StatusCode = status;
            return http.Response.WriteAsync($"<erreur xmlns=\"{Namespace}\" code=\"{code}\"/>");
        });
        (await ReadAsync(server.BaseUrl)).Should().ContainSingle().Which.Should().BeOfType<PatientUnknown>();
    }

    [Fact]
    public async Task A_document_that_fails_is_a_gap_and_one_that_is_none_is_kept_and_the_rest_is_shown()
    {
        var good = Histories.Document(Histories.Acts(Histories.Act()));
        await using var server = await ServingAsync(
            ("d1", good), ("d2", null), ("d3", "<ClinicalDocument"), ("d4", "<ClinicalDocument xmlns=\"urn:hl7-org:v3\"/>"));
        var items = await ReadAsync(server.BaseUrl);
        items.OfType<DossierEntry>().Should().ContainSingle().Which.LocalId.Should().Be("WM1/act/20260212/1.2.250.1.215.200.3.3|G/1");
        items.OfType<ReadGap>().Should().ContainSingle().Which.Code.Should().Be("DOCUMENT_FAILED");
        items.OfType<Unreadable>().Select(item => item.Code).Should().Equal("CDA_NOT_XML", "HR_NOT_A_HISTORY");
        items.OfType<Unreadable>().Should().OnlyContain(item => item.Raw.Length > 0 && item.Patient == Histories.Patient);
    }

    [Fact]
    public async Task Of_two_documents_that_say_a_line_the_newer_one_is_believed()
    {
        const string id = """<id root="2.999.75.1" extension="T1"/>""";
        var older = Histories.Document(Histories.Medicines(Histories.Box(id, quantity: "1"))).Dated("20260301100000+0100");
        var newer = Histories.Document(Histories.Medicines(Histories.Box(id, quantity: "2"))).Dated("20260302100000+0100");
        await using var server = await ServingAsync(("d1", older), ("d2", newer));
        (await ReadAsync(server.BaseUrl)).Should().ContainSingle().Which.Should().BeOfType<DossierEntry>().Which.Value!.Number.Should().Be(2);
    }

    [Fact]
    public async Task Another_patient_s_document_names_the_other_patient_so_that_the_hub_stops_it()
    {
        var foreign = Histories.Document(Histories.Acts(Histories.Act())).Replace("279035121518989", "150081505104018", StringComparison.Ordinal);
        await using var server = await ServingAsync(("d1", foreign));
        (await ReadAsync(server.BaseUrl)).Should().ContainSingle().Which.Should().BeOfType<DossierEntry>().Which.Subject!.Value.Value.Should().Be("150081505104018");
        using var http = new HttpClient();
        var lookup = (IIdentityLookup)RunningWebMedecin.Open(http, server.BaseUrl);
        (await lookup.FindTraitsAsync(Histories.Patient, CancellationToken.None).ToListAsync()).Should().BeEmpty("the traits are not this patient's");
    }

    [Fact]
    public async Task Nothing_about_the_patient_stands_in_an_address()
    {
        await using var server = await ServingAsync(("d1", Histories.Document(Histories.Empty)));
        await ReadAsync(server.BaseUrl);
        server.Requests.Should().Equal("POST historique", "POST document");
    }

    [Fact]
    public async Task A_change_that_cannot_be_read_is_kept_and_the_feed_goes_on()
    {
        var extract = Histories.Document(Histories.Acts(Histories.Act()));
        const string whose = "dossier=\"WM1\" oid=\"1.2.250.1.213.1.4.10\" matricule=\"279035121518989\"";
        await using var server = await ScriptedServer.StartAsync((http, _) => http.Response.WriteAsync($"""
            <modifications xmlns="{Namespace}" premier="1" dernier="5" jusque="5">
            <modification numero="1" action="A" oid="1"/><modification numero="2" action="X" {whose}/><modification numero="3" action="S" {whose}/>
            <modification numero="4" action="A" {whose}><autre/></modification><modification numero="5" action="A" rang="2" {whose}>{extract}</modification>
            </modifications>
            """));
        using var http = new HttpClient();
        var feed = (IChangeFeed)RunningWebMedecin.Open(http, server.BaseUrl);
        var changes = await feed.ReadChangesAsync(null, CancellationToken.None).ToListAsync();
        changes.OfType<ItemUnreadable>().Select(change => change.Item.Code).Should().Equal("HR_CHANGE_PATIENT", "HR_CHANGE_ACTION", "HR_CHANGE_LINE", "HR_CHANGE_EXTRACT");
        changes.OfType<ItemUnreadable>().Should().OnlyContain(change => change.Item.Raw.Length > 0);
        changes[^1].Should().BeOfType<EntryChanged>().Which.Entry.LocalId.Should().Be("WM1/act/20260212/1.2.250.1.215.200.3.3|G/2");
    }

    private static Task<ScriptedServer> ServingAsync(params (string Name, string? Document)[] documents) => ScriptedServer.StartAsync(async (http, path) =>
    {
        if (path == "historique")
        {
            var periods = string.Concat(documents.Select(one => $"<periode document=\"{one.Name}\"/>"));
            await http.Response.WriteAsync($"<periodes xmlns=\"{Namespace}\" dossier=\"WM1\">{periods}</periodes>");
            return;
        }
        var form = await http.Request.ReadFormAsync();
        if (documents.First(one => one.Name == form["document"]).Document is { } document)
            await http.Response.WriteAsync(document);
        else
            http.Response.StatusCode = 503;
    });

    private static async Task<string> FaultAsync(string baseUrl)
    {
        var read = async () => await ReadAsync(baseUrl);
        return (await read.Should().ThrowAsync<SourceFaultException>()).Which.Code;
    }

    private static async Task<List<ReadItem>> ReadAsync(string baseUrl)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
        await using var connector = RunningWebMedecin.Open(http, baseUrl);
        return await connector.ReadAsync(new ReadRequest([new PatientQuery(Histories.Patient)]), CancellationToken.None).ToListAsync();
    }
}
