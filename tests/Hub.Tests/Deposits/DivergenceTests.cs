using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Hub.Migration.Diverging;
using DmpFederation.Hub.Migration.Leases;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.Tests.National;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using DmpFederation.TestKit.Migration;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Deposits;

public sealed class SqliteDivergenceTests() : DivergenceTests(new SqliteNationalHost());

public sealed class PostgreSqlDivergenceTests() : DivergenceTests(new PostgreSqlNationalHost());

/// <summary>A deposited fact both sides changed after its legacy had it waits for a person; whatever one side changed alone does not.</summary>
public abstract class DivergenceTests : IAsyncLifetime
{
    private static readonly MigrationPlan Plan = MigrationRig.WholePlan(DepositRig.Legacy);
    private static readonly SliceId Slice = Plan.Slices().Single();

    private readonly NationalHost host;
    private readonly TestClock clock = new();
    private readonly NationalNode node;
    private readonly DepositRig rig;
    private IMigrationLease lease = null!;

    protected DivergenceTests(NationalHost host)
    {
        this.host = host;
        node = host.Open(clock);
        rig = new DepositRig(node, clock);
    }

    public async Task InitializeAsync()
    {
        await node.ApplyAsync(AChange.Opening());
        await node.Moves.BeginAsync(Plan, new LegacyLoad(), MigrationRig.Note, default);
        lease = (await node.Leases.TryTakeAsync($"slice/{Slice}", default))!;
    }

    public async Task DisposeAsync()
    {
        await lease.DisposeAsync();
        rig.Dispose();
        await host.DisposeAsync();
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_fact_replaced_nationally_and_corrected_by_its_legacy_waits_whichever_came_first(bool legacyFirst)
    {
        await DeliveredAsync();
        if (legacyFirst)
            await LegacySaysAsync("8.10");
        (await OpenAsync()).Should().BeEmpty("one side alone changed it");
        await rig.KeepAsync(ADeposit.Draft(2, "7.40") with { Replaces = ADeposit.Name(1) });
        if (!legacyFirst)
        {
            (await OpenAsync()).Should().BeEmpty("one side alone changed it");
            await LegacySaysAsync("8.10");
        }

        var open = (await OpenAsync()).Should().ContainSingle().Subject;
        (open.Slice, open.LocalId, open.Version, open.IsWithdrawn).Should().Be((Slice, LocalId, 2, false));
    }

    [SkippableFact]
    public async Task A_fact_replaced_nationally_and_withdrawn_by_its_legacy_waits_too()
    {
        await DeliveredAsync();
        await rig.KeepAsync(ADeposit.Draft(2, "7.40") with { Replaces = ADeposit.Name(1) });
        await LegacySaysAsync(null);

        (await OpenAsync()).Should().ContainSingle().Which.IsWithdrawn.Should().BeTrue();
    }

    [SkippableFact]
    public async Task It_is_found_under_another_identifier_of_the_same_person()
    {
        await DeliveredAsync(APatient.Known().InsC.Key);
        await node.Links.LinkAsync(
            [APatient.Known().Ins.Key, APatient.Known().InsC.Key], IdentityStatus.Qualified, "INSI", "test", default);
        await rig.KeepAsync(ADeposit.Draft(2, "7.40") with { Replaces = ADeposit.Name(1) });
        await LegacySaysAsync("8.10", APatient.Known().InsC.Key);

        (await OpenAsync()).Should().ContainSingle();
    }

    [SkippableFact]
    public async Task Settled_it_waits_no_more_until_the_legacy_changes_it_once_again()
    {
        await DeliveredAsync();
        await rig.KeepAsync(ADeposit.Draft(2, "7.40") with { Replaces = ADeposit.Name(1) });
        await LegacySaysAsync("8.10");
        var id = (await OpenAsync()).Single().Id;

        (await node.Divergences.SettleAsync("labos", id, MigrationRig.Note, default)).Should().BeFalse("it is of another source");
        (await node.Divergences.SettleAsync(DepositRig.Legacy, id, MigrationRig.Note, default)).Should().BeTrue();
        (await OpenAsync()).Should().BeEmpty();
        (await node.Divergences.SettleAsync(DepositRig.Legacy, id, MigrationRig.Note, default)).Should().BeFalse("nothing is open");

        await LegacySaysAsync("8.20");
        (await OpenAsync()).Should().ContainSingle().Which.Version.Should().Be(3);
    }

    private const string LocalId = "Observation/at-" + DepositRig.Legacy;

    private Task<IReadOnlyList<Divergence>> OpenAsync() => node.Divergences.OpenAsync(DepositRig.Legacy, default);

    private async Task DeliveredAsync(PatientKey? filedUnder = null)
    {
        await rig.KeepAsync(ADeposit.Draft());
        (await rig.DeliverAsync()).Should().BeTrue();
        await LegacySaysAsync("7.20", filedUnder);
    }

    /// <summary>What the legacy says of the patient is taken over; null when it has the fact no more.</summary>
    private async Task LegacySaysAsync(string? value, PatientKey? filedUnder = null)
    {
        clock.Advance(TimeSpan.FromMinutes(1));
        var key = filedUnder ?? APatient.Known().Ins.Key;
        var copy = new PatientCopy
        {
            Key = key,
            Entries = value is null
                ? []
                : [DossierEntry.FromJson(System.Text.Encoding.UTF8.GetBytes(ADeposit.Hba1c(value)), new EntryContext(key, LocalId))],
        };
        await node.Copies.TakeOverAsync(new CopyBatch(Slice, [copy], lease.Fence, clock.GetUtcNow()), default);
    }
}
