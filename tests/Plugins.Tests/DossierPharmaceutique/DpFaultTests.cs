using System.Diagnostics;
using DmpFederation.Sdk;
using FluentAssertions;
using Npgsql;
using Xunit;
using static DmpFederation.Plugins.Tests.DossierPharmaceutique.ADispensation;

namespace DmpFederation.Plugins.Tests.DossierPharmaceutique;

public sealed class DpFaultsOnSqliteTests() : DpFaultTests(new SqliteDpHost())
{
    [Fact]
    public async Task A_missing_file_is_an_unreachable_source_and_is_not_created()
    {
        var file = ((SqliteDpHost)Host).File;

        (await Fault(OpenConnector())).Code.Should().Be(SourceFaultCodes.Unreachable);
        File.Exists(file).Should().BeFalse();
    }

    [Fact]
    public async Task A_file_that_disappears_is_unreachable_and_is_read_again_when_it_is_back()
    {
        var file = ((SqliteDpHost)Host).File;
        Record([1], Line("L1", 1, "20260312"));
        var connector = OpenConnector();
        (await ReadIds(connector, Key(1))).Should().Equal("L1");

        foreach (var part in Directory.GetFiles(Path.GetDirectoryName(file)!))
            File.Delete(part);
        (await Fault(connector)).Code.Should().Be(SourceFaultCodes.Unreachable);
        Record([1], Line("L2", 1, "20260312"));

        (await ReadIds(connector, Key(1))).Should().Equal("L2");
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_a_bad_answer()
    {
        await File.WriteAllTextAsync(((SqliteDpHost)Host).File, new string('x', 4_096));

        (await Fault(OpenConnector())).Code.Should().Be(SourceFaultCodes.BadAnswer);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("Data Source=x;No Such Key=1")]
    [InlineData("Host=x;No Such Key=1")]
    [InlineData("Database=x")]
    public void A_connection_string_of_neither_database_is_a_setting_to_fix(string connection)
    {
        var open = () => OpenConnectorAt(connection);

        open.Should().Throw<SourceSettingsException>().Which.Setting.Should().Be("connection");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("douze")]
    public void Months_that_are_none_are_a_setting_to_fix(string months)
    {
        var open = () => OpenConnector(("visibleMonthsBiologicals", months));

        open.Should().Throw<SourceSettingsException>().Which.Setting.Should().Be("visibleMonthsBiologicals");
    }
}

public sealed class DpFaultsOnPostgreSqlTests() : DpFaultTests(new PostgreSqlDpHost())
{
    [SkippableFact]
    public async Task A_server_that_is_not_there_is_an_unreachable_source()
    {
        var nowhere = new NpgsqlConnectionStringBuilder(Host.Connection) { Port = 1 }.ConnectionString;

        (await Fault(OpenConnectorAt(nowhere))).Code.Should().Be(SourceFaultCodes.Unreachable);
    }

    [SkippableFact]
    public async Task A_database_that_is_not_there_is_an_unreachable_source()
    {
        var nowhere = new NpgsqlConnectionStringBuilder(Host.Connection) { Database = "no_such_database" }.ConnectionString;

        (await Fault(OpenConnectorAt(nowhere))).Code.Should().Be(SourceFaultCodes.Unreachable);
    }

    [SkippableFact]
    public async Task A_refused_account_is_named_as_such()
    {
        var stranger = new NpgsqlConnectionStringBuilder(Host.Connection) { Username = "no_such_role" }.ConnectionString;

        (await Fault(OpenConnectorAt(stranger))).Code.Should().Be(SourceFaultCodes.Refused);
    }

    [SkippableFact]
    public async Task A_connection_the_server_cuts_does_not_shut_the_source()
    {
        Record([1], Line("L1", 1, "20260312"));
        var connector = OpenConnector();
        await ReadIds(connector, Key(1));

        ((PostgreSqlDpHost)Host).CutReaders();
        var codes = new List<string>();
        for (var attempt = 0; attempt < 3 && codes.Count == attempt; attempt++)
        {
            try
            {
                (await ReadIds(connector, Key(1))).Should().Equal("L1");
            }
            catch (SourceFaultException fault)
            {
                codes.Add(fault.Code);
            }
        }

        codes.Should().HaveCountLessThan(3).And.OnlyContain(code => code == SourceFaultCodes.Unreachable);
    }
}

/// <summary>What goes wrong at the host, said in the hub's words and within its time.</summary>
public abstract class DpFaultTests(DpHost host) : DpFixture(host)
{
    [SkippableFact]
    public async Task Another_schema_is_a_bad_answer()
    {
        Record([1], Line("L1", 1, "20260312"));
        Host.Execute("ALTER TABLE dispensation RENAME COLUMN refusee TO refus");

        var read = () => Read(OpenConnector(), Key(1));

        (await read.Should().ThrowAsync<SourceFaultException>()).Which.Code.Should().Be(SourceFaultCodes.BadAnswer);
    }

    [SkippableFact]
    public async Task A_database_without_the_tables_is_a_bad_answer_and_the_message_carries_nothing_of_it()
    {
        Record([1], Line("L1", 1, "20260312"));
        Host.Execute("DROP TABLE dispensation");

        var fault = await Fault(OpenConnector());

        fault.Code.Should().Be(SourceFaultCodes.BadAnswer);
        fault.Message.Should().NotContain("dispensation").And.NotContain(Ins(1));
        fault.InnerException.Should().BeNull();
    }

    [SkippableFact]
    public async Task A_locked_database_is_unreachable_soon_and_answers_again_when_it_is_free()
    {
        Record([1], Line("L1", 1, "20260312"));
        var connector = OpenConnector();
        using (Host.Lock())
        {
            var watch = Stopwatch.StartNew();
            var read = () => Read(connector, Key(1));
            (await read.Should().ThrowAsync<SourceFaultException>()).Which.Code.Should().Be(SourceFaultCodes.Unreachable);
            watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(3));
        }

        (await ReadIds(connector, Key(1))).Should().Equal("L1");
    }

    [SkippableFact]
    public async Task Cancellation_stops_a_question_the_database_is_still_working_on()
    {
        Record([1], Line("L1", 1, "20260312"));
        Host.MakeEndless();
        var connector = OpenConnector();
        using var gone = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        // From the moment the token fires: on a busy machine its timer may be late.
        var watch = new Stopwatch();
        gone.Token.Register(watch.Start);

        var read = () => Task.Run(() => connector.ReadAsync(new ReadRequest([new PatientQuery(Key(1))]), gone.Token).ToListAsync().AsTask());

        await read.Should().ThrowAsync<OperationCanceledException>();
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(1));
    }

    [SkippableFact]
    public async Task A_reader_that_leaves_early_leaves_the_source_usable()
    {
        Record([1], [.. Enumerable.Range(1, 500).Select(line => Line($"L{line}", 1, "20260312"))]);
        var connector = OpenConnector();

        for (var round = 0; round < 30; round++)
        {
            await foreach (var item in connector.ReadAsync(new ReadRequest([new PatientQuery(Key(1))]), CancellationToken.None))
            {
                item.Should().BeOfType<DossierEntry>();
                break;
            }
        }

        (await Read(connector, Key(1))).Should().HaveCount(500);
    }

    [SkippableFact]
    public async Task The_host_writes_on_while_a_reader_reads()
    {
        Record([1, 2], Line("L1", 1, "20260312"));
        var connector = OpenConnector();

        await using var reading = connector.ReadAsync(new ReadRequest([new PatientQuery(Key(1))]), CancellationToken.None).GetAsyncEnumerator();
        (await reading.MoveNextAsync()).Should().BeTrue();
        using (var register = Host.Open())
            register.Record([], [Line("L2", 2, "20260313")]);

        (await ReadIds(connector, Key(1), Key(2))).Should().Equal("L1", "L2");
    }

    [SkippableFact]
    public async Task The_probe_passes_on_an_empty_host()
    {
        Record([]);

        var probe = async () => await OpenConnector().ProbeAsync(CancellationToken.None);

        await probe.Should().NotThrowAsync();
    }
}
