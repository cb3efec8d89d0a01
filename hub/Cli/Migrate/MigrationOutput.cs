using System.Text.Json;
using DmpFederation.Hub.Migration.Orders;
using Spectre.Console;

namespace DmpFederation.Hub.Cli.Migrate;

/// <summary>Prints what came of an order or a question: a table for people, a JSON object a line for machines.</summary>
internal sealed class MigrationOutput(TextWriter output, TextWriter errors, bool json)
{
    /// <summary>Width of a table that is not printed on a terminal.</summary>
    private const int Wide = 180;

    /// <summary>True when somebody looks at a terminal that can be painted on.</summary>
    public bool IsLive => !json && ReferenceEquals(output, System.Console.Out) && !System.Console.IsOutputRedirected && Console().Profile.Capabilities.Ansi;

    /// <summary>Prints how migrations stand.</summary>
    public async Task ShowAsync(IReadOnlyList<MigrationLine> migrations)
    {
        if (!json)
        {
            Console().Write(MigrationTable.Of(migrations));
            return;
        }
        foreach (var migration in migrations)
            await output.WriteLineAsync(migration.Json());
    }

    /// <summary>Prints why it was not done; the exit code.</summary>
    public async Task<int> RefuseAsync(MigrationRefusal refusal)
    {
        if (json)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(MigrationRefusedLine.Of(refusal), CliJson.Readable.MigrationRefusedLine));
        }
        else
        {
            await errors.WriteLineAsync($"{refusal.Code}{(refusal.Rule is null ? "" : $" {refusal.Rule}")}: {refusal.Message ?? Sentence(refusal)}");
            foreach (var slice in refusal.Missing)
                await errors.WriteLineAsync($"  {slice.Slice}: {(slice.Codes.Count == 0 ? "lacks nothing" : string.Join(", ", slice.Codes))}");
        }
        return refusal.Code == MigrationRefusal.BadRequest ? HubCommandLine.WrongUsage : HubCommandLine.Failed;
    }

    public IAnsiConsole Console()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (!ReferenceEquals(output, System.Console.Out) || System.Console.IsOutputRedirected)
            console.Profile.Width = Wide;
        return console;
    }

    private static string Sentence(MigrationRefusal refusal) => refusal switch
    {
        { Code: MigrationRefusal.NotFound, Rule: "MIGRATION" } => "The migration of this source has not begun.",
        { Code: MigrationRefusal.NotFound, Rule: "SLICE" } => "The migration has no such slice.",
        { Code: MigrationRefusal.NotFound } => "There is no such source.",
        { Code: MigrationRefusal.Unavailable } => "The store of migrations cannot be used.",
        _ => "The order does not fit the migration's state.",
    };
}
