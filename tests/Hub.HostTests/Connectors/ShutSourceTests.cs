using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Federation;
using FluentAssertions;
using Microsoft.Extensions.Logging;
using Xunit;

namespace DmpFederation.Hub.HostTests.Connectors;

public class ShutSourceTests
{
    [Fact]
    public async Task A_source_that_gave_data_of_another_patient_is_shut_at_once_and_an_alarm_names_it_and_no_patient()
    {
        await using var hub = await LeakingAsync();

        (await hub.ReadAsync("bad")).Status.Should().Be(SourceStatus.Quarantined);

        hub.Source("bad").State.Should().Be(SourceState.Quarantined);
        hub.Log.Lines.Should().ContainSingle(line => line.Level == LogLevel.Critical).Which.Text.Should().Contain("bad");
        hub.Log.Lines.Should().NotContain(line => line.Text.Contains("279035121518989") || line.Text.Contains("255069938600149"));
    }

    [Fact]
    public async Task Neither_an_untouched_configuration_nor_a_restart_lets_it_in_again()
    {
        await using var hub = await LeakingAsync();
        await hub.ReadAsync("bad");
        await hub.Registry.ReloadAsync(CancellationToken.None);
        hub.Source("bad").State.Should().Be(SourceState.Quarantined);

        await hub.StopAsync();
        await hub.LoadAsync();

        hub.Source("bad").State.Should().Be(SourceState.Quarantined);
        (await hub.ReadAsync("bad")).Status.Should().Be(SourceStatus.Quarantined);
    }

    [Fact]
    public async Task A_changed_entry_lets_it_in_again()
    {
        await using var hub = await LeakingAsync();
        await hub.ReadAsync("bad");

        hub.WriteSources(ConnectorsHost.Misbehaving("mended"));
        await hub.Registry.ReloadAsync(CancellationToken.None);

        (await hub.ReadAsync("bad")).Status.Should().Be(SourceStatus.Answered);
    }

    [Fact]
    public async Task An_operator_lets_it_in_again()
    {
        await using var hub = await LeakingAsync();
        await hub.ReadAsync("bad");

        (await hub.Registry.ReadmitAsync("bad", CancellationToken.None)).Should().BeTrue();
        (await hub.Registry.ReadmitAsync("nobody", CancellationToken.None)).Should().BeFalse();

        hub.Source("bad").State.Should().Be(SourceState.Starting);
        (await hub.ReadAsync("bad")).Status.Should().Be(SourceStatus.Quarantined, "it leaks again");
    }

    private static async Task<ConnectorsHost> LeakingAsync()
    {
        var hub = new ConnectorsHost();
        hub.Install("Misbehaving");
        hub.WriteSources(ConnectorsHost.Misbehaving("leaks-patient"));
        await hub.LoadAsync();
        return hub;
    }
}
