using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using DmpFederation.Hub.Quarantine;

namespace DmpFederation.Hub.Cli;

/// <summary><c>quarantine replay</c>: reads held items again with the plug-ins as they are now.</summary>
internal static class QuarantineReplayCommand
{
    private const int Page = 200;

    public static Command Create(TextWriter output, TextWriter errors)
    {
        var source = new Option<string?>("--source") { Description = "Only items of this source." };
        var ids = new Option<long[]>("--id") { Description = "Only these items; may be repeated.", AllowMultipleArgumentsPerToken = true };
        var plugins = new Option<string?>("--plugins") { Description = "The plugins.json to read. Default: the one in the current folder." };
        var folder = QuarantineHost.StateOption();
        var json = JsonOption.Create();
        var command = new Command(
            "replay",
            "Reads held items again with the present plug-ins. What can be read is marked; its facts come with the next read of the dossier. "
            + "Exit code 1 when an item still cannot be read.")
        {
            source,
            ids,
            plugins,
            folder,
            json,
        };
        command.SetAction((parsed, cancellationToken) => QuarantineHost.RunAsync(
            parsed.GetValue(folder),
            parsed.GetValue(plugins),
            errors,
            async (store, replay) =>
            {
                var failed = false;
                await foreach (var result in ReplayAsync(store, replay, parsed.GetValue(source), parsed.GetValue(ids) ?? [], cancellationToken))
                {
                    failed |= result.Code is not null;
                    await output.WriteLineAsync(parsed.GetValue(json) ? Json(result) : Row(result));
                }
                return failed ? HubCommandLine.Failed : HubCommandLine.Good;
            },
            cancellationToken));
        return command;
    }

    private static async IAsyncEnumerable<ReplayResult> ReplayAsync(
        IQuarantineStore store, QuarantineReplay replay, string? source, long[] ids,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var id in ids)
        {
            yield return await store.FindAsync(id, cancellationToken) is { } item && (source is null || source == item.SourceId)
                ? await replay.RunAsync(item, QuarantineHost.Operator, cancellationToken)
                : ReplayResult.NotFound(id);
        }
        if (ids.Length > 0)
            yield break;
        var filter = new QuarantineFilter(source is null ? null : [source], null, QuarantineState.Held);
        QuarantinedPage page;
        long? after = null;
        do
        {
            page = await store.ListAsync(filter, Page, after, cancellationToken);
            foreach (var item in page.Items)
            {
                after = item.Id;
                yield return await replay.RunAsync(item, QuarantineHost.Operator, cancellationToken);
            }
        }
        while (page.HasNext);
    }

    private static string Row(ReplayResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"{result.Id,6} {result.SourceId,-18} {(result.Code is null ? $"replayed, {result.Entries} entries" : $"{result.Code}: {result.Reason}")}");

    private static string Json(ReplayResult result) => JsonSerializer.Serialize(
        new ReplayLine(
            result.Id,
            result.SourceId,
            result.State is { } state ? JsonNamingPolicy.SnakeCaseUpper.ConvertName(state.ToString()) : null,
            result.Entries,
            result.Code,
            result.Reason),
        CliJson.Readable.ReplayLine);
}

/// <summary>What came of one item, as it is printed.</summary>
internal sealed record ReplayLine(long Id, string? SourceId, string? State, int Entries, string? Code, string? Reason);
