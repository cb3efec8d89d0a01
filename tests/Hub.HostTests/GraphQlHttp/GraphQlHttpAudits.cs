using System.Diagnostics;
using DmpFederation.Hub.HostTests.Api;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace DmpFederation.Hub.HostTests.GraphQlHttp;

/// <summary>The server audits of the npm package graphql-http (GraphQL over HTTP), against the API on real Kestrel.</summary>
public sealed class GraphQlHttpAudits(ApiHost host, ITestOutputHelper output) : IClassFixture<ApiHost>
{
    [SkippableFact]
    public async Task Every_audit_of_GraphQL_over_HTTP_passes()
    {
        var folder = AuditFolder();
        Skip.If(folder is null, "The tests run outside the repository.");
        Skip.IfNot(Directory.Exists(Path.Combine(folder, "node_modules", "graphql-http")), "Run `npm ci` in .ci/graphql-http first.");
        Skip.If(await RunAsync("node", folder, "--version") is null, "Node.js is not installed.");

        var result = await RunAsync("node", folder, "run.mjs", new Uri(host.Address, "/graphql").ToString(), host.Token());

        output.WriteLine(result!.Value.Output);
        result.Value.Output.Should().Contain("61 audits: 61 ok");
        result.Value.ExitCode.Should().Be(0);
    }

    private static async Task<(int ExitCode, string Output)?> RunAsync(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var text = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, text + await errors);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static string? AuditFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DmpFederation.sln")))
            folder = folder.Parent;
        return folder is null ? null : Path.Combine(folder.FullName, ".ci", "graphql-http");
    }
}
