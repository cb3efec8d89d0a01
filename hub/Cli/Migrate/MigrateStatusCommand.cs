using System.CommandLine;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Migration.Orders;
using DmpFederation.Hub.Migration.Slices;
using Spectre.Console;

namespace DmpFederation.Hub.Cli.Migrate;

/// <summary><c>migrate status</c>: how sources stand; with <c>--watch</c> as long as somebody looks.</summary>
internal static class MigrateStatusCommand
{
    public static Command Create(TextWriter output, TextWriter errors)
    {
        var given = new MigrateArguments();
        var source = new Argument<string?>("SOURCE") { Description = "Id of the source; left out: every source.", Arity = ArgumentArity.ZeroOrOne };
        var watch = new Option<bool>("--watch")
        {
            Description = "Goes on until it is interrupted: a live display on a terminal, else what changed. With --json a line for each change.",
        };
        var until = new Option<MigrationState?>("--until")
        {
            Description = "With --watch: ends when every slice shown is in this state (following, shadow, switched, …).",
        };
        var command = given.Command("status", "Shows how sources stand on their way into the national store.", source, watch, until, given.Slices);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var named = parsed.GetValue(source);
            if (named is null && parsed.GetValue(given.Slices) is { Length: > 0 })
                return await MigrationCommandHost.WrongAsync(errors, "--slice needs a SOURCE.");
            var (slices, problem) = named is null ? (null, null) : given.Named(parsed, named);
            if (problem is not null)
                return await MigrationCommandHost.WrongAsync(errors, problem);
            var printed = new MigrationOutput(output, errors, parsed.GetValue(given.Json));
            return await MigrationCommandHost.RunAsync(given, parsed, errors, async services =>
            {
                var shown = new Shown(services.GetRequiredService<MachineOrders>(), named, slices);
                var (first, refusal) = await shown.AskAsync(cancellationToken);
                if (refusal is not null)
                    return await printed.RefuseAsync(refusal);
                return parsed.GetValue(watch)
                    ? await WatchAsync(services, shown, first, printed, parsed.GetValue(until), cancellationToken)
                    : await OnceAsync(printed, first);
            }, cancellationToken);
        });
        return command;
    }

    private static async Task<int> OnceAsync(MigrationOutput printed, IReadOnlyList<MigrationLine> migrations)
    {
        await printed.ShowAsync(migrations);
        return HubCommandLine.Good;
    }

    private static async Task<int> WatchAsync(
        IServiceProvider services, Shown shown, IReadOnlyList<MigrationLine> now, MigrationOutput printed, MigrationState? until,
        CancellationToken cancellationToken)
    {
        var clock = services.GetRequiredService<TimeProvider>();
        try
        {
            if (!printed.IsLive)
            {
                await printed.ShowAsync(now);
                while (!IsReached(now, until))
                {
                    await Task.Delay(MigrationProgress.Interval, clock, cancellationToken);
                    var next = await shown.LookAsync(services, cancellationToken);
                    await printed.ShowAsync([.. next.Where(line => !now.Any(before => Same(before, line)))]);
                    now = next;
                }
                return HubCommandLine.Good;
            }
            await printed.Console().Live(MigrationTable.Of(now)).StartAsync(async display =>
            {
                while (!IsReached(now, until))
                {
                    await Task.Delay(MigrationProgress.Interval, clock, cancellationToken);
                    display.UpdateTarget(MigrationTable.Of(now = await shown.LookAsync(services, cancellationToken)));
                }
            });
            return HubCommandLine.Good;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Interrupted by who looked.
            return HubCommandLine.Good;
        }
    }

    private static bool IsReached(IReadOnlyList<MigrationLine> migrations, MigrationState? until) =>
        until is { } state && migrations.All(migration => migration.Slices.Count > 0 && migration.Slices.All(slice => slice.State == AuditCode.Of(state)));

    /// <summary>Counts and states; rates and times are no change.</summary>
    private static bool Same(MigrationLine one, MigrationLine other) => Counts(one) == Counts(other);

    private static string Counts(MigrationLine line) => (line with
    {
        Rate = null,
        EtaSeconds = null,
        FollowedAt = null,
        Slices = [.. line.Slices.Select(static slice => slice with { Rate = null, EtaSeconds = null })],
    }).Json();

    /// <summary>What the command is about. The first question is written down; looks after it are the same question.</summary>
    private sealed class Shown(MachineOrders orders, string? source, IReadOnlyList<SliceId>? slices)
    {
        public async Task<(IReadOnlyList<MigrationLine> Lines, MigrationRefusal? Refusal)> AskAsync(CancellationToken cancellationToken)
        {
            if (source is null)
            {
                var all = await orders.ListAsync(cancellationToken);
                return all.Refusal is { } refused ? ([], refused) : (await LinesAsync(all.Value!, cancellationToken), null);
            }
            var one = await orders.FindAsync(source, cancellationToken);
            return one.Refusal is { } refusal ? ([], refusal) : (await LinesAsync([one.Value!], cancellationToken), null);
        }

        /// <exception cref="Hub.Migration.MigrationUnavailableException">The store cannot be used.</exception>
        public async Task<IReadOnlyList<MigrationLine>> LookAsync(IServiceProvider services, CancellationToken cancellationToken)
        {
            var desk = services.GetRequiredService<MigrationDesk>();
            var begun = await services.GetRequiredService<IMigrationStore>().AllAsync(cancellationToken);
            return await LinesAsync([.. begun.Where(migration => source is null || migration.Plan.SourceId == source).Select(desk.StatusOf)], cancellationToken);
        }

        private async Task<IReadOnlyList<MigrationLine>> LinesAsync(IReadOnlyList<MigrationStatus> statuses, CancellationToken cancellationToken)
        {
            var lines = new List<MigrationLine>();
            foreach (var status in statuses)
                lines.Add(MigrationLine.Of(status, await orders.MissingAsync(status.Record, cancellationToken), slices));
            return lines;
        }
    }
}
