using System.CommandLine;
using DmpFederation.Hub.Identity;
using DmpFederation.Hub.Migration.Orders;
using DmpFederation.Sdk;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Cli.Migrate;

/// <summary><c>migrate start</c>: begins the migration of a source.</summary>
internal static class MigrateStartCommand
{
    public static Command Create(TextReader input, TextWriter output, TextWriter errors)
    {
        var (given, load) = (new MigrateArguments(), new MigrateLoad());
        var waves = new Option<int?>("--waves") { Description = "Equal parts of the patients, a wave each." };
        var percent = new Option<int?>("--percent") { Description = "Percentage of the patients in a first wave; the others are the last." };
        var cohort = new Option<string?>("--cohort")
        {
            Description = "File with patients who move first, an identifier a line (system|value, or an INS), as the source files them. '-': standard input.",
        };
        var groups = new Option<string[]>("--group")
        {
            Description = "Categories that move together, separated by commas (LAB_RESULT,MEDICATION). May be repeated; the others are one more group.",
        };
        var command = given.Command(
            "start",
            "Begins to copy a source into the national store; the legacy goes on serving. Left as it is, the source is one slice.",
            [given.Source, waves, percent, cohort, groups, .. load.Options, given.Reason]);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (limits, problem) = load.Of(parsed).ToLoad();
            var (categories, wrong) = Categories(parsed.GetValue(groups) ?? []);
            var draft = new PlanDraft(parsed.GetValue(given.Source)!)
            {
                Parts = parsed.GetValue(waves),
                Percent = parsed.GetValue(percent),
                Groups = categories,
            };
            if ((problem ?? wrong ?? draft.ToPlan().Problem) is { } fault)
                return await MigrationCommandHost.WrongAsync(errors, fault);
            var path = parsed.GetValue(cohort);
            if (path is not null and not "-" && !File.Exists(path))
                return await MigrationCommandHost.WrongAsync(errors, "The file of the cohort does not exist or cannot be read.");
            return await MigrationCommandHost.OrderAsync(
                given,
                parsed,
                output,
                errors,
                async services =>
                {
                    if (path is not null)
                    {
                        using var opened = path == "-" ? null : new StreamReader(path);
                        var system = services.GetRequiredService<IOptions<IdentityOptions>>().Value.DefaultSystem;
                        var (patients, unread) = await CohortFile.ReadAsync(opened ?? input, system, cancellationToken);
                        if (unread is not null)
                            return (null, unread);
                        draft = draft with { Cohort = patients };
                    }
                    return (new StartMigration(MachineOrders.Operator, draft, limits!, parsed.GetValue(given.Reason)), null);
                },
                cancellationToken);
        });
        return command;
    }

    private static (IReadOnlyList<IReadOnlyList<EntryCategory>> Groups, string? Problem) Categories(string[] groups)
    {
        var read = new List<IReadOnlyList<EntryCategory>>();
        foreach (var group in groups)
        {
            var categories = new List<EntryCategory>();
            foreach (var name in group.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (!Enum.GetValues<EntryCategory>().Any(category => Is(category, name)))
                    return ([], $"--group names a category that does not exist. There are {string.Join(", ", Enum.GetValues<EntryCategory>().Select(Audit.AuditCode.Of))}.");
                categories.Add(Enum.GetValues<EntryCategory>().First(category => Is(category, name)));
            }
            read.Add(categories);
        }
        return (read, null);
    }

    private static bool Is(EntryCategory category, string name) => string.Equals(Audit.AuditCode.Of(category), name, StringComparison.OrdinalIgnoreCase);
}
