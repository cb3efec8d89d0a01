using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Audit.Chain;

namespace DmpFederation.Hub.Cli.Audits;

/// <summary><c>audit verify</c> and <c>audit export</c>, for whoever may open the hub's state folder or database. Work beside a running hub.</summary>
internal static class AuditCommand
{
    public static Command Create(TextReader input, TextWriter output, TextWriter errors) =>
        new("audit", "The trail of who did what with which dossier.") { Verify(output, errors), AuditExportCommand.Create(input, output, errors) };

    private static Command Verify(TextWriter output, TextWriter errors)
    {
        var anchor = new Option<string[]>("--anchor")
        {
            Description = "CHAIN:SEQ:HASH of a line remembered outside the database (the hub logs them): it must still be there. May be repeated.",
        };
        anchor.Validators.Add(static result =>
        {
            if (result.Tokens.Any(static token => ChainAnchor.Parse(token.Value) is null))
                result.AddError("--anchor must be CHAIN:SEQ:HASH, the hash in 64 hexadecimal digits.");
        });
        var folder = QuarantineHost.StateOption();
        var json = JsonOption.Create();
        var command = new Command(
            "verify", "Checks every chain and names each line that was altered, deleted, inserted or reordered. Exit code 1 when there is one.")
        {
            anchor, folder, json,
        };
        command.SetAction((parsed, cancellationToken) => AuditCommandHost.RunAsync(parsed.GetValue(folder), errors, async services =>
        {
            var anchors = (parsed.GetValue(anchor) ?? []).Select(static text => ChainAnchor.Parse(text)!).ToList();
            var report = await services.GetRequiredService<IAuditReader>().VerifyAsync(anchors, cancellationToken);
            if (parsed.GetValue(json))
                await output.WriteLineAsync(JsonSerializer.Serialize(Line(report), CliJson.Readable.AuditReportLine));
            else
                await PrintAsync(report, output);
            return report.Findings.Count == 0 ? HubCommandLine.Good : HubCommandLine.Failed;
        }));
        return command;
    }

    private static async Task PrintAsync(ChainReport report, TextWriter output)
    {
        foreach (var finding in report.Findings)
        {
            var place = finding.Last == finding.Seq ? $"{finding.Seq}" : $"{finding.Seq}-{finding.Last}";
            var from = finding.Sealed is { } was ? $" (was {was})" : "";
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{AuditCode.Of(finding.Fault),-18} chain {finding.Chain} line {place}{from}"));
        }
        foreach (var head in report.Heads)
            await output.WriteLineAsync($"anchor {head}");
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Lines} lines of {report.Chains} chains checked: {(report.Findings.Count == 0 ? "whole" : $"{report.Findings.Count} findings")}"));
    }

    private static AuditReportLine Line(ChainReport report) => new(
        report.Findings.Count == 0,
        report.Chains,
        report.Lines,
        [.. report.Findings.Select(static one => new AuditFindingLine(AuditCode.Of(one.Fault), one.Chain, one.Seq, one.Last, one.Sealed))],
        [.. report.Heads.Select(static head => head.ToString())]);
}

/// <summary>Result of <c>audit verify</c>, as it is printed.</summary>
internal sealed record AuditReportLine(
    bool Whole, int Chains, long Lines, IReadOnlyList<AuditFindingLine> Findings, IReadOnlyList<string> Anchors);

/// <summary>One finding, as it is printed.</summary>
internal sealed record AuditFindingLine(string Fault, string Chain, long Seq, long Last, long? SealedFor);
