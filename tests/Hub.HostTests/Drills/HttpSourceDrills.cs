using DmpFederation.Hub.Federation;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.HostTests.Drills;

/// <summary>Each server of the demo fails in each way, over real HTTP, while the others live.</summary>
[Collection(DrillCollection.Name)]
public sealed class HttpSourceDrills(DrillWorld world)
{
    /// <summary>Not faults of reading, or drilled on their own: what a reader meets of the last three it meets of the others.</summary>
    private static Fault[] NoReadFaults =>
        [Fault.None, Fault.AnotherPatient, Fault.FutureClock, Fault.LosesAnswer, Fault.KeepsAnswer, Fault.Unavailable];

    public static TheoryData<string, Fault> Drills
    {
        get
        {
            var drills = new TheoryData<string, Fault>();
            foreach (var source in DrillWorld.HttpSources)
            {
                foreach (var fault in Enum.GetValues<Fault>().Except(NoReadFaults))
                    drills.Add(source, fault);
            }
            return drills;
        }
    }

    public static TheoryData<string> Sources => [.. DrillWorld.HttpSources];

    [Theory]
    [MemberData(nameof(Drills))]
    public async Task A_source_that_fails_costs_its_own_slice_is_named_and_comes_back(string source, Fault fault)
    {
        var whole = await world.Hub.UntilCompleteAsync(world.Patient);
        await using var elsewhere = await FaultProxy.StartAsync(world.Proxy(source).Origin, "/never");
        world.Proxy(source).Elsewhere = new Uri(elsewhere.Origin);
        world.Proxy(source).Fault = fault;
        try
        {
            // The quicker of two, for the machine may be busy; both before the circuit opens.
            var memory = new PeakMemory();
            var (answer, first) = await world.Hub.TimeAsync(world.Patient);
            var (_, second) = await world.Hub.TimeAsync(world.Patient);
            var peak = await memory.EndAsync();

            (first < second ? first : second).Should().BeLessThan(DrillRules.AnswerBy);
            peak.Should().BeLessThan(DrillRules.MostMemory);
            answer.Complete.Should().BeFalse();
            var missing = DrillRules.Of(answer, source);
            missing.Status.Should().BeOneOf(SourceStatus.Failed, SourceStatus.TimedOut, SourceStatus.Partial, SourceStatus.CircuitOpen);
            missing.Reason.Should().NotBeNullOrEmpty();
            DrillRules.AssertOthersAreWhole(answer, whole, source);
            DrillRules.LocalIds(answer).Should().BeSubsetOf(DrillRules.LocalIds(whole), "a fault invents nothing");
        }
        finally
        {
            world.Proxy(source).Fault = Fault.None;
        }
        var after = await world.Hub.UntilCompleteAsync(world.Patient);
        DrillRules.LocalIds(after).Should().BeEquivalentTo(DrillRules.LocalIds(whole), "the source comes back without a restart");
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task A_source_that_answers_about_another_patient_is_shut_and_shows_nothing(string source)
    {
        var whole = await world.Hub.UntilCompleteAsync(world.Patient);
        var (own, other) = (world.Patient, world.Another);
        world.Proxy(source).Swaps = [(own.InsNir, other.InsNir), (own.InsC, other.InsC)];
        world.Proxy(source).Fault = Fault.AnotherPatient;
        try
        {
            var answer = await world.Hub.AskAsync(own);
            DrillRules.LocalIds(answer).Should().BeSubsetOf(DrillRules.LocalIds(whole), "nothing of another patient is shown");
            var shut = DrillRules.Of(answer, source);
            shut.Status.Should().Be(SourceStatus.Quarantined);
            shut.EntryCount.Should().Be(0);
            DrillRules.AssertOthersAreWhole(answer, whole, source);

            world.Proxy(source).Fault = Fault.None;
            DrillRules.Of(await world.Hub.AskAsync(own), source).Status
                .Should().Be(SourceStatus.Quarantined, "it is not believed again until an operator says so");
        }
        finally
        {
            world.Proxy(source).Fault = Fault.None;
            await world.Hub.ReadmitAsync(source);
        }
        DrillRules.LocalIds(await world.Hub.UntilCompleteAsync(own)).Should().BeEquivalentTo(DrillRules.LocalIds(whole));
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task A_source_whose_clock_is_ahead_changes_nothing(string source)
    {
        var whole = await world.Hub.UntilCompleteAsync(world.Patient);
        world.Proxy(source).Fault = Fault.FutureClock;
        try
        {
            var answer = await world.Hub.AskAsync(world.Patient);
            answer.Complete.Should().BeTrue();
            DrillRules.LocalIds(answer).Should().Equal(DrillRules.LocalIds(whole));
        }
        finally
        {
            world.Proxy(source).Fault = Fault.None;
        }
    }
}
