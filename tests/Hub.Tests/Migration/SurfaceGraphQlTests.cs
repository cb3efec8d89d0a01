using DmpFederation.Hub.Access;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.Migration.Steps;
using DmpFederation.Hub.Tests.Api;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Migration;

/// <summary>What operators see and order of migrations over GraphQL, and who may not.</summary>
public sealed class SurfaceGraphQlTests : IDisposable
{
    private const string Whole = """
        { migrations { sourceId state copied total differences blockedBy startedAt followedAt braked rate etaSeconds
            load { patientsPerSecond concurrency latencyLimitMs rest }
            slices { id state resumes servedBy categories copied total rate etaSeconds verifiedAt differences rehearsedAt switchedAt shadowReads
              shadowDifferences missing differencesFound(first: 5) { localId field explained patientDigest seenAt inShadow } }
            steps { slice from to at by reason evidence } equivalences { id field owner reason until } } }
        """;

    private readonly SurfaceRig rig = new();

    public void Dispose() => rig.Dispose();

    [Fact]
    public async Task A_source_that_was_never_moved_is_federated_and_an_unknown_one_is_not_found()
    {
        var all = await rig.AskAsync(SurfaceRig.National, Whole);
        all.At("data", "migrations").EnumerateArray().Select(static one => one.GetProperty("sourceId").GetString()).Should().Equal("north", "south");
        all.At("data", "migrations", 0, "state").GetString().Should().Be("FEDERATED");
        all.At("data", "migrations", 0, "slices").GetArrayLength().Should().Be(0);

        SurfaceRig.Refusal(await rig.AskAsync(SurfaceRig.National, """{ migration(sourceId: "nowhere") { state } }""")).Should().Be(("NOT_FOUND", "SOURCE"));
    }

    [Fact]
    public async Task A_migration_is_started_as_it_was_cut_and_shows_who_ordered_it()
    {
        var started = await rig.AskAsync(SurfaceRig.North, """
            mutation { startMigration(sourceId: "north", input: { waves: 2, groups: [[LAB_RESULT], [MEDICATION, ALLERGY]], reason: "pilot",
              load: { patientsPerSecond: 50, concurrency: 2, latencyLimitMs: 800, rest: "08:00-19:00" } })
              { state slices { id categories } load { patientsPerSecond concurrency latencyLimitMs rest } steps { from to by reason } } }
            """);

        started.Codes().Should().BeEmpty();
        started.At("data", "startMigration", "state").GetString().Should().Be("COPYING");
        started.At("data", "startMigration", "slices").EnumerateArray().Select(static slice => slice.GetProperty("id").GetString()).Should().Equal(
            "north/wave-1/lab-result", "north/wave-1/group-2", "north/wave-1/others",
            "north/wave-2/lab-result", "north/wave-2/group-2", "north/wave-2/others");
        started.At("data", "startMigration", "load").ToString().Should().ContainAll("50", "800", "08:00-19:00");
        var step = started.At("data", "startMigration", "steps", 0);
        (step.GetProperty("by").GetString(), step.GetProperty("reason").GetString()).Should().Be(("the-north", "pilot"));
        rig.Director.Started!.Value.Load.Rest.Should().Be((new TimeOnly(8, 0), new TimeOnly(19, 0)));
    }

    [Theory]
    [InlineData("waves: 2, percent: 10", "BAD_PLAN")]
    [InlineData("waves: 0", "BAD_PLAN")]
    [InlineData("percent: 30", "BAD_PLAN")]
    [InlineData("groups: [[LAB_RESULT], [LAB_RESULT]]", "BAD_PLAN")]
    [InlineData("groups: [[]]", "BAD_PLAN")]
    [InlineData("cohort: [\"nothing\"]", "IDENTIFIER")]
    [InlineData("load: { rest: \"8-19\" }", "BAD_LOAD")]
    [InlineData("load: { concurrency: 0 }", "BAD_LOAD")]
    [InlineData("load: { patientsPerSecond: 0 }", "BAD_LOAD")]
    public async Task What_makes_no_plan_is_refused_and_starts_nothing(string input, string rule)
    {
        SurfaceRig.Refusal(await rig.OrderAsync(SurfaceRig.North, $"startMigration(sourceId: \"north\", input: {{ {input} }})"))
            .Should().Be(("BAD_REQUEST", rule));
        rig.Director.Orders.Should().BeEmpty();
    }

    [Fact]
    public async Task Whoever_runs_no_source_sees_and_orders_nothing()
    {
        foreach (var role in new[] { ActorRole.Professional, ActorRole.Patient, ActorRole.Analyst })
        {
            var actor = AnActor.Of(role);
            SurfaceRig.Refusal(await rig.AskAsync(actor, Whole)).Should().Be(("ACCESS_REFUSED", "ACC-155"));
            SurfaceRig.Refusal(await rig.AskAsync(actor, "{ migration(sourceId: \"north\") { state } }")).Should().Be(("ACCESS_REFUSED", "ACC-155"));
            SurfaceRig.Refusal(await rig.OrderAsync(actor, "startMigration(sourceId: \"north\")")).Should().Be(("ACCESS_REFUSED", "ACC-155"));
        }
        rig.Director.Orders.Should().BeEmpty();
        rig.Store.Looks.Should().Be(0);
    }

    [Fact]
    public async Task The_data_protection_officer_looks_and_orders_nothing()
    {
        var dpo = AnActor.Of(ActorRole.Dpo);
        (await rig.AskAsync(dpo, Whole)).Codes().Should().BeEmpty();
        SurfaceRig.Refusal(await rig.OrderAsync(dpo, "pauseMigration(sourceId: \"north\")")).Should().Be(("ACCESS_REFUSED", "ACC-153"));
    }

    [Fact]
    public async Task For_an_operator_sources_of_other_regions_are_as_if_there_were_none()
    {
        await rig.OrderAsync(SurfaceRig.North, "startMigration(sourceId: \"north\")");

        (await rig.AskAsync(SurfaceRig.South, Whole)).At("data", "migrations").EnumerateArray()
            .Should().ContainSingle().Which.GetProperty("sourceId").GetString().Should().Be("south");
        SurfaceRig.Refusal(await rig.AskAsync(SurfaceRig.South, "{ migration(sourceId: \"north\") { state } }")).Should().Be(("NOT_FOUND", "SOURCE"));
        SurfaceRig.Refusal(await rig.OrderAsync(SurfaceRig.South, "reverseMigration(sourceId: \"north\", reason: \"mine\")"))
            .Should().Be(("NOT_FOUND", "SOURCE"));
        rig.Director.Orders.Should().ContainSingle();
    }

    [Fact]
    public async Task A_blocked_step_says_what_is_missing_slice_by_slice()
    {
        await rig.OrderAsync(SurfaceRig.North, "startMigration(sourceId: \"north\", input: { percent: 10 })");
        rig.Director.Lacking = ["NOT_VERIFIED", "NOT_REHEARSED"];

        var blocked = await rig.OrderAsync(SurfaceRig.North, "switchMigration(sourceId: \"north\")");

        var extensions = blocked.At("errors", 0, "extensions");
        extensions.GetProperty("code").GetString().Should().Be("MIGRATION_BLOCKED");
        extensions.GetProperty("missing").EnumerateArray().Select(static code => code.GetString()).Should().Equal("NOT_VERIFIED", "NOT_REHEARSED");
        extensions.At("slices", 1).ToString().Should().ContainAll("north/rest/all", "SWITCHED", "NOT_VERIFIED");
        var shown = await rig.AskAsync(SurfaceRig.North, "{ migration(sourceId: \"north\") { blockedBy slices { missing } } }");
        shown.At("data", "migration", "blockedBy").GetArrayLength().Should().Be(2);
        shown.At("data", "migration", "slices", 0, "missing").GetArrayLength().Should().Be(2);
        rig.Audit.Records.Should().Contain(static line => line.Action == AuditAction.MigrationSwitched && line.Outcome == AuditOutcome.Refused
            && line.Code == "MIGRATION_BLOCKED" && line.Detail == "SOURCE=north;MISSING=NOT_VERIFIED,NOT_REHEARSED");
    }

    [Fact]
    public async Task Named_slices_alone_are_switched_and_served_nationally()
    {
        await rig.OrderAsync(SurfaceRig.North, "startMigration(sourceId: \"north\", input: { waves: 2 })");

        var moved = await rig.AskAsync(SurfaceRig.North, """
            mutation { switchMigration(sourceId: "north", slices: ["north/wave-1/all"]) { state slices { state servedBy } } }
            """);

        moved.At("data", "switchMigration", "state").GetString().Should().Be("COPYING");
        moved.At("data", "switchMigration", "slices", 0).ToString().Should().ContainAll("SWITCHED", "NATIONAL");
        moved.At("data", "switchMigration", "slices", 1).ToString().Should().ContainAll("COPYING", "LEGACY");
        foreach (var slices in new[] { "[]", "[\"south/all/all\"]", "[\"north\"]" })
        {
            SurfaceRig.Refusal(await rig.OrderAsync(SurfaceRig.North, $"switchMigration(sourceId: \"north\", slices: {slices})"))
                .Should().Be(("BAD_REQUEST", "SLICE_ID"));
        }
    }

    [Fact]
    public async Task Conflicts_and_what_there_is_none_of_say_which_rule()
    {
        SurfaceRig.Refusal(await rig.OrderAsync(SurfaceRig.North, "pauseMigration(sourceId: \"north\")")).Should().Be(("NOT_FOUND", "MIGRATION"));
        SurfaceRig.Refusal(await rig.OrderAsync(SurfaceRig.North, "brakeMigration(sourceId: \"north\", braked: true)"))
            .Should().Be(("NOT_FOUND", "MIGRATION"));
        rig.Director.Instead = new StepResult.Conflict(StepRules.WrongState, "Nothing is paused.");
        var conflict = await rig.OrderAsync(SurfaceRig.North, "resumeMigration(sourceId: \"north\")");
        SurfaceRig.Refusal(conflict).Should().Be(("CONFLICT", "WRONG_STATE"));
        conflict.At("errors", 0, "message").GetString().Should().Be("Nothing is paused.");
        rig.Store.Fault = "UNREACHABLE";
        SurfaceRig.Refusal(await rig.AskAsync(SurfaceRig.National, Whole)).Should().Be(("MIGRATION_UNAVAILABLE", "UNREACHABLE"));
    }

    [Theory]
    [InlineData("pauseMigration(sourceId: \"north\")", nameof(AuditAction.MigrationPaused), "SOURCE=north")]
    [InlineData("resumeMigration(sourceId: \"north\")", nameof(AuditAction.MigrationResumed), "SOURCE=north")]
    [InlineData("verifyMigration(sourceId: \"north\")", nameof(AuditAction.MigrationVerified), "SOURCE=north")]
    [InlineData("shadowMigration(sourceId: \"north\")", nameof(AuditAction.MigrationShadowed), "SOURCE=north")]
    [InlineData("switchMigration(sourceId: \"north\")", nameof(AuditAction.MigrationSwitched), "SOURCE=north")]
    [InlineData("reverseMigration(sourceId: \"north\", slices: [\"north/all/all\"], reason: \"slow\")", nameof(AuditAction.MigrationReversed),
        "SOURCE=north;SLICES=north/all/all")]
    [InlineData("retireMigration(sourceId: \"north\")", nameof(AuditAction.MigrationRetired), "SOURCE=north")]
    [InlineData("brakeMigration(sourceId: \"north\", braked: true)", nameof(AuditAction.MigrationBraked), "SOURCE=north;BRAKE=HELD")]
    [InlineData("limitMigration(sourceId: \"north\", load: { concurrency: 1 })", nameof(AuditAction.MigrationLimited), "SOURCE=north")]
    public async Task Every_order_leaves_one_line_about_no_patient_that_names_who_gave_it(string order, string action, string detail)
    {
        await rig.OrderAsync(SurfaceRig.North, "startMigration(sourceId: \"north\")");
        rig.Audit.Records.Clear();

        (await rig.OrderAsync(SurfaceRig.North, order)).Codes().Should().BeEmpty();

        var line = rig.Audit.Records.Should().ContainSingle().Subject;
        line.Should().BeEquivalentTo(new { Outcome = AuditOutcome.Served, Purpose = "STEWARDSHIP", Rule = "ACC-150", Detail = detail });
        (line.Action.ToString(), line.Actor.Id, line.Patient).Should().Be((action, "the-north", null));
    }

    [Fact]
    public async Task What_cannot_be_written_down_is_not_ordered()
    {
        rig.Audit.Fault = "DISK_FULL";
        (await rig.OrderAsync(SurfaceRig.North, "startMigration(sourceId: \"north\")")).Codes().Should().Equal("AUDIT_UNAVAILABLE");
        rig.Director.Orders.Should().BeEmpty();
    }

    [Fact]
    public async Task An_equivalence_is_declared_in_the_name_of_who_declares_it_and_ends()
    {
        await rig.OrderAsync(SurfaceRig.North, "startMigration(sourceId: \"north\")");
        static string Declare(DateTimeOffset until) =>
            $"declareEquivalence(sourceId: \"north\", field: \"resource:/meta\", until: \"{until:yyyy-MM-ddTHH:mm:ssZ}\", reason: \"stamp of the server\")";
        var now = TimeProvider.System.GetUtcNow();

        (await rig.OrderAsync(SurfaceRig.North, Declare(now.AddDays(30)))).Codes().Should().BeEmpty();

        foreach (var until in new[] { now.AddDays(-1), now.AddDays(400) })
            SurfaceRig.Refusal(await rig.OrderAsync(SurfaceRig.North, Declare(until))).Should().Be(("BAD_REQUEST", "UNTIL"));
        var shown = await rig.AskAsync(SurfaceRig.North, "{ migration(sourceId: \"north\") { equivalences { field owner reason } } }");
        shown.At("data", "migration", "equivalences").EnumerateArray().Should().ContainSingle()
            .Which.ToString().Should().ContainAll("resource:/meta", "the-north", "stamp of the server");
    }

    [Fact]
    public async Task A_difference_is_shown_without_anything_that_could_be_a_number_of_a_person()
    {
        await rig.OrderAsync(SurfaceRig.North, "startMigration(sourceId: \"north\")");
        rig.Store.Differences.Add(
            new FieldDifference("lab-279035121518989", "resource:/status", null) { PatientDigest = "ab12", SeenAt = DateTimeOffset.UnixEpoch });

        var shown = await rig.AskAsync(SurfaceRig.North, Whole);

        shown.At("data", "migrations", 0, "slices", 0, "differencesFound", 0).ToString().Should().Contain("resource:/status").And.NotContain("279035121518989");
    }

    [Fact]
    public async Task A_subscription_over_plain_HTTP_says_where_it_runs()
    {
        var answer = await rig.AskAsync(SurfaceRig.North, "subscription { migrationProgress(sourceId: \"north\") { state } }");
        SurfaceRig.Refusal(answer).Should().Be(("BAD_REQUEST", "SUBSCRIPTION"));
    }
}
