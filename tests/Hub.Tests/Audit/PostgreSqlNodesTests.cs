using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Audit;

/// <summary>Several nodes on one server.</summary>
public sealed class PostgreSqlNodesTests : IAsyncLifetime
{
    private readonly PostgreSqlAuditHost host = new();
    private readonly DirectoryInfo other = Directory.CreateTempSubdirectory("dmp-audit-node");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        other.Delete(recursive: true);
    }

    [SkippableFact]
    public async Task Two_nodes_that_start_at_once_each_write_their_own_chain_and_verify_both()
    {
        var key = Path.Combine(host.Folder.FullName, "shared.key");
        await File.WriteAllTextAsync(key, Convert.ToBase64String(new byte[32]));
        host.Settings["Audit:KeyFile"] = key;
        var nodes = new[] { host.Open(), host.Open(folder: other.FullName) };
        await Task.WhenAll(nodes.Select(static node => node.Trail.AppendAsync([ARecord.OfAReading()], default)));

        nodes[0].Chain.Should().NotBe(nodes[1].Chain);
        var report = await nodes[0].VerifyAsync();
        (report.Chains, report.Lines, report.Findings.Count).Should().Be((2, 2, 0));
    }

    [SkippableFact]
    public async Task A_chain_whose_key_is_elsewhere_is_not_called_sound()
    {
        var (mine, theirs) = (host.Open(), host.Open(folder: other.FullName));
        await mine.Trail.AppendAsync([ARecord.OfAReading()], default);
        await theirs.Trail.AppendAsync([ARecord.OfAReading()], default);

        (await mine.VerifyAsync()).Findings.Should().ContainSingle()
            .Which.Should().Match<DmpFederation.Hub.Audit.Chain.ChainFinding>(finding => finding.Chain == theirs.Chain
                && finding.Fault == DmpFederation.Hub.Audit.Chain.ChainFault.KeyUnknown);
    }
}
