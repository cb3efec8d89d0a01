using System.Text.Json;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Cli;
using DmpFederation.Hub.Tests.National;
using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Cli;

/// <summary>Taking an existing register of consents over, from the command line, beside a running hub.</summary>
public sealed class ConsentsCommandTests : IAsyncLifetime
{
    private readonly SqliteNationalHost host = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task A_register_is_imported_whole_and_a_running_hub_sees_it_at_the_next_lookup()
    {
        var hub = host.Open();
        (await hub.FindAsync()).Should().BeSameAs(PatientPolicy.None);
        var line = $$"""
            {"keys":["{{Wire(0)}}","{{Wire(1)}}"],"state":"OPEN","stateSince":"2026-01-01T00:00:00Z","attending":"810100997245",
             "consents":[{"action":"READING","choice":"PERMIT","grantee":"PROFESSIONAL","id":"810100997245","sources":["lab","dp"],"since":"2026-01-01T01:00:00+01:00","until":"2027-01-01T00:00:00Z","collectedBy":"810101451689","evidence":"form 17"},
                         {"action":"OPENING","choice":"PERMIT","grantee":"EVERYONE","sources":[],"since":"2026-01-01T00:00:00Z","until":null,"evidence":null}],
             "careTeam":[{"organization":"1750712184","since":"2026-02-01T00:00:00Z"},{"professional":"810101451689"}],
             "blocked":["810000023084"],"opposesBreakGlass":true,"opposesRegulation":false,
             "masks":[{"target":"DOCUMENT_TYPE","id":"11488-4","visibility":"INVISIBLE_REPRESENTANTS_LEGAUX","lifts":false,"since":"2026-01-02T00:00:00Z"},{"target":"SOURCE","id":"dp","visibility":"MASQUE_PS"}]}
            """.ReplaceLineEndings("");

        var ran = await ImportAsync(line + "\n\n");

        ran.Should().Be(new Ran(0, "1 imported, 0 unchanged, 0 refused\n", ""));
        var policy = await hub.FindAsync();
        var january = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        policy.Should().BeEquivalentTo(new
        {
            State = DossierState.Open,
            StateSince = (DateTimeOffset?)january,
            AttendingPhysician = "810100997245",
            OpposesBreakGlass = true,
            OpposesRegulation = false,
            Epoch = 1L,
        });
        policy.Blocked.Should().Equal("810000023084");
        policy.Consents.Should().BeEquivalentTo(
            [
                new Consent
                {
                    Sequence = 1,
                    Action = ConsentAction.Reading,
                    Choice = ConsentChoice.Permit,
                    Grantee = new Grantee(GranteeKind.Professional, "810100997245"),
                    Sources = ["dp", "lab"],
                    Since = january,
                    Until = january.AddYears(1),
                    CollectedBy = "810101451689",
                    Evidence = "form 17",
                },
                new Consent
                {
                    Sequence = 2,
                    Action = ConsentAction.Opening,
                    Choice = ConsentChoice.Permit,
                    Grantee = Grantee.Everyone,
                    Since = january,
                    CollectedBy = $"cli:{Environment.UserName}",
                },
            ],
            static options => options.WithStrictOrdering());
        policy.CareTeam.Should().HaveCount(2).And.Contain(new CareTeamMember(null, "1750712184", january.AddMonths(1), null));
        policy.Masks.Select(static mask => (mask.Target, mask.Visibility)).Should().Equal(
            (new MaskTarget(MaskTargetKind.DocumentType, "11488-4"), Visibility.InvisibleRepresentantsLegaux),
            (new MaskTarget(MaskTargetKind.Source, "dp"), Visibility.MasquePs));
        (await hub.Policies.FindAsync(AChange.Keys()[1], default)).Should().BeEquivalentTo(policy);
        (await hub.Links.HistoryAsync(policy.Person!.Value, default)).Should().AllSatisfy(static link =>
            (link.Status, link.VerifiedBy).Should().Be((IdentityStatus.Provisional, "IMPORT")));
    }

    [Fact]
    public async Task Importing_the_same_register_twice_changes_nothing_the_second_time()
    {
        var lines = string.Join('\n', Enumerable.Range(1, 20).Select(static person => Line(person)));
        (await ImportAsync(lines)).Output.Should().Be("20 imported, 0 unchanged, 0 refused\n");
        var hub = host.Open();
        var policies = new List<PatientPolicy>();
        for (var person = 1; person <= 20; person++)
            policies.Add(await hub.FindAsync(person));

        (await ImportAsync(lines)).Should().Be(new Ran(0, "0 imported, 20 unchanged, 0 refused\n", ""));

        for (var person = 1; person <= 20; person++)
            (await hub.FindAsync(person)).Should().BeSameAs(policies[person - 1]);
    }

    [Fact]
    public async Task A_second_register_adds_to_the_first_and_contradicts_nothing()
    {
        await ImportAsync(Line(1));
        var more = $$"""{"keys":["{{Wire(0)}}"],"state":"OPEN","consents":[{"action":"FEEDING","choice":"DENY","grantee":"CARE_TEAM","since":"2026-03-01T00:00:00Z"}],"blocked":["810000023084"]}""";
        var closed = $$"""{"keys":["{{Wire(0)}}"],"state":"CLOSED"}""";
        var otherDoctor = $$"""{"keys":["{{Wire(0)}}"],"state":"OPEN","attending":"810000023084"}""";

        var ran = await ImportAsync(string.Join('\n', more, more, closed, otherDoctor), "--json");

        ran.Exit.Should().Be(1);
        Objects(ran.Output).Select(static line => line.TryGetProperty("refused", out var refused) && refused.ValueKind == JsonValueKind.String
            ? $"{line.GetProperty("line").GetInt32()} {refused.GetString()}"
            : $"{line.GetProperty("imported").GetInt32()} {line.GetProperty("unchanged").GetInt32()} {line.GetProperty("refused").GetInt32()}")
            .Should().Equal("3 STATE_DIFFERS", "4 ATTENDING_DIFFERS", "1 1 2");
        var policy = await host.Open().FindAsync();
        policy.Consents.Should().HaveCount(2);
        policy.Blocked.Should().ContainSingle();
    }

    [Fact]
    public async Task What_was_withdrawn_here_does_not_come_back_by_importing_again()
    {
        await ImportAsync(Line(1));
        var hub = host.Open();
        await hub.ApplyAsync(new PolicyChange.Record(AChange.Consent(choice: ConsentChoice.Deny)));
        var withdrawn = await hub.ApplyAsync(new PolicyChange.RemoveMask(new MaskTarget(MaskTargetKind.Source, "dp"), null));

        var ran = await ImportAsync(Line(1));

        ran.Exit.Should().Be(1);
        ran.Errors.Should().Contain("line 1: DECIDED_SINCE");
        (await hub.FindAsync()).Should().BeEquivalentTo(withdrawn);
    }

    [Fact]
    public async Task What_the_hub_remembers_by_itself_keeps_no_register_out()
    {
        await ImportAsync(Line(1));
        var hub = host.Open();
        var mask = AChange.Mask(reach: ["entry-1"]) with { SetBy = "hub:label" };
        await hub.Policies.ApplyAsync(AChange.Keys(), new PolicyChange.SetMask(mask), "hub:masks", default);

        var ran = await ImportAsync($$"""{"keys":["{{Wire(0)}}"],"state":"OPEN","blocked":["810000023084"]}""");

        ran.Output.Should().Be("1 imported, 0 unchanged, 0 refused\n");
        (await hub.FindAsync()).Blocked.Should().Equal("810000023084");
    }

    [Fact]
    public async Task Identifiers_of_two_persons_are_not_joined_by_a_register()
    {
        await ImportAsync(Line(1) + "\n" + Line(2));
        var joined = $$"""{"keys":["{{Wire(0, 1)}}","{{Wire(0, 2)}}"],"state":"OPEN"}""";

        (await ImportAsync(joined)).Errors.Should().Contain("IDENTITY_LINKED_TO_OTHERS");
    }

    [Theory]
    [InlineData("NOT_JSON", "", "not json at all 279035121518989")]
    [InlineData("NOT_JSON", "", """{"keys":[],"keys":[],"state":"OPEN"}""")]
    [InlineData("FIELD_INVALID", "(root) must be an object", "[]")]
    [InlineData("FIELD_INVALID", "(root) holds a key that is not known", """{"keys":["K"],"state":"OPEN","279035121518989":1}""")]
    [InlineData("FIELD_INVALID", "keys is missing", """{"state":"OPEN"}""")]
    [InlineData("FIELD_INVALID", "keys must name one", """{"keys":[],"state":"OPEN"}""")]
    [InlineData("FIELD_INVALID", "keys[0] is no INS, by rule KEY", """{"keys":["urn:oid:1.2.250.1.213.1.4.10|279035121518988"],"state":"OPEN"}""")]
    [InlineData("FIELD_INVALID", "keys[1] must be system|value", """{"keys":["K","279035121518989"],"state":"OPEN"}""")]
    [InlineData("FIELD_INVALID", "state is missing", """{"keys":["K"]}""")]
    [InlineData("FIELD_INVALID", "state must be one of NEVER_OPENED, OPEN, CLOSED", """{"keys":["K"],"state":"open"}""")]
    [InlineData("FIELD_INVALID", "blocked[0] must be an identifier", """{"keys":["K"],"state":"OPEN","blocked":["8 1"]}""")]
    [InlineData("FIELD_INVALID", "consents[0].since must be a moment", """{"keys":["K"],"state":"OPEN","consents":[{"action":"READING","choice":"PERMIT","grantee":"EVERYONE","since":"2026-01-01T00:00:00"}]}""")]
    [InlineData("FIELD_INVALID", "consents[0].until must be later", """{"keys":["K"],"state":"OPEN","consents":[{"action":"READING","choice":"PERMIT","grantee":"EVERYONE","since":"2026-01-01T00:00:00Z","until":"2026-01-01T00:00:00Z"}]}""")]
    [InlineData("FIELD_INVALID", "consents[0].id is missing", """{"keys":["K"],"state":"OPEN","consents":[{"action":"READING","choice":"PERMIT","grantee":"ORGANIZATION","since":"2026-01-01T00:00:00Z"}]}""")]
    [InlineData("FIELD_INVALID", "consents[0].id must be absent", """{"keys":["K"],"state":"OPEN","consents":[{"action":"READING","choice":"PERMIT","grantee":"EVERYONE","id":"8","since":"2026-01-01T00:00:00Z"}]}""")]
    [InlineData("FIELD_INVALID", "careTeam[0] must name either", """{"keys":["K"],"state":"OPEN","careTeam":[{}]}""")]
    [InlineData("FIELD_INVALID", "masks[0].visibility must be one of MASQUE_PS", """{"keys":["K"],"state":"OPEN","masks":[{"target":"SOURCE","id":"dp","visibility":"N"}]}""")]
    [InlineData("FIELD_INVALID", "opposesBreakGlass must be true or false", """{"keys":["K"],"state":"OPEN","opposesBreakGlass":"no"}""")]
    [InlineData("NOT_UTF8", "", "{\"keys\":[\"K\"],\"state\":\"OPEN\",\"attending\":\"\uFFFD\"}")]
    public async Task A_bad_line_is_refused_by_its_number_code_and_field_and_the_good_ones_around_it_are_taken(string code, string problem, string line)
    {
        var ran = await ImportAsync(string.Join('\n', Line(1), line.Replace("\"K\"", $"\"{Wire(0, 3)}\"", StringComparison.Ordinal), Line(2)));

        ran.Exit.Should().Be(1);
        ran.Output.Should().Be("2 imported, 0 unchanged, 1 refused\n");
        ran.Errors.Should().StartWith($"- line 2: {code}: {problem}").And.NotContain("2790351215189").And.NotContain(AChange.Keys(3)[0].Value);
    }

    [Fact]
    public async Task A_line_without_end_is_refused_and_does_not_fill_the_memory()
    {
        var ran = await ImportAsync(Line(1) + "\n" + new string('x', 3 << 20) + "\n" + Line(2));

        ran.Should().BeEquivalentTo(new { Exit = 1, Output = "2 imported, 0 unchanged, 1 refused\n" });
        ran.Errors.Should().StartWith("- line 2: TOO_LONG");
    }

    [Fact]
    public async Task Twenty_thousand_persons_are_imported_in_well_under_a_minute_and_again_without_a_change()
    {
        var file = Path.Combine(host.StateFolder, "register.ndjson");
        await File.WriteAllLinesAsync(file, Enumerable.Range(0, 20_000).Select(static number =>
            $$"""{"keys":["urn:oid:1.2.250.1.999.1|A{{number}}","urn:oid:1.2.250.1.999.2|B{{number}}"],"state":"OPEN","consents":[{"action":"OPENING","choice":"PERMIT","grantee":"EVERYONE","since":"2026-01-01T00:00:00Z"},{"action":"READING","choice":"PERMIT","grantee":"CARE_TEAM","since":"2026-01-01T00:00:00Z"}],"careTeam":[{"organization":"1750712184"}],"masks":[{"target":"SOURCE","id":"dp","visibility":"MASQUE_PS"}]}"""));
        var started = TimeProvider.System.GetTimestamp();

        (await RunAsync("", "consents", "import", file, "--state-folder", host.StateFolder)).Output.Should().Be("20000 imported, 0 unchanged, 0 refused\n");
        TimeProvider.System.GetElapsedTime(started).Should().BeLessThan(TimeSpan.FromMinutes(1));
        (await RunAsync("", "consents", "import", file, "--state-folder", host.StateFolder)).Output.Should().Be("0 imported, 20000 unchanged, 0 refused\n");
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_wrong_usage_and_a_store_that_is_broken_a_failure()
    {
        (await RunAsync("", "consents", "import", "/no/such/file", "--state-folder", host.StateFolder)).Exit.Should().Be(2);
        (await RunAsync("", "consents", "import")).Exit.Should().Be(2);
        Directory.CreateDirectory(Path.GetDirectoryName(host.File)!);
        await File.WriteAllTextAsync(host.File, "no database at all, and long enough to be taken for one");

        var ran = await ImportAsync(Line(1));

        (ran.Exit, ran.Output).Should().Be((1, ""));
        ran.Errors.Should().Contain("(DAMAGED)");
    }

    private static string Wire(int key, int person = 1) => $"{AChange.Keys(person)[key].System}|{AChange.Keys(person)[key].Value}";

    private static string Line(int person) =>
        $$"""{"keys":["{{Wire(0, person)}}","{{Wire(1, person)}}"],"state":"OPEN","attending":"810100997245","consents":[{"action":"READING","choice":"PERMIT","grantee":"PROFESSIONAL","id":"810100997245","sources":[],"since":"2026-01-01T00:00:00Z","until":null,"evidence":"form"}],"careTeam":[{"organization":"1750712184"}],"masks":[{"target":"SOURCE","id":"dp","visibility":"MASQUE_PS"}]}""";

    private static IEnumerable<JsonElement> Objects(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line =>
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.Clone();
    });

    private Task<Ran> ImportAsync(string register, params string[] options) =>
        RunAsync(register, ["consents", "import", "-", "--state-folder", host.StateFolder, .. options]);

    private static async Task<Ran> RunAsync(string input, params string[] args)
    {
        var (output, errors) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        using var reader = new StringReader(input);
        var exit = await HubCommandLine.RunAsync(args, reader, output, errors);
        return new Ran(exit, output.ToString(), errors.ToString());
    }

    private sealed record Ran(int Exit, string Output, string Errors);
}
