using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.Tests.FhirServer;

/// <summary>Facts written into the Picardie server over real HTTP and its real database, and read back.</summary>
public sealed class PicardieWriteTests : IAsyncLifetime
{
    private readonly HttpClient http = new();
    private RunningPicardie picardie = null!;
    private OpenSource source = null!;

    private IEntryWriter Writer => (IEntryWriter)source.Connector;

    public async Task InitializeAsync()
    {
        picardie = await RunningPicardie.StartAsync([]);
        source = Open();
        await PutAsync("Patient/1", Bundles.Patient("1", Bundles.Key.System, Bundles.Key.Value));
        await PutAsync("Patient/2", Bundles.Patient("2", Bundles.Key.System, "162126587913677"));
    }

    public async Task DisposeAsync()
    {
        await source.DisposeAsync();
        await picardie.DisposeAsync();
        http.Dispose();
    }

    [Fact]
    public async Task What_was_written_is_read_as_the_hub_gave_it_and_under_its_identifier()
    {
        var given = Deposited.Result();

        var localId = await WriteAsync(given);

        var read = (await source.ReadAsync(Bundles.Key)).Should().ContainSingle().Which.Should().BeOfType<DossierEntry>().Subject;
        read.LocalId.Should().Be(localId).And.StartWith("Observation/");
        read.FiledUnder.Should().Be(Bundles.Key);
        read.Version.Should().Be("1");
        read.Identifiers.Should().Equal(new("urn:oid:2.999.8", "LAB-7"), new BusinessIdentifier("urn:ietf:rfc:3986", Deposited.UniqueId));
        read.EncounterLocalId.Should().BeNull("a stay of another server is no stay of this one");
        read.Should().BeEquivalentTo(given, options => options
            .Including(entry => entry.Category).Including(entry => entry.Code).Including(entry => entry.Codings).Including(entry => entry.Date)
            .Including(entry => entry.Title).Including(entry => entry.Value).Including(entry => entry.Author).Including(entry => entry.Status)
            .Including(entry => entry.Confidentiality));
        Encoding.UTF8.GetString(read.Resource.Span).Should().Contain("7.40", "a decimal keeps its precision")
            .And.NotContain("of-the-hub").And.NotContain("Practitioner/7");
    }

    [Fact]
    public async Task The_same_write_again_changes_nothing_and_gives_the_same_id()
    {
        var first = await WriteAsync(Deposited.Result());
        var again = await WriteAsync(Deposited.Result());

        again.Should().Be(first);
        (await http.GetStringAsync(picardie.BaseUrl + first + "/_history")).Should().Contain("\"versionId\":\"1\"").And.NotContain("\"versionId\":\"2\"");
    }

    [Fact]
    public async Task Equal_writes_at_once_make_one_resource()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => WriteAsync(Deposited.Result())));

        ids.Distinct().Should().ContainSingle();
        (await source.ReadAsync(Bundles.Key)).Should().ContainSingle();
    }

    [Fact]
    public async Task A_write_is_remembered_by_the_server_and_not_by_the_connector()
    {
        var first = await WriteAsync(Deposited.Result());
        await picardie.RestartAsync();
        await source.DisposeAsync();
        source = Open();

        (await WriteAsync(Deposited.Result())).Should().Be(first);
        (await source.ReadAsync(Bundles.Key)).Should().ContainSingle();
    }

    [Fact]
    public async Task A_fact_the_region_corrected_since_is_not_written_anew()
    {
        var first = await WriteAsync(Deposited.Result());
        var stored = await http.GetStringAsync(picardie.BaseUrl + first);
        await PutAsync(first, stored.Replace("7.40", "7.90", StringComparison.Ordinal));

        (await WriteAsync(Deposited.Result())).Should().Be(first);
        ((DossierEntry)(await source.ReadAsync(Bundles.Key)).Single()).Value!.Number.Should().Be(7.9m);
    }

    public static TheoryData<string, string, string, string> OtherContent => new()
    {
        { "other bytes", "7.4", Deposited.UniqueId, Deposited.Key },
        { "other bytes under another key", "7.4", Deposited.UniqueId, "another key" },
    };

    [Theory]
    [MemberData(nameof(OtherContent))]
    public async Task Other_content_under_the_same_key_or_id_is_a_conflict(string what, string value, string uniqueId, string key)
    {
        await WriteAsync(Deposited.Result());

        var fault = await RefusedAsync(Deposited.Result(value, uniqueId), key);

        (fault.Code, fault.IsFinal).Should().Be(("CONFLICT", true), what);
        (await source.ReadAsync(Bundles.Key)).Should().ContainSingle();
    }

    [Fact]
    public async Task The_same_fact_of_another_patient_is_a_conflict()
    {
        await WriteAsync(Deposited.Result());

        (await RefusedAsync(Deposited.Result(patient: new PatientKey(Bundles.Key.System, "162126587913677")))).Code.Should().Be("CONFLICT");
    }

    [Fact]
    public async Task Another_fact_under_the_same_key_is_a_conflict()
    {
        await WriteAsync(Deposited.Result(), "key");

        (await RefusedAsync(Deposited.Result(uniqueId: "urn:oid:2.999.7.2"), "key")).Code.Should().Be("CONFLICT");
        (await source.ReadAsync(Bundles.Key)).Should().ContainSingle();
    }

    [Fact]
    public async Task A_key_and_an_id_of_two_facts_are_a_conflict()
    {
        await WriteAsync(Deposited.Result(), "one");
        await WriteAsync(Deposited.Result(uniqueId: "urn:oid:2.999.7.2"), "two");

        (await RefusedAsync(Deposited.Result(), "two")).Code.Should().Be("CONFLICT");
    }

    [Fact]
    public async Task A_patient_without_a_record_gets_none()
    {
        var fault = await RefusedAsync(Deposited.Result(patient: new PatientKey(Bundles.Key.System, "260058815400233")));

        (fault.Code, fault.IsFinal).Should().Be(("UNKNOWN_PATIENT", true));
        fault.ToString().Should().NotContain("260058815400233");
        (await http.GetStringAsync(picardie.BaseUrl + "Patient")).Should().NotContain("260058815400233");
    }

    [Fact]
    public async Task A_patient_with_two_records_is_left_to_people()
    {
        await PutAsync("Patient/3", Bundles.Patient("3", Bundles.Key.System, Bundles.Key.Value));

        var fault = await RefusedAsync(Deposited.Result());

        (fault.Code, fault.IsFinal).Should().Be(("AMBIGUOUS_PATIENT", true));
    }

    [Fact]
    public async Task The_change_feed_tells_of_it()
    {
        var feed = (IChangeFeed)source.Connector;
        var cursor = await feed.CurrentCursorAsync(CancellationToken.None);

        var localId = await WriteAsync(Deposited.Result());

        var changes = new List<SourceChange>();
        await foreach (var change in feed.ReadChangesAsync(cursor, CancellationToken.None))
            changes.Add(change);
        var entry = changes.Should().ContainSingle().Which.Should().BeOfType<EntryChanged>().Subject.Entry;
        (entry.LocalId, entry.FiledUnder).Should().Be((localId, Bundles.Key));
    }

    [Fact]
    public async Task A_document_brings_its_content_and_its_unique_id()
    {
        var data = Convert.ToBase64String("Compte rendu"u8);

        var localId = await WriteAsync(Deposited.Document($$"""{"contentType":"text/plain","url":"Binary/7","data":"{{data}}"}"""));

        var read = (DossierEntry)(await source.ReadAsync(Bundles.Key)).Single();
        read.Identifiers[0].Should().Be(new BusinessIdentifier("urn:ietf:rfc:3986", Deposited.UniqueId));
        using (var stored = JsonDocument.Parse(read.Resource))
        {
            stored.RootElement.GetProperty("masterIdentifier").GetProperty("value").GetString().Should().Be(Deposited.UniqueId);
            stored.RootElement.GetRawText().Should().NotContain("Binary/7");
        }
        var content = await ((IDocumentContent)source.Connector).OpenContentAsync(Bundles.Key, localId, CancellationToken.None);
        await using (content)
        {
            using var text = new StreamReader(content!.Content);
            (content.ContentType, await text.ReadToEndAsync()).Should().Be(("text/plain", "Compte rendu"));
        }
    }

    [Fact]
    public async Task A_key_that_is_not_the_facts_id_is_kept_beside_it()
    {
        var first = await WriteAsync(Deposited.Result(), "batch 7, line|3");

        (await WriteAsync(Deposited.Result(), "batch 7, line|3")).Should().Be(first);
        ((DossierEntry)(await source.ReadAsync(Bundles.Key)).Single()).Identifiers
            .Should().Contain(new BusinessIdentifier("urn:dmpfederation:idempotency-key", "batch 7, line|3"));
    }

    [Theory]
    [InlineData("""{"contentType":"application/pdf","url":"Binary/7"}""")]
    [InlineData("""{"contentType":"application/pdf","url":"https://elsewhere.example/7"}""")]
    public async Task A_document_whose_content_lies_elsewhere_is_refused(string attachment) =>
        (await RefusedAsync(Deposited.Document(attachment))).Code.Should().Be("CONTENT_ELSEWHERE");

    [Theory]
    [InlineData("""{"resourceType":"Observation","status":"final","subject":{"reference":"Patient/1"}}""", "REQUIRED")]
    [InlineData("""{"resourceType":"CarePlan","status":"active","intent":"plan","subject":{"reference":"Patient/1"}}""", "TYPE_NOT_TAKEN")]
    [InlineData("""{"resourceType":"ExplanationOfBenefit","status":"active","patient":{"reference":"Patient/1"}}""", "TYPE_NOT_TAKEN")]
    public async Task What_the_region_does_not_take_is_refused_for_good(string resource, string code)
    {
        var fault = await RefusedAsync(Deposited.Entry(resource));

        (fault.Code, fault.IsFinal).Should().Be((code, true));
    }

    [Fact]
    public async Task A_connector_writes_only_where_its_settings_say_so()
    {
        await using var reading = new OpenSource(picardie.BaseUrl);
        var wrong = () => new OpenSource(picardie.BaseUrl, ("writes", "yes"));

        reading.Connector.Should().NotBeAssignableTo<IEntryWriter>();
        wrong.Should().Throw<SourceSettingsException>().Which.Setting.Should().Be("writes");
    }

    private OpenSource Open() => new(picardie.BaseUrl, ("writes", "true"));

    private Task<string> WriteAsync(DossierEntry entry, string key = Deposited.Key) => Writer.WriteAsync(entry, key, CancellationToken.None).AsTask();

    private async Task<SourceFaultException> RefusedAsync(DossierEntry entry, string key = Deposited.Key)
    {
        var writing = () => WriteAsync(entry, key);
        return (await writing.Should().ThrowAsync<SourceFaultException>()).Which;
    }

    private async Task PutAsync(string path, string resource)
    {
        using var body = new StringContent(resource, new MediaTypeHeaderValue("application/fhir+json"));
        (await http.PutAsync(picardie.BaseUrl + path, body)).EnsureSuccessStatusCode();
    }
}
