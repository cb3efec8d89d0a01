using System.Text.Json.Nodes;
using DmpFederation.Hub.HostTests.Connectors;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.HostTests.Conformance;

/// <summary>Each planted defect fails its check and no other. Defects that do not touch each other share a run.</summary>
public sealed class PlantedDefectTests
{
    [Theory]
    [InlineData("asks-on-open", "CNF-201")]
    [InlineData("hangs", "CNF-301")]
    [InlineData("blocks-thread", "CNF-301")]
    [InlineData("throws", "CNF-301", "CNF-704")]
    [InlineData("yields-null", "CNF-301")]
    [InlineData("endless-entries", "CNF-302")]
    [InlineData("leaks-patient", "CNF-303")]
    [InlineData("leaks-subject", "CNF-303")]
    [InlineData("hollow-entries", "CNF-304")]
    [InlineData("loses-entries", "CNF-305")]
    [InlineData("unstable-ids", "CNF-321")]
    [InlineData("capabilities-swallow", "CNF-508")]
    public async Task A_defect_that_spoils_what_follows_is_named_alone(string defect, params string[] checks)
    {
        var ran = await CheckedPlugin.CarelessAsync(new FixtureCopy().With(defect));

        ran.Failures.Keys.Should().BeEquivalentTo(checks, string.Join("; ", ran.Failures));
        ran.Exit.Should().Be(1);
    }

    [Fact]
    public Task First_round_of_defects() => EachIsNamedAsync(new()
    {
        ["probe-lies"] = ["CNF-204", "CNF-205"],
        ["drops-damaged"] = ["CNF-306"],
        ["known-is-unknown"] = ["CNF-307"],
        ["unknown-is-silent"] = ["CNF-308"],
        ["unstable-bytes"] = ["CNF-322"],
        ["finds-twins"] = ["CNF-601"],
        ["wrong-media-type"] = ["CNF-611"],
        ["lists-twice"] = ["CNF-621"],
        ["cursor-of-yesterday"] = ["CNF-631"],
        ["disposes-once"] = ["CNF-701"],
        ["never-unloads"] = ["CNF-703"],
    });

    [Fact]
    public Task Second_round_of_defects() => EachIsNamedAsync(new()
    {
        ["first-patient-only"] = ["CNF-309"],
        ["filters-harmful"] = ["CNF-323"],
        ["ignores-cancellation"] = ["CNF-402", "CNF-403"],
        ["finds-anybody"] = ["CNF-602"],
        ["opens-anything"] = ["CNF-612"],
        ["ignores-partition"] = ["CNF-622"],
        ["forgets-withdrawals"] = ["CNF-632"],
        ["replays-to-anybody"] = ["CNF-661"],
        ["lists-least-used-first"] = ["CNF-671"],
        ["reason-names-patient"] = ["CNF-704"],
        ["throws-on-own-thread"] = ["CNF-705"],
    });

    [Fact]
    public Task Third_round_of_defects() => EachIsNamedAsync(new()
    {
        ["serves-one-reader"] = ["CNF-324"],
        ["holds-on-leaving"] = ["CNF-325"],
        ["ignores-cancellation-in-probe"] = ["CNF-404"],
        ["throws-on-missing-document"] = ["CNF-613"],
        ["ignores-after"] = ["CNF-623"],
        ["cursor-too-far"] = ["CNF-633"],
        ["any-cursor"] = ["CNF-634"],
        ["trusts-its-state"] = ["CNF-635"],
        ["replays-silently"] = ["CNF-662"],
        ["hangs-after-dispose"] = ["CNF-702"],
    });

    [Fact]
    public Task Defects_before_a_broken_legacy() => EachIsNamedAsync(new()
    {
        ["away-is-empty"] = ["CNF-501"],
        ["errors-are-empty"] = ["CNF-502"],
        ["refused-is-unknown"] = ["CNF-503"],
        ["garbage-is-skipped"] = ["CNF-504"],
        ["cut-is-whole"] = ["CNF-505"],
        ["follows-redirects"] = ["CNF-506"],
        ["swallows-too-large"] = ["CNF-507"],
    });

    [Theory]
    [InlineData("writes-twice", "CNF-641")]
    [InlineData("no-conflict", "CNF-642")]
    public async Task A_writer_s_defect_is_named(string defect, string check)
    {
        var ran = await CheckedPlugin.CarelessAsync(new FixtureCopy().AsFiles().With(defect));

        ran.Failures.Keys.Should().BeEquivalentTo(new[] { check }, string.Join("; ", ran.Failures));
    }

    [Fact]
    public async Task A_capability_that_is_not_declared_and_one_that_is_not_proven_are_told_apart()
    {
        var undeclared = await CheckedPlugin.CarelessAsync(new FixtureCopy().With("undeclared"));
        var unproven = await CheckedPlugin.CarelessAsync(new FixtureCopy().Change(fixture =>
        {
            foreach (var key in new[] { "identities", "documents", "directory", "changes", "previews", "replays", "unmapped" })
                fixture.Remove(key);
        }));

        undeclared.Failures.Should().HaveCount(6).And.ContainKeys("CNF-601", "CNF-611", "CNF-621", "CNF-631", "CNF-661", "CNF-671");
        undeclared.Failures.Values.Should().OnlyContain(problem => problem.StartsWith("not declared: "));
        unproven.Failures.Should().HaveCount(7).And.ContainKeys("CNF-601", "CNF-611", "CNF-621", "CNF-631", "CNF-651", "CNF-661", "CNF-671");
        unproven.Failures.Values.Should().OnlyContain(problem => problem.StartsWith("not proven: "));
    }

    [Theory]
    [InlineData("sample.ndjson", "Condition/other", "CNF-651")]
    [InlineData("throws.ndjson", "Condition/c3", "CNF-652")]
    public async Task A_preview_s_defect_is_named(string file, string localId, string check)
    {
        var ran = await CheckedPlugin.CarelessAsync(new FixtureCopy().Change(fixture => fixture["previews"] = new JsonArray(new JsonObject
        {
            ["file"] = file,
            ["entries"] = new JsonArray(new JsonObject { ["localId"] = localId, ["category"] = "CONDITION" }),
            ["unreadable"] = new JsonArray("NOT_JSON"),
        })));

        ran.Failures.Keys.Should().BeEquivalentTo(new[] { check }, string.Join("; ", ran.Failures));
    }

    [Fact]
    public async Task Local_ids_made_of_identifiers_are_refused()
    {
        using var fixture = new FixtureCopy();
        var file = Path.Combine(fixture.Folder, "legacy", "patients", "162126587913677.ndjson");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("\"c3\"", "\"162126587913677-c3\"", StringComparison.Ordinal));
        fixture.Change(json => json["patients"]![1]!["entries"]![0]!["localId"] = "Condition/162126587913677-c3");

        var ran = await CheckedPlugin.RunAsync(PluginOutput.Of("tests", "BadPlugins", "Careless"), "--json", "--fixture", fixture.Folder);

        ran.Failures.Keys.Should().Contain("CNF-310");
    }

    private static async Task EachIsNamedAsync(Dictionary<string, string[]> planted)
    {
        var ran = await CheckedPlugin.CarelessAsync(new FixtureCopy().With([.. planted.Keys]));

        ran.Failures.Keys.Should().BeEquivalentTo(planted.Values.SelectMany(checks => checks), string.Join("; ", ran.Failures));
        ran.Exit.Should().Be(1);
    }
}
