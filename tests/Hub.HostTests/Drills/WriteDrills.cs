using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Federation.Merge;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.HostTests.Drills;

/// <summary>
/// Facts written by the hub into the real Picardie server while everything between them goes wrong: what is not known to be written is asked again,
/// and is there once.
/// </summary>
public sealed class WriteDrills
{
    [Theory]
    [InlineData(Fault.Dies, "UNREACHABLE")]
    [InlineData(Fault.LosesAnswer, "UNREACHABLE")]
    [InlineData(Fault.KeepsAnswer, "DEADLINE")]
    [InlineData(Fault.Hangs, "DEADLINE")]
    [InlineData(Fault.Unavailable, "ERROR_STATUS")]
    [InlineData(Fault.Huge, "TOO_LARGE")]
    [InlineData(Fault.Redirects, "FOREIGN_LINK")]
    [InlineData(Fault.Garbage, null)]
    [InlineData(Fault.Truncated, null)]
    public async Task A_write_whose_answer_is_spoilt_is_not_refused_and_written_again_makes_one_fact(Fault fault, string? code)
    {
        await using var picardie = await PicardieWrites.StartAsync(code == "DEADLINE" ? 5_000 : 30_000);
        var fact = picardie.Fact("Condition");
        picardie.Proxy.FaultyPath = "/fhir/Condition";
        picardie.Proxy.Elsewhere = new Uri("http://127.0.0.1:9/");
        picardie.Proxy.Fault = fault;

        var spoilt = await picardie.WriteAsync(fact);
        picardie.Proxy.Fault = Fault.None;
        var again = await picardie.WriteAsync(fact);

        // An answer that says nothing is looked up at the server: then it is known.
        spoilt.Should().Be(code is null ? again : new WriteOutcome(null, code, false));
        again.LocalId.Should().StartWith("Condition/");
        (await picardie.ReadAsync()).Where(entry => entry.Identifiers.Any(identifier => identifier.Value == PicardieWrites.UniqueId))
            .Should().ContainSingle().Which.LocalId.Should().Be(again.LocalId);
        picardie.Log.Lines.Should().NotContain(line => line.Text.Contains(picardie.Patient.Value));
    }

    [Theory]
    [InlineData(Fault.Garbage, "BAD_ANSWER")]
    [InlineData(Fault.Unavailable, "ERROR_STATUS")]
    [InlineData(Fault.Truncated, "BAD_ANSWER")]
    public async Task A_server_that_answers_nothing_right_leaves_the_outcome_open(Fault fault, string code)
    {
        await using var picardie = await PicardieWrites.StartAsync();
        picardie.Proxy.Fault = fault;

        (await picardie.WriteAsync(picardie.Fact("Condition"))).Should().Be(new WriteOutcome(null, code, false));
    }

    [Fact]
    public async Task A_server_that_dies_between_the_write_and_its_answer_has_written_once()
    {
        await using var picardie = await PicardieWrites.StartAsync();
        var fact = picardie.Fact("Observation");
        picardie.Proxy.FaultyPath = "/fhir/Observation";
        picardie.Proxy.Fault = Fault.LosesAnswer;
        (await picardie.WriteAsync(fact)).IsFinal.Should().BeFalse();
        picardie.Proxy.Fault = Fault.None;

        await picardie.RestartAsync(async () => (await picardie.WriteAsync(fact)).IsFinal.Should().BeFalse());

        var written = await picardie.WriteAsync(fact);
        written.LocalId.Should().StartWith("Observation/");
        (await picardie.ReadAsync()).Count(entry => entry.Identifiers.Any(identifier => identifier.Value == PicardieWrites.UniqueId)).Should().Be(1);
    }

    [Theory]
    [InlineData("Condition")]
    [InlineData("Observation")]
    [InlineData("DocumentReference")]
    public async Task A_national_fact_and_its_delivered_copy_are_one_fact_with_two_origins(string type)
    {
        await using var picardie = await PicardieWrites.StartAsync();
        var before = await picardie.ReadAsync();
        var national = picardie.Fact(type);
        var localId = (await picardie.WriteAsync(national)).LocalId;

        var held = await picardie.ReadAsync();
        var merged = new RecordMerger(ClinicalKeys.Default).Merge([new SourceEntries("dmp", [national]), new SourceEntries("picardie", held)]);

        held.Should().HaveCount(before.Count + 1);
        var fact = merged.Where(one => one.Origins.Any(origin => origin.SourceId == "dmp")).Should().ContainSingle().Subject;
        fact.Origins.Select(origin => (origin.SourceId, origin.Entry.LocalId))
            .Should().BeEquivalentTo([("dmp", PicardieWrites.UniqueId), ("picardie", localId!)]);
        fact.Conflicts.Should().BeEmpty();
    }
}
