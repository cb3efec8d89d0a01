using System.Globalization;
using CsCheck;
using DmpFederation.Hub.Audit.Chain;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Audit;

/// <summary>Somebody with the whole database, but without the key, changes it.</summary>
public abstract class ChainTamperingTests(AuditHost host) : IAsyncLifetime
{
    private const int Lines = 12;
    private AuditNode node = null!;

    public async Task InitializeAsync()
    {
        node = host.Open();
        await node.Trail.AppendAsync([.. Enumerable.Range(1, Lines).Select(static number => ARecord.OfAReading(number, 2))], default);
    }

    public async Task DisposeAsync() => await host.DisposeAsync();

    [SkippableFact]
    public async Task An_altered_field_names_its_line()
    {
        string[] changes =
        [
            "at = at + 1", "action = 'MASKED'", "outcome = 'REFUSED'", "rule = NULL", "actor_name = 'Paul AUTRE'", "actor_id = NULL",
            "organization_name = ''", "patient = 'urn:oid:1|2'", "reason = 'added'", "sources = NULL", "entry_ids = NULL", "entry_count = 0",
            "confidential = NOT confidential", "correlation_id = 'x'", "hash = previous", "previous = hash",
        ];
        foreach (var change in changes)
        {
            await KeepAsync();
            await host.ExecuteAsync($"UPDATE audit_line SET {change} WHERE seq = 5");
            var findings = await FindingsAsync();
            await RestoreAsync();
            findings.Should().Contain(new ChainFinding(ChainFault.Altered, node.Chain, 5, 5), change)
                .And.OnlyContain(static finding => finding.Seq == 5 || finding.Fault == ChainFault.LinkBroken);
        }
        (await FindingsAsync()).Should().BeEmpty();
    }

    [SkippableFact]
    public async Task Text_moved_from_one_field_to_the_next_is_an_alteration()
    {
        await host.ExecuteAsync("UPDATE audit_line SET actor_id = actor_id || actor_name, actor_name = '' WHERE seq = 5");
        (await FindingsAsync()).Should().Equal(new ChainFinding(ChainFault.Altered, node.Chain, 5, 5));
    }

    [SkippableFact]
    public async Task Deleted_lines_are_named()
    {
        await host.ExecuteAsync("DELETE FROM audit_line WHERE seq IN (4, 5, 9)");
        (await FindingsAsync()).Should().Equal(
            new ChainFinding(ChainFault.Deleted, node.Chain, 4, 5), new ChainFinding(ChainFault.Deleted, node.Chain, 9, 9));
    }

    [SkippableFact]
    public async Task A_deleted_line_whose_gap_was_closed_is_named()
    {
        await host.ExecuteAsync("DELETE FROM audit_line WHERE seq = 6");
        for (var seq = 7; seq <= Lines; seq++)
            await host.ExecuteAsync(FormattableString.Invariant($"UPDATE audit_line SET seq = {seq - 1} WHERE seq = {seq}"));

        var findings = await FindingsAsync();
        findings.Should().Contain(new ChainFinding(ChainFault.Deleted, node.Chain, 6, 6));
        findings.Should().Contain(new ChainFinding(ChainFault.Reordered, node.Chain, 6, 6, 7));
    }

    [SkippableFact]
    public async Task Swapped_lines_are_named_with_the_places_they_had()
    {
        await host.ExecuteAsync("UPDATE audit_line SET seq = -1 WHERE seq = 3");
        await host.ExecuteAsync("UPDATE audit_line SET seq = 3 WHERE seq = 8");
        await host.ExecuteAsync("UPDATE audit_line SET seq = 8 WHERE seq = -1");
        (await FindingsAsync()).Should().Equal(
            new ChainFinding(ChainFault.Reordered, node.Chain, 3, 3, 8), new ChainFinding(ChainFault.Reordered, node.Chain, 8, 8, 3));
    }

    [SkippableFact]
    public async Task An_inserted_line_is_named_at_the_end_and_in_between()
    {
        await CopyAsync(5, Lines + 1);
        (await FindingsAsync()).Should().Equal(new ChainFinding(ChainFault.Inserted, node.Chain, Lines + 1, Lines + 1));

        await host.ExecuteAsync($"DELETE FROM audit_line WHERE seq = {Lines + 1}");
        for (var seq = Lines; seq >= 7; seq--)
            await host.ExecuteAsync(FormattableString.Invariant($"UPDATE audit_line SET seq = {seq + 1} WHERE seq = {seq}"));
        await CopyAsync(2, 7);
        await host.ExecuteAsync("UPDATE audit_line SET actor_name = 'Paul AUTRE' WHERE seq = 7");
        var findings = await FindingsAsync();
        findings.Should().Contain(new ChainFinding(ChainFault.Inserted, node.Chain, 7, 7));
        findings.Should().Contain(new ChainFinding(ChainFault.Reordered, node.Chain, 8, 8, 7));
        findings.Should().NotContain(static finding => finding.Fault == ChainFault.Deleted);
    }

    [SkippableFact]
    public async Task A_cut_tail_is_found_and_setting_back_what_says_where_the_chain_ends_does_not_hide_it()
    {
        var anchor = (await node.VerifyAsync()).Heads.Single();
        await host.ExecuteAsync("DELETE FROM audit_line WHERE seq > 9");
        (await FindingsAsync()).Should().Equal(new ChainFinding(ChainFault.Deleted, node.Chain, 10, Lines));

        await host.ExecuteAsync("UPDATE audit_chain SET seq = 9, hash = (SELECT hash FROM audit_line WHERE seq = 9)");
        (await FindingsAsync()).Should().Contain(static finding => finding.Fault == ChainFault.HeadAltered);
        (await node.VerifyAsync(anchor)).Findings.Should().Contain(new ChainFinding(ChainFault.AnchorBroken, node.Chain, Lines, Lines));
        ChainAnchor.Parse(anchor.ToString()).Should().BeEquivalentTo(anchor);
    }

    [SkippableFact]
    public async Task An_older_copy_of_the_whole_database_is_found_by_an_anchor()
    {
        // An older state, complete with its seal, is what a backup gives.
        var older = (await node.VerifyAsync()).Heads.Single();
        await host.ExecuteAsync("CREATE TABLE backup AS SELECT * FROM audit_chain");
        await node.Trail.AppendAsync([ARecord.OfAReading(99)], default);
        var anchor = (await node.VerifyAsync(older)).Heads.Single();
        await host.ExecuteAsync($"DELETE FROM audit_line WHERE seq > {Lines}");
        await host.ExecuteAsync("DELETE FROM audit_chain");
        await host.ExecuteAsync("INSERT INTO audit_chain SELECT * FROM backup");

        (await node.VerifyAsync(older)).Findings.Should().BeEmpty("nothing inside the database can tell");
        (await node.VerifyAsync(anchor)).Findings.Should().Equal(new ChainFinding(ChainFault.AnchorBroken, node.Chain, Lines + 1, Lines + 1));
    }

    [SkippableFact]
    public async Task A_chain_that_vanished_whole_is_found_by_an_anchor()
    {
        var anchor = (await node.VerifyAsync()).Heads.Single();
        await host.ExecuteAsync("DELETE FROM audit_chain");
        (await FindingsAsync()).Should().Contain(static finding => finding.Fault == ChainFault.HeadMissing);
        await host.ExecuteAsync("DELETE FROM audit_line");
        (await node.VerifyAsync(anchor)).Findings.Should().Equal(new ChainFinding(ChainFault.AnchorBroken, node.Chain, Lines, Lines));
    }

    [SkippableFact]
    public async Task Any_set_of_deleted_lines_is_named_line_by_line()
    {
        await Gen.Int[1, Lines].HashSet[1, Lines - 1].SampleAsync(
            async deleted =>
            {
                await KeepAsync();
                var list = string.Join(',', deleted.Select(static seq => seq.ToString(CultureInfo.InvariantCulture)));
                await host.ExecuteAsync($"DELETE FROM audit_line WHERE seq IN ({list})");
                var findings = await FindingsAsync();
                await RestoreAsync();

                findings.Should().OnlyContain(static finding => finding.Fault == ChainFault.Deleted);
                findings.SelectMany(static finding => Enumerable.Range((int)finding.Seq, (int)(finding.Last - finding.Seq + 1)))
                    .Should().BeEquivalentTo(deleted);
            },
            iter: 15,
            threads: 1);
    }

    private Task KeepAsync() => host.ExecuteAsync("CREATE TABLE kept AS SELECT * FROM audit_line");

    private Task RestoreAsync() =>
        host.ExecuteAsync("DELETE FROM audit_line; INSERT INTO audit_line SELECT * FROM kept; DROP TABLE kept");

    private Task CopyAsync(int from, int to) => host.ExecuteAsync(string.Create(
        CultureInfo.InvariantCulture,
        $"CREATE TABLE copied AS SELECT * FROM audit_line WHERE seq = {from}; UPDATE copied SET seq = {to}, id = id + 1000; "
        + $"INSERT INTO audit_line SELECT * FROM copied; DROP TABLE copied"));

    private async Task<IReadOnlyList<ChainFinding>> FindingsAsync() => (await host.Open().VerifyAsync()).Findings;
}

public sealed class SqliteChainTamperingTests() : ChainTamperingTests(new SqliteAuditHost());

public sealed class PostgreSqlChainTamperingTests() : ChainTamperingTests(new PostgreSqlAuditHost());
