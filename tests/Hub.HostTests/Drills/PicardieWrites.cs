using System.Text;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.HostTests.Connectors;
using DmpFederation.LegacySystems.Picardie;
using DmpFederation.Sdk;
using DmpFederation.SyntheticFrance;
using DmpFederation.SyntheticFrance.Model;
using FluentAssertions;
using Microsoft.AspNetCore.Builder;

namespace DmpFederation.Hub.HostTests.Drills;

/// <summary>The hub's connectors over the real Picardie server, which knows one invented patient; a proxy between them spoils answers.</summary>
internal sealed class PicardieWrites : IAsyncDisposable
{
    public const string UniqueId = "urn:oid:2.999.5.41";

    private const string SourceId = PicardieSystem.Name;

    private readonly string folder = Directory.CreateTempSubdirectory("dmp-writes-").FullName;
    private readonly ConnectorsHost hub = new();
    private readonly SyntheticPatient patient;
    private WebApplication server;

    private PicardieWrites()
    {
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        patient = World.Generate(2009, 20, today)
            .First(one => one.Facts.Any(fact => fact.Origins.Any(origin => origin.SourceId == PicardieSystem.Name)));
        PicardieSystem.Write([patient], folder);
        server = PicardieSystem.Build(["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "Warning"], folder);
    }

    public FaultProxy Proxy { get; private set; } = null!;

    public RecordedLog Log => hub.Log;

    public PatientKey Patient => new(PatientKeySystems.InsNirTest, patient.InsNir);

    /// <param name="timeoutMs">Longest write.</param>
    public static async Task<PicardieWrites> StartAsync(int timeoutMs = 20_000)
    {
        var writes = new PicardieWrites();
        await writes.server.StartAsync();
        writes.Proxy = await FaultProxy.StartAsync(writes.server.Urls.Single(), "/never");
        writes.hub.InstallFrom(PluginOutput.Of("plugins", "FhirServer"), "FhirServer");
        writes.hub.WriteSources(
            $$"""
            { "id": "{{SourceId}}", "region": "picardie", "plugin": "fhir-server", "patientKeys": ["INS-NIR-TEST"], "deposits": "ACCEPTED",
              "settings": { "baseUrl": "{{writes.Proxy.Origin}}/fhir/", "writes": "true" }, "budget": { "timeoutMs": {{timeoutMs}} } }
            """);
        await writes.hub.With("DrainTimeout", "00:00:00.100").LoadAsync();
        return writes;
    }

    /// <summary>A fact as the national record keeps it: named by its unique id, about the patient.</summary>
    public DossierEntry Fact(string type) => DossierEntry.FromJson(
        Encoding.UTF8.GetBytes(type switch
        {
            "Condition" => $$$"""
                {"resourceType":"Condition","identifier":[{{{Name}}}],{{{Whom}}},"recordedDate":"2009-05-04",
                 "code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10","code":"M54.5","display":"Lombalgie basse"}]}}
                """,
            "Observation" => $$$"""
                {"resourceType":"Observation","identifier":[{{{Name}}}],"status":"final",{{{Whom}}},"effectiveDateTime":"2009-05-04T07:50:00+02:00",
                 "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],
                 "code":{"coding":[{"system":"http://loinc.org","code":"2160-0"}]},"valueQuantity":{"value":88,"unit":"umol/L"}}
                """,
            _ => $$$"""
                {"resourceType":"DocumentReference","masterIdentifier":{{{Name}}},"status":"current",{{{Whom}}},"date":"2009-05-04T10:00:00+02:00",
                 "type":{"coding":[{"system":"http://loinc.org","code":"11488-4"}]},
                 "content":[{"attachment":{"contentType":"text/plain","data":"Q29uc3VsdGF0aW9u"}}]}
                """,
        }),
        new EntryContext(Patient, UniqueId));

    public Task<WriteOutcome> WriteAsync(DossierEntry fact) =>
        hub.Get<ISourceWriter>().WriteAsync(hub.Source(SourceId), fact, UniqueId, CancellationToken.None);

    public async Task<IReadOnlyList<DossierEntry>> ReadAsync()
    {
        var outcome = await hub.Reader.ReadAsync(
            hub.Source(SourceId), new ReadRequest([new PatientQuery(Patient)]), TimeSpan.FromSeconds(20), CancellationToken.None);
        outcome.Status.Should().Be(SourceStatus.Answered);
        return outcome.Entries;
    }

    /// <summary>The server dies; another takes its address and its database.</summary>
    public async Task RestartAsync(Func<Task> meanwhile)
    {
        var address = server.Urls.Single();
        await server.StopAsync();
        await server.DisposeAsync();
        await meanwhile();
        server = PicardieSystem.Build(["--urls", address, "--Logging:LogLevel:Default", "Warning"], folder);
        await server.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await hub.DisposeAsync();
        await Proxy.DisposeAsync();
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static string Name => $$"""{"system":"urn:ietf:rfc:3986","value":"{{UniqueId}}"}""";

    private string Whom => $$$"""
        "subject":{"reference":"Patient?identifier={{{Patient.System}}}|{{{Patient.Value}}}",
        "identifier":{"system":"{{{Patient.System}}}","value":"{{{Patient.Value}}}"}}
        """;
}
