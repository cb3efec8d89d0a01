using System.CommandLine;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using DmpFederation.Hub.Access;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Deposits;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Federation.Overlap;
using DmpFederation.Hub.Identity;
using DmpFederation.Hub.National;
using MediatR;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Cli;

/// <summary>
/// <c>sources overlap</c>: what each pair of sources shares, over a list of INS. Whoever may run commands on the hub's machine acts as a national
/// operator. Prints figures alone.
/// </summary>
internal static class OverlapCommand
{
    public static Command Create(TextReader input, TextWriter output, TextWriter errors)
    {
        var file = new Argument<string?>("FILE")
        {
            Description = "One INS a line, in any form of contract §3; what follows a '#' does not count. Left out, or '-': standard input.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var plugins = new Option<string?>("--plugins") { Description = "The plugins.json to read. Default: the one in the current folder." };
        var json = JsonOption.Create();
        var command = new Command(
            "overlap", "Says what each pair of sources shares over the patients listed: common facts, shares, copies that agree or conflict.")
        {
            file, plugins, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = parsed.GetValue(file) is { } named && named != "-" ? named : null;
            if (path is not null && !File.Exists(path))
            {
                await errors.WriteLineAsync("FILE does not exist or cannot be read.");
                return HubCommandLine.WrongUsage;
            }
            using var opened = path is null ? null : new StreamReader(path);
            return await RunAsync(opened ?? input, parsed.GetValue(plugins), parsed.GetValue(json), output, errors, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        TextReader list, string? plugins, bool json, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        using var host = ConnectorHost.Build(plugins, with: static builder =>
        {
            ConnectorHost.AddHubSettings(builder);
            HubHost.AddMediator(builder.Services);
            builder.Services.AddIdentity(builder.Configuration);
            builder.Services.AddAccess(builder.Configuration);
            builder.Services.AddAudit(builder.Configuration);
            builder.Services.AddNational(builder.Configuration);
            builder.Services.AddNationalRecord();
            builder.Services.AddFederation(builder.Configuration);
        });
        await host.StartAsync(cancellationToken);
        await SourcesCommand.SettleAsync(host.Services.GetRequiredService<ISourceRegistry>(), cancellationToken);
        try
        {
            var system = host.Services.GetRequiredService<IOptions<IdentityOptions>>().Value.DefaultSystem;
            var actor = new Actor { Role = ActorRole.NationalOperator, Id = "command-line" };
            var result = await host.Services.GetRequiredService<IMediator>()
                .Send(new MeasureOverlap(actor, ReadAsync(list, system, cancellationToken)), cancellationToken);
            var report = ((OverlapResult.Measured)result).Report;
            if (json)
                await output.WriteLineAsync(JsonSerializer.Serialize(Line(report), CliJson.Readable.OverlapLine));
            else
                await PrintAsync(report, output);
            return HubCommandLine.Good;
        }
        catch (BadLineException bad)
        {
            await errors.WriteLineAsync(bad.Message);
            return HubCommandLine.Failed;
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }

    private static async IAsyncEnumerable<Ins> ReadAsync(
        TextReader list, string system, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var number = 1; await list.ReadLineAsync(cancellationToken) is { } line; number++)
        {
            var text = line.AsSpan(0, line.IndexOf('#', StringComparison.Ordinal) is var comment and >= 0 ? comment : line.Length).Trim();
            if (text.IsEmpty)
                continue;
            var (ins, problem) = Ins.Parse(text.ToString(), system);
            yield return ins ?? throw new BadLineException($"Line {number}: INS_INVALID {problem!.Rule}: {problem.Message}");
        }
    }

    private static async Task PrintAsync(OverlapReport report, TextWriter output)
    {
        await output.WriteLineAsync(
            $"{report.Patients} patients, {report.Facts} facts; {report.Incomplete} patients without the whole answer of every source.");
        foreach (var source in report.Sources)
        {
            await output.WriteLineAsync(
                $"{source.SourceId,-20} {source.Facts,10} facts, {source.Alone} alone, {source.Copies} stated again by itself");
        }
        foreach (var pair in report.Pairs)
        {
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{pair.First} + {pair.Second}: {pair.Facts} common ({pair.ShareOfFirst:P1} of {pair.First}, {pair.ShareOfSecond:P1} of "
                + $"{pair.Second}), {pair.Agreeing} agree, {pair.Conflicting} conflict"));
            foreach (var category in pair.Categories)
                await output.WriteLineAsync($"    {Name(category),-14} {category.Facts,10}, {category.Conflicting} conflict");
        }
    }

    private static OverlapLine Line(OverlapReport report) => new(
        report.Patients,
        report.Incomplete,
        report.Facts,
        [.. report.Sources.Select(static source => new ShareLine(source.SourceId, source.Facts, source.Alone, source.Copies))],
        [
            .. report.Pairs.Select(static pair => new PairLine(
                pair.First,
                pair.Second,
                pair.Facts,
                Math.Round(pair.ShareOfFirst, 4),
                Math.Round(pair.ShareOfSecond, 4),
                pair.Agreeing,
                pair.Conflicting,
                [
                    .. pair.Categories.Select(static category => new CategoryLine(
                        Name(category), category.Facts, category.Facts - category.Conflicting, category.Conflicting)),
                ])),
        ]);

    private static string Name(CategoryOverlap category) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(category.Category.ToString());

    /// <summary>A line that is no INS: the list is wrong, so no figure over part of it is printed.</summary>
    private sealed class BadLineException(string message) : Exception(message);
}
