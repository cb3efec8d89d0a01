using DmpFederation.Hub.Access;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Access;

public sealed class StewardshipDecisionTests
{
    [Theory]
    [InlineData(ActorRole.RegionOperator, "picardie", "ACC-150", "picardie")]
    [InlineData(ActorRole.NationalOperator, null, "ACC-151", null)]
    internal void Operators_look_at_and_change_their_sources(ActorRole role, string? region, string rule, string? scope)
    {
        foreach (var act in Enum.GetValues<StewardshipAct>())
            Decide(role, region, act).Should().Be(new StewardshipDecision.Allowed(rule, scope));
    }

    [Fact]
    public void The_data_protection_officer_looks_and_changes_nothing()
    {
        Decide(ActorRole.Dpo, null, StewardshipAct.Look).Should().Be(new StewardshipDecision.Allowed("ACC-152", null));
        Decide(ActorRole.Dpo, null, StewardshipAct.Change).Should().Be(new StewardshipDecision.Refused("ACC-153"));
    }

    [Theory]
    [InlineData(ActorRole.RegionOperator, "ACC-154")]
    [InlineData(ActorRole.Professional, "ACC-155")]
    [InlineData(ActorRole.Patient, "ACC-155")]
    [InlineData(ActorRole.Analyst, "ACC-155")]
    [InlineData((ActorRole)99, "ACC-199")]
    internal void Everybody_else_is_refused(ActorRole role, string rule)
    {
        foreach (var act in Enum.GetValues<StewardshipAct>())
            Decide(role, null, act).Should().Be(new StewardshipDecision.Refused(rule));
    }

    [Fact]
    public void A_handler_reached_without_a_decision_answers_nothing_and_a_request_is_decided_on_once()
    {
        var stewardship = new Stewardship();
        FluentActions.Invoking(() => stewardship.Decision).Should().Throw<InvalidOperationException>();

        stewardship.Make(new StewardshipDecision.Refused("ACC-155"));
        FluentActions.Invoking(() => stewardship.Make(new StewardshipDecision.Allowed("ACC-151", null))).Should().Throw<InvalidOperationException>();
    }

    private static StewardshipDecision Decide(ActorRole role, string? region, StewardshipAct act) =>
        StewardshipDecision.Decide(AnActor.Of(role) with { Region = region }, act);
}
