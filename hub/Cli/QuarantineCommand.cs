using System.CommandLine;
using System.Globalization;
using DmpFederation.Hub.Quarantine;

namespace DmpFederation.Hub.Cli;

/// <summary>
/// <c>quarantine</c>: what could not be read, for whoever may open the hub's state folder. Works beside a running hub and without one. Whose an
/// item is is never printed; its bytes go to a file of the owner's alone.
/// </summary>
internal static class QuarantineCommand
{
    private const int Page = 200;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static Command Create(TextWriter output, TextWriter errors) =>
        new("quarantine", "What could not be read or mapped, kept with its bytes and its reason.")
        {
            List(output, errors),
            Show(output, errors),
            QuarantineReplayCommand.Create(output, errors),
            Discard(output, errors),
        };

    private static Command List(TextWriter output, TextWriter errors)
    {
        var source = new Option<string?>("--source") { Description = "Only this source." };
        var code = new Option<string?>("--code") { Description = "Only this reason code." };
        var state = new Option<QuarantineState?>("--state") { Description = "Only this state: held, replayed or discarded." };
        var json = JsonOption.Create();
        var folder = QuarantineHost.StateOption();
        var command = new Command("list", "Lists the items, newest first.") { source, code, state, json, folder };
        command.SetAction((parsed, cancellationToken) => QuarantineHost.RunAsync(parsed.GetValue(folder), errors, async (store, _) =>
        {
            var only = parsed.GetValue(source);
            var filter = new QuarantineFilter(only is null ? null : [only], parsed.GetValue(code), parsed.GetValue(state));
            QuarantinedPage page;
            long? after = null;
            do
            {
                page = await store.ListAsync(filter, Page, after, cancellationToken);
                foreach (var item in page.Items)
                    await output.WriteLineAsync(parsed.GetValue(json) ? QuarantinedLine.Json(item) : QuarantinedLine.Row(item));
                after = page.Items.Count > 0 ? page.Items[^1].Id : null;
            }
            while (page.HasNext);
            if (page.BeyondQuota > 0)
                await errors.WriteLineAsync($"Beyond the quota of their source, and not kept: {page.BeyondQuota} times an item.");
            return HubCommandLine.Good;
        }));
        return command;
    }

    private static Command Show(TextWriter output, TextWriter errors)
    {
        var id = new Argument<long>("ID") { Description = "Id of the item." };
        var raw = new Option<string?>("--raw") { Description = "New file for the item's bytes, readable by its owner alone. They are health data." };
        var folder = QuarantineHost.StateOption();
        var command = new Command("show", "Shows one item.") { id, raw, folder };
        command.SetAction((parsed, cancellationToken) => QuarantineHost.RunAsync(parsed.GetValue(folder), errors, async (store, _) =>
        {
            if (await store.FindAsync(parsed.GetValue(id), cancellationToken) is not { } item)
                return await QuarantineHost.NoItemAsync(errors);
            await output.WriteAsync(QuarantinedLine.Sheet(item));
            if (parsed.GetValue(raw) is not { } file)
                return HubCommandLine.Good;
            if (await store.BytesAsync(item.Id, cancellationToken) is not { } bytes)
            {
                await errors.WriteLineAsync("None of its bytes are kept.");
                return HubCommandLine.Failed;
            }
            return await SaveAsync(file, bytes, errors, cancellationToken);
        }));
        return command;
    }

    private static async Task<int> SaveAsync(string file, byte[] bytes, TextWriter errors, CancellationToken cancellationToken)
    {
        try
        {
            // Only a new file: the rights of one that is there already are somebody's choice, and so is its content.
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = OwnerOnly;
            await using var stream = new FileStream(file, options);
            await stream.WriteAsync(bytes, cancellationToken);
            return HubCommandLine.Good;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync(File.Exists(file) ? "The file exists already; name a new one." : "The file cannot be written.");
            return HubCommandLine.Failed;
        }
    }

    private static Command Discard(TextWriter output, TextWriter errors)
    {
        var id = new Argument<long>("ID") { Description = "Id of the item." };
        var reason = new Option<string>("--reason") { Description = "Why, for those who look at it later; never about a person.", Required = true };
        reason.Validators.Add(result =>
        {
            var text = result.GetValueOrDefault<string>();
            if (string.IsNullOrWhiteSpace(text) || text.Length > DiscardQuarantined.LongestReason)
                result.AddError($"--reason must have 1 to {DiscardQuarantined.LongestReason} characters.");
        });
        var folder = QuarantineHost.StateOption();
        var command = new Command("discard", "Gives a held item up.") { id, reason, folder };
        command.SetAction((parsed, cancellationToken) => QuarantineHost.RunAsync(parsed.GetValue(folder), errors, async (store, clock) =>
        {
            var number = parsed.GetValue(id);
            if (await store.FindAsync(number, cancellationToken) is null)
                return await QuarantineHost.NoItemAsync(errors);
            if (!await store.DiscardAsync(number, QuarantineHost.Operator, parsed.GetValue(reason)!, clock.GetUtcNow(), cancellationToken))
            {
                await errors.WriteLineAsync("The item is not held any more.");
                return HubCommandLine.Failed;
            }
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{number} discarded"));
            return HubCommandLine.Good;
        }));
        return command;
    }
}
