using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.Migration.Steps;
using FluentAssertions;
using Xunit;
using static DmpFederation.Hub.Migration.Slices.MigrationState;

namespace DmpFederation.Hub.Tests.Migration;

/// <summary>The state machine of design §7 as a table: what each order makes of each state, and that nothing else does anything.</summary>
public sealed class SliceStepsTests
{
    private static readonly DateTimeOffset Now = new(2009, 10, 1, 8, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, Func<SliceRecord, SliceRecord?>> Orders = new()
    {
        ["start"] = SliceSteps.Start,
        ["pause"] = SliceSteps.Pause,
        ["resume"] = SliceSteps.Resume,
        ["verify"] = SliceSteps.Verify,
        ["shadow"] = SliceSteps.Shadow,
        ["switch"] = slice => SliceSteps.Switch(slice, Now),
        ["reverse"] = slice => SliceSteps.Reverse(slice, Now),
        ["retire"] = SliceSteps.Retire,
    };

    private static readonly Dictionary<(string Order, MigrationState From), MigrationState> Table = new()
    {
        [("start", Federated)] = Copying,
        [("pause", Copying)] = Paused,
        [("pause", Following)] = Paused,
        [("pause", Verifying)] = Paused,
        [("pause", Shadow)] = Paused,
        [("pause", Switched)] = Paused,
        [("pause", Reversed)] = Paused,
        [("verify", Following)] = Verifying,
        [("verify", Shadow)] = Shadow,
        [("verify", Switched)] = Switched,
        [("verify", Reversed)] = Reversed,
        [("shadow", Following)] = Shadow,
        [("shadow", Reversed)] = Shadow,
        [("switch", Shadow)] = Switched,
        [("switch", Reversed)] = Switched,
        [("reverse", Shadow)] = Reversed,
        [("reverse", Switched)] = Reversed,
        [("retire", Switched)] = Retired,
    };

    [Fact]
    public void Every_order_leads_every_state_where_the_table_says_and_nowhere_else()
    {
        foreach (var (order, step) in Orders)
        {
            foreach (var from in Enum.GetValues<MigrationState>().Where(static state => state is not (Paused or Diverged)))
            {
                MigrationState? expected = Table.TryGetValue((order, from), out var to) ? to : null;
                step(Slice(from))?.State.Should().Be(expected, $"{order} from {from}");
                (step(Slice(from)) is null).Should().Be(expected is null, $"{order} from {from}");
            }
        }
    }

    [Theory]
    [InlineData(Copying, null)]
    [InlineData(Following, null)]
    [InlineData(Shadow, Reversed)]
    [InlineData(Switched, Reversed)]
    public void A_paused_slice_goes_back_to_where_it_was_and_can_be_reversed_like_it(object resumes, object? reversed)
    {
        var paused = SliceSteps.Pause(Slice((MigrationState)resumes))!;

        SliceSteps.Resume(paused).Should().BeEquivalentTo(Slice((MigrationState)resumes));
        SliceSteps.Reverse(paused, Now)?.State.Should().Be((MigrationState?)reversed);
        (SliceSteps.Reverse(paused, Now) is null).Should().Be(reversed is null);
    }

    [Fact]
    public void A_paused_slice_goes_on_being_served_as_before() =>
        SliceSteps.Pause(Slice(Switched) with { ServedNationally = true })!.ServedNationally.Should().BeTrue();

    [Fact]
    public void A_switch_has_the_national_store_serve_and_a_reverse_the_legacy()
    {
        var switched = SliceSteps.Switch(Slice(Shadow), Now)!;
        (switched.ServedNationally, switched.SwitchedAt).Should().Be((true, Now));

        var reversed = SliceSteps.Reverse(switched, Now)!;
        (reversed.ServedNationally, reversed.SwitchedAt, reversed.RehearsedAt).Should().Be((false, null, Now));
    }

    [Fact]
    public void A_retired_slice_stays_national() =>
        SliceSteps.Retire(Slice(Switched) with { ServedNationally = true })!.ServedNationally.Should().BeTrue();

    [Fact]
    public void Verifying_what_is_past_its_way_takes_its_evidence_away_until_there_is_new()
    {
        var slice = Slice(Switched) with { VerifiedAt = Now, Differences = 3 };

        var verified = SliceSteps.Verify(slice)!;

        (verified.VerifiedAt, verified.Differences).Should().Be((null, 0));
    }

    private static SliceRecord Slice(MigrationState state) => new()
    {
        Id = new SliceId("north", "all", "all"),
        State = state,
        ServedNationally = false,
        Copied = 5,
        Total = 5,
        Differences = 0,
    };
}
