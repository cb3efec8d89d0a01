using System.CommandLine;
using System.Text.Json;
using DmpFederation.Hub.Connectors.Plugins;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Cli;

/// <summary><c>connector check</c>, and <c>connector preview</c>: what would the hub read out of these files?</summary>
internal static class ConnectorCommand
{
    public static Command Create(TextWriter output, TextWriter errors) => new("connector", "Tries a connector.")
    {
        ConnectorCheckCommand.Create(output, errors),
        Preview(output, errors),
    };

    private static Command Preview(TextWriter output, TextWriter errors)
    {
        var plugin = new Argument<string>("PLUGIN") { Description = "Id of a plug-in (cda-repository, fhir-server, …) or the path of its folder." };
        var files = new Argument<string[]>("FILE") { Description = "Files as the legacy system writes them.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("preview",
            "Prints one JSON line per entry the hub would read out of each file, or per file (or part) refused, with its reason. Exit code 1 when anything was refused.")
        {
            plugin,
            files,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var host = ConnectorHost.Build(null);
            var preview = host.Services.GetRequiredService<IPluginPreview>()
                .Preview(parsed.GetValue(plugin)!, parsed.GetValue(files)!, cancellationToken);
            if (preview.Problem is { } problem)
            {
                await errors.WriteLineAsync($"{char.ToUpperInvariant(problem[0])}{problem[1..]}.");
                return HubCommandLine.Failed;
            }
            var refused = 0;
            await foreach (var file in preview.Files.WithCancellation(cancellationToken))
                refused += await PrintAsync(file, output);
            return refused == 0 ? HubCommandLine.Good : HubCommandLine.Failed;
        });
        return command;
    }

    private static async Task<int> PrintAsync(PreviewedFile file, TextWriter output)
    {
        var name = Path.GetFileName(file.File);
        var entries = 0;
        var refused = 0;
        foreach (var item in file.Items)
        {
            switch (item)
            {
                case DossierEntry entry:
                    entries++;
                    await output.WriteLineAsync(JsonSerializer.Serialize(Line(name, entry), CliJson.Readable.PreviewEntryLine));
                    break;
                case Unreadable unreadable:
                    refused++;
                    await RefuseAsync(new PreviewRefusedLine(name, unreadable.Code, unreadable.Reason, unreadable.Position));
                    break;
                case ReadGap gap:
                    refused++;
                    await RefuseAsync(new PreviewRefusedLine(name, gap.Code, "A part of the file could not be read.", null));
                    break;
                default:
                    // Unknown patients and freshness say nothing about a file.
                    break;
            }
        }
        if (file.Fault is { } fault)
        {
            refused++;
            await RefuseAsync(new PreviewRefusedLine(name, fault, "The plug-in could not go on reading this file.", null));
        }
        else if (entries == 0 && refused == 0)
        {
            refused++;
            await RefuseAsync(new PreviewRefusedLine(name, "NO_ENTRY", "The file was read and holds nothing the hub would show.", null));
        }
        return refused;

        Task RefuseAsync(PreviewRefusedLine line) => output.WriteLineAsync(JsonSerializer.Serialize(line, CliJson.Readable.PreviewRefusedLine));
    }

    private static PreviewEntryLine Line(string file, DossierEntry entry)
    {
        using var resource = JsonDocument.Parse(entry.Resource);
        return new PreviewEntryLine(file, entry.LocalId, JsonNamingPolicy.SnakeCaseUpper.ConvertName(entry.Category.ToString()), entry.Date?.ToString(), entry.Title,
            Line(entry.Code), Line(entry.Value), entry.Author?.Name ?? entry.Author?.Id, entry.Status, entry.Confidentiality, entry.DocumentLocalId,
            entry.FiledUnder.System, resource.RootElement.Clone());
    }

    private static PreviewCodeLine? Line(Coding? code) => code is null ? null : new PreviewCodeLine(code.System, code.Code, code.Display);

    private static PreviewValueLine? Line(EntryValue? value) => value is null
        ? null
        : new PreviewValueLine(value.Number, value.Comparator, value.Unit, value.UnitCode, value.Text, Line(value.Coding), value.ReferenceLow, value.ReferenceHigh,
            value.Interpretation);
}
