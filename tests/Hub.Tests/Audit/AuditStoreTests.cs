using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Audit.Chain;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Audit;

/// <summary>What the trail promises, on each engine.</summary>
public abstract class AuditStoreTests(AuditHost host) : IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await host.DisposeAsync();

    [SkippableFact]
    public async Task A_line_keeps_everything_its_record_says()
    {
        var node = host.Open();
        var record = ARecord.OfAReading(entries: 3) with
        {
            Outcome = AuditOutcome.Refused,
            Code = "ACCESS_REFUSED",
            Ticket = "ticket-1",
            Mode = "CENTRE_15",
            Reason = "Patient inconscient, appel du SAMU.",
            Detail = "MASQUE_PS;ENTRY",
            Confidential = true,
            Actor = ARecord.Doctor with { Authentication = "INDIRECT", StructureCertificate = "CN=CHU", Representative = "parent-1" },
        };
        await node.Trail.AppendAsync([record], default);

        var line = (await node.LinesAsync()).Should().ContainSingle().Subject;
        (line.Chain, line.Seq).Should().Be((node.Chain, 1));
        (line.Action, line.Outcome, line.Code, line.Rule).Should().Be(("DOSSIER_READ", "REFUSED", "ACCESS_REFUSED", "ACC-120"));
        (line.ActorRole, line.ActorId, line.ActorName, line.Profession, line.Specialty)
            .Should().Be(("PROFESSIONAL", "899700218896", "Anne ESSAI", "10", "SM26"));
        (line.OrganizationId, line.OrganizationName, line.ClientId).Should().Be(("1690781810", "Cabinet des Charmes", "portail"));
        (line.Authentication, line.StructureCertificate, line.Representative).Should().Be(("INDIRECT", "CN=CHU", "parent-1"));
        (line.Patient, line.Purpose).Should().Be((APatient.Known().Ins.ToWire(), "TREATMENT"));
        (line.Ticket, line.Mode, line.Reason).Should().Be(("ticket-1", "CENTRE_15", "Patient inconscient, appel du SAMU."));
        AuditSources.Read(line.Sources).Should().Equal(record.Sources);
        AuditedEntries.Print(line.EntryIds).Should().Equal(ARecord.Id(1_000), ARecord.Id(1_001), ARecord.Id(1_002));
        (line.EntryCount, line.Detail, line.Confidential, line.CorrelationId).Should().Be((3, "MASQUE_PS;ENTRY", true, record.CorrelationId!));
        (await node.VerifyAsync()).Findings.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task Lines_of_many_callers_form_one_chain_without_a_gap()
    {
        var node = host.Open();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(async caller =>
        {
            for (var turn = 0; turn < 40; turn++)
                await node.Trail.AppendAsync([ARecord.OfAReading((caller * 40) + turn)], default);
        }));

        var lines = await node.LinesAsync();
        lines.Select(static line => line.Seq).Order().Should().Equal(Enumerable.Range(1, 640).Select(static seq => (long)seq));
        lines.Select(static line => line.CorrelationId).Should().OnlyHaveUniqueItems();
        var report = await node.VerifyAsync();
        (report.Chains, report.Lines, report.Findings.Count).Should().Be((1, 640, 0));
    }

    [SkippableFact]
    public async Task A_restarted_node_goes_on_with_its_chain()
    {
        var first = host.Open();
        await first.Trail.AppendAsync([ARecord.OfAReading(1), ARecord.OfAReading(2)], default);
        var chain = first.Chain;
        await first.StopAsync();
        var second = host.Open();
        await second.Trail.AppendAsync([ARecord.OfAReading(3)], default);

        (await second.LinesAsync()).Select(static line => (line.Chain, line.Seq))
            .Should().Equal((chain, 1), (chain, 2), (chain, 3));
        (await second.VerifyAsync()).Findings.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task Two_processes_with_one_state_folder_never_fork_the_chain()
    {
        var nodes = new[] { host.Open(), host.Open() };
        await Task.WhenAll(nodes.Select(async (node, index) =>
        {
            for (var turn = 0; turn < 25; turn++)
                await node.Trail.AppendAsync([ARecord.OfAReading((index * 25) + turn)], default);
        }));

        var report = await nodes[0].VerifyAsync();
        (report.Chains, report.Lines).Should().Be((1, 50));
        report.Findings.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task What_was_not_altered_by_the_hub_is_found_also_while_lines_are_written()
    {
        var node = host.Open();
        using var stop = new CancellationTokenSource();
        await node.Trail.AppendAsync([ARecord.OfAReading()], default);
        var writing = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
                await node.Trail.AppendAsync([ARecord.OfAReading()], default);
        });
        for (var turn = 0; turn < 5; turn++)
            (await host.Open().VerifyAsync()).Findings.Should().BeEmpty();
        await stop.CancelAsync();
        await writing;
    }

    [SkippableFact]
    public async Task A_record_is_written_though_its_caller_has_left()
    {
        var node = host.Open();
        await FluentActions.Awaiting(() => node.Trail.AppendAsync([ARecord.OfAReading()], new CancellationToken(true)))
            .Should().ThrowAsync<OperationCanceledException>();
        await node.Trail.AppendAsync([ARecord.OfAReading(2)], default);

        (await node.LinesAsync()).Should().HaveCount(2);
    }

    [SkippableFact]
    public async Task Over_a_thousand_entries_the_line_keeps_their_number_and_digest()
    {
        var node = host.Open();
        await node.Trail.AppendAsync([ARecord.OfAReading(entries: 1_001)], default);

        var line = (await node.LinesAsync()).Single();
        (line.EntryCount, line.EntryIds, line.EntryDigest!.Length).Should().Be((1_001, null, 32));
        (await node.VerifyAsync()).Findings.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task A_persons_lines_come_newest_first_under_every_identifier_page_by_page()
    {
        var clock = new TestClock();
        var node = host.Open(clock);
        for (var turn = 0; turn < 7; turn++)
        {
            await node.Trail.AppendAsync(
                [
                    ARecord.OfAReading(1) with { Patient = turn % 2 == 0 ? APatient.Known().Ins : APatient.Known().InsC, CorrelationId = $"{turn}" },
                    ARecord.OfAReading(2) with { CorrelationId = "of somebody else" },
                ],
                default);
            clock.Advance(TimeSpan.FromSeconds(1));
        }
        await node.Trail.AppendAsync([ARecord.OfAReading(1) with { Confidential = true, CorrelationId = "secret" }], default);

        var keys = APatient.Known().Traits.Keys;
        var seen = new List<string>();
        AuditPosition? after = null;
        AuditPage page;
        do
        {
            page = await node.Reader.PageAsync(keys, LogReader.Representative, 3, after, default);
            seen.AddRange(page.Lines.Select(static line => line.CorrelationId));
            after = new AuditPosition(page.Lines[^1].At, page.Lines[^1].Id);
        }
        while (page.HasNext);

        seen.Should().Equal("6", "5", "4", "3", "2", "1", "0");
        (await node.Reader.PageAsync(keys, LogReader.Patient, 1, null, default)).Lines.Single().CorrelationId.Should().Be("secret");
        (await node.Reader.PageAsync([APatient.Known().InsC.Key], LogReader.Patient, 50, null, default)).Lines
            .Select(static line => line.CorrelationId).Should().Equal("5", "3", "1");
    }

    [SkippableFact]
    public async Task Lines_past_their_time_are_removed_and_the_rest_still_verifies()
    {
        var clock = new TestClock();
        var node = host.Open(clock);
        await node.Trail.AppendAsync([ARecord.OfAReading(1), ARecord.OfAReading(2)], default);
        clock.Advance(TimeSpan.FromDays(100));
        await node.Trail.AppendAsync([ARecord.OfAReading(3)], default);
        var removed = await node.Reader.RemoveAsync(clock.GetUtcNow() - TimeSpan.FromDays(50), default);

        removed.Should().Equal(new Dictionary<string, long> { [node.Chain] = 2 });
        await node.Trail.AppendAsync([ARecord.OfAReading(4)], default);
        (await node.LinesAsync()).Select(static line => line.Seq).Should().Equal(3, 4);
        (await node.VerifyAsync()).Findings.Should().BeEmpty();

        // Whoever removes more by hand has no seal for it.
        await host.ExecuteAsync("DELETE FROM audit_line WHERE seq = 3");
        (await node.VerifyAsync()).Findings.Should().Equal(new ChainFinding(ChainFault.Deleted, node.Chain, 3, 3));
        await host.ExecuteAsync("UPDATE audit_checkpoint SET seq = 3");
        (await node.VerifyAsync()).Findings.Should().Contain(finding => finding.Fault == ChainFault.CheckpointAltered);
    }

    [SkippableFact]
    public async Task A_beginning_that_does_not_verify_is_not_removed()
    {
        var clock = new TestClock();
        var node = host.Open(clock);
        await node.Trail.AppendAsync([ARecord.OfAReading(1), ARecord.OfAReading(2), ARecord.OfAReading(3)], default);
        await host.ExecuteAsync("UPDATE audit_line SET actor_name = 'Somebody Else' WHERE seq = 2");

        (await FluentActions.Awaiting(() => node.Reader.RemoveAsync(clock.GetUtcNow().AddDays(1), default))
            .Should().ThrowAsync<AuditUnavailableException>()).Which.Code.Should().Be("CHAIN_BROKEN");
        (await node.LinesAsync()).Should().HaveCount(3);
    }
}

public sealed class SqliteAuditStoreTests() : AuditStoreTests(new SqliteAuditHost());

public sealed class PostgreSqlAuditStoreTests() : AuditStoreTests(new PostgreSqlAuditHost());
