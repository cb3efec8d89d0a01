using System.Diagnostics.Metrics;
using System.Text;
using DmpFederation.Hub.Connectors;
using DmpFederation.Sdk;
using FluentAssertions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace DmpFederation.Hub.HostTests.Connectors;

/// <summary>Writes to a source through a real plug-in that keeps what it is given in a folder, and does one thing wrong at a time.</summary>
public sealed class SourceWriterTests
{
    private const string Key = "write-1";

    [Fact]
    public async Task A_fact_written_again_is_written_once()
    {
        await using var hub = await LoadAsync(Careless());

        var first = await WriteAsync(hub);
        var again = await WriteAsync(hub);

        first.Should().Be(new WriteOutcome("Condition/w1", null, true));
        again.Should().Be(first);
        (await hub.ReadAsync("careless")).Entries.Should().ContainSingle().Which.LocalId.Should().Be("Condition/w1");
        hub.Log.Lines.Should().NotContain(line => line.Id == 1019);
    }

    [Fact]
    public async Task Another_fact_under_the_same_key_is_a_conflict_for_good()
    {
        await using var hub = await LoadAsync(Careless());
        await WriteAsync(hub);

        (await WriteAsync(hub, Condition("J45"))).Should().Be(new WriteOutcome(null, "CONFLICT", true));
    }

    [Theory]
    [InlineData("writes-nothing-and-refuses", "UNKNOWN_PATIENT", true)]
    [InlineData("writes-nothing-and-leaks", "FAULT", true)]
    [InlineData("writes-nothing-and-throws", "FAULT", false)]
    [InlineData("writes-without-id", "BAD_LOCAL_ID", false)]
    [InlineData("blocks-on-write", "DEADLINE", false)]
    [InlineData("hangs-after-write", "DEADLINE", false)]
    public async Task Whatever_a_connector_does_becomes_an_outcome_without_the_patient(string defect, string code, bool final)
    {
        await using var hub = await LoadAsync(Careless(defect));

        (await WriteAsync(hub)).Should().Be(new WriteOutcome(null, code, final));

        hub.Log.Lines.Should().ContainSingle(line => line.Id == 1019).Which.Text.Should().Contain("careless").And.Contain(code);
        hub.Log.Lines.Should().NotContain(line => line.Text.Contains(ConnectorsHost.Patient.Value));
    }

    [Fact]
    public async Task A_fact_whose_answer_was_lost_is_there_once_when_it_is_written_again()
    {
        await using var hub = await LoadAsync(Careless("hangs-after-write"));
        (await WriteAsync(hub)).IsWritten.Should().BeFalse();

        hub.WriteSources(Careless());
        await hub.Registry.ReloadAsync(CancellationToken.None);

        (await WriteAsync(hub)).LocalId.Should().Be("Condition/w1");
        (await hub.ReadAsync("careless")).Entries.Should().ContainSingle();
    }

    [Fact]
    public async Task A_source_that_does_not_take_deposits_is_not_asked()
    {
        await using var hub = await LoadAsync(Careless(deposits: "REFUSED"));

        (await WriteAsync(hub)).Should().Be(new WriteOutcome(null, "DEPOSITS_REFUSED", true));

        File.Exists(Path.Combine(Legacy(hub), "written.txt")).Should().BeFalse();
    }

    [Fact]
    public async Task A_connector_that_cannot_write_is_not_asked()
    {
        await using var hub = await LoadAsync(Careless("undeclared"));

        (await WriteAsync(hub)).Should().Be(new WriteOutcome(null, "NO_CAPABILITY", true));
    }

    [Fact]
    public async Task A_source_that_is_shut_is_waited_for()
    {
        await using var hub = await LoadAsync(Careless());
        hub.Source("careless").Health.Set(SourceState.Quarantined, "WRONG_PATIENT");

        (await WriteAsync(hub)).Should().Be(new WriteOutcome(null, "WRONG_PATIENT", false));

        File.Exists(Path.Combine(Legacy(hub), "written.txt")).Should().BeFalse();
    }

    [Fact]
    public async Task A_source_that_fails_is_left_alone_for_a_moment_and_its_readers_are_not()
    {
        var clock = new FakeTimeProvider();
        await using var hub = await LoadAsync(Careless("writes-without-id"), clock);
        for (var call = 0; call < 4; call++)
            (await WriteAsync(hub)).Code.Should().Be("BAD_LOCAL_ID");

        (await WriteAsync(hub)).Should().Be(new WriteOutcome(null, "CIRCUIT_OPEN", false));
        (await hub.ReadAsync("careless")).Entries.Should().ContainSingle();
        clock.Advance(TimeSpan.FromSeconds(2.1));
        (await WriteAsync(hub)).Code.Should().Be("BAD_LOCAL_ID");
    }

    [Fact]
    public async Task Refusals_open_no_circuit()
    {
        await using var hub = await LoadAsync(Careless("writes-nothing-and-refuses"), new FakeTimeProvider());

        for (var call = 0; call < 12; call++)
            (await WriteAsync(hub)).Code.Should().Be("UNKNOWN_PATIENT");
    }

    [Fact]
    public async Task Writes_that_never_end_use_up_the_slots_of_their_source()
    {
        await using var hub = await LoadAsync(Careless("blocks-on-write", budget: "\"timeoutMs\": 200, \"concurrency\": 2"));

        await Task.WhenAll(WriteAsync(hub), WriteAsync(hub));

        (await WriteAsync(hub)).Should().Be(new WriteOutcome(null, "STUCK_CALLS", false));
    }

    [Fact]
    public async Task A_caller_who_left_is_not_an_outcome()
    {
        await using var hub = await LoadAsync(Careless("hangs-after-write", budget: "\"timeoutMs\": 60000"));
        using var caller = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        var writing = () => hub.Get<ISourceWriter>().WriteAsync(hub.Source("careless"), Condition("E11"), Key, caller.Token);

        await writing.Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Every_write_is_counted_with_its_outcome()
    {
        await using var hub = await LoadAsync(Careless());
        using var calls = new CallCount(hub.Get<IMeterFactory>());

        await WriteAsync(hub);
        await WriteAsync(hub, Condition("J45"));
        hub.Source("careless").Health.Set(SourceState.Malfunctioned, "its plug-in could not be loaded");
        await WriteAsync(hub);

        calls.Made.Should().Equal(("careless", "write", "Answered"), ("careless", "write", "Failed"), ("careless", "write", "NotAsked"));
    }

    private static Task<WriteOutcome> WriteAsync(ConnectorsHost hub, DossierEntry? entry = null) =>
        hub.Get<ISourceWriter>().WriteAsync(hub.Source("careless"), entry ?? Condition("E11"), Key, CancellationToken.None);

    private static DossierEntry Condition(string code) => DossierEntry.FromJson(
        Encoding.UTF8.GetBytes($$$"""
            {"resourceType":"Condition","code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10","code":"{{{code}}}"}]},"recordedDate":"2009-05-04"}
            """),
        new EntryContext(ConnectorsHost.Patient, "urn:oid:2.999.1"));

    private static string Legacy(ConnectorsHost hub) => Path.Combine(hub.Root, "legacy");

    private static string Careless(string defects = "", string deposits = "ACCEPTED", string? budget = null) =>
        $$"""
        { "id": "careless", "region": "test", "plugin": "careless", "patientKeys": ["INS-NIR-TEST"], "deposits": "{{deposits}}",
          "settings": { "folder": "legacy"{{(defects.Length > 0 ? $", \"defects\": \"{defects}\"" : "")}} },
          "budget": { {{budget ?? (defects is "blocks-on-write" or "hangs-after-write" ? "\"timeoutMs\": 1000" : "\"timeoutMs\": 20000")}} } }
        """;

    private static async Task<ConnectorsHost> LoadAsync(string source, TimeProvider? clock = null)
    {
        var hub = new ConnectorsHost { Clock = clock ?? TimeProvider.System }.With("DrainTimeout", "00:00:00.100");
        Directory.CreateDirectory(Path.Combine(Legacy(hub), "patients"));
        hub.Install("Careless");
        hub.WriteSources(source);
        await hub.LoadAsync();
        return hub;
    }
}
