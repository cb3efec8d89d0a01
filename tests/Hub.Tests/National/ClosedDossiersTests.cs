using DmpFederation.Hub.Access.Policy;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.National;

public sealed class SqliteClosedDossiersTests() : ClosedDossiersTests(new SqliteNationalHost());

public sealed class PostgreSqlClosedDossiersTests() : ClosedDossiersTests(new PostgreSqlNationalHost());

/// <summary>Ten years after the closing what the dossier held is destroyed, and not a day earlier.</summary>
public abstract class ClosedDossiersTests(NationalHost host) : IAsyncLifetime
{
    private static readonly TimeSpan TenYears = TimeSpan.FromDays(3_653);

    private readonly TestClock clock = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await host.DisposeAsync();

    [SkippableFact]
    public async Task What_a_dossier_held_is_destroyed_ten_years_after_its_closing_and_its_state_stays()
    {
        var node = host.Open(clock);
        await FillAsync(node, 1);
        await FillAsync(node, 2);
        var closed = await node.ApplyAsync(new PolicyChange.Close("moves abroad"), person: 1);
        clock.Advance(TenYears - TimeSpan.FromMinutes(1));
        (await node.Closed.DestroyAsync(TenYears, default)).Should().Be(0);
        (await node.FindAsync(1)).Masks.Should().ContainSingle();

        clock.Advance(TimeSpan.FromMinutes(2));
        (await node.Closed.DestroyAsync(TenYears, default)).Should().Be(1);
        (await node.Closed.DestroyAsync(TenYears, default)).Should().Be(0);

        (await node.FindAsync(1)).Should().BeEquivalentTo(new PatientPolicy
        {
            Person = closed.Person,
            Epoch = closed.Epoch + 1,
            State = DossierState.Closed,
            StateSince = closed.StateSince,
        });
        (await node.Notices.ListAsync(AChange.Keys(1)[0], 10, default)).Should().BeEmpty();
        (await node.Reviews.ListAsync(null, 10, null, default)).Should().ContainSingle().Which.Person.Should().Be((await node.FindAsync(2)).Person!.Value);
        (await node.FindAsync(2)).Masks.Should().ContainSingle("an open dossier is kept however old it is");
    }

    [SkippableFact]
    public async Task A_dossier_that_was_opened_again_is_kept_and_one_opened_after_the_destruction_starts_empty()
    {
        var node = host.Open(clock);
        await FillAsync(node, 1);
        await FillAsync(node, 2);
        await node.ApplyAsync(new PolicyChange.Close("first"), person: 1);
        await node.ApplyAsync(new PolicyChange.Close("first"), person: 2);
        await node.ApplyAsync(AChange.Opening(), person: 1);
        clock.Advance(TenYears * 2);

        (await node.Closed.DestroyAsync(TenYears, default)).Should().Be(1);

        (await node.FindAsync(1)).Masks.Should().ContainSingle();
        var reopened = await node.ApplyAsync(AChange.Opening(), person: 2);
        reopened.State.Should().Be(DossierState.Open);
        reopened.Masks.Should().BeEmpty();
        reopened.Consents.Should().ContainSingle().Which.Sequence.Should().Be(3, "a number is never given twice");
        await node.ApplyAsync(new PolicyChange.Close("second"), person: 2);
        clock.Advance(TenYears * 2);
        (await node.Closed.DestroyAsync(TenYears, default)).Should().Be(1);
    }

    [SkippableFact]
    public async Task The_hub_destroys_them_by_itself()
    {
        host.Settings["Access:KeepClosedFor"] = "1.00:00:00";
        var node = host.Open(clock);
        await FillAsync(node, 1);
        await node.ApplyAsync(new PolicyChange.Close("moves abroad"), person: 1);
        clock.Advance(TimeSpan.FromDays(2));

        await node.StartAsync();

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await node.FindAsync(1)).Masks.Count > 0)
            await Task.Delay(10, patience.Token);
    }

    private static async Task FillAsync(NationalNode node, int person)
    {
        await node.ApplyAsync(AChange.Opening(), person);
        await node.ApplyAsync(AChange.Permit(), person);
        await node.ApplyAsync(new PolicyChange.Block(AChange.OtherDoctor, true), person);
        await node.ApplyAsync(new PolicyChange.DeclareAttending(AChange.Doctor), person);
        await node.ApplyAsync(new PolicyChange.DeclareMember(new CareTeamMember(AChange.Doctor, null, AChange.Morning, null)), person);
        await node.ApplyAsync(new PolicyChange.Oppose(true, true), person);
        await node.ApplyAsync(new PolicyChange.SetMask(AChange.Mask()), person);
        await node.ApplyAsync(AChange.Ticket($"ticket-{person}"), person);
    }
}
