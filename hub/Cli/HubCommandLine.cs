using System.CommandLine;
using System.CommandLine.Help;
using DmpFederation.Hub.Cli.Audits;
using DmpFederation.Hub.Cli.Consents;
using DmpFederation.Hub.Cli.Migrate;

namespace DmpFederation.Hub.Cli;

/// <summary>
/// The hub's command line (contract §1). Exit codes: 0 good, 1 failed, 2 wrong usage. Without a verb it serves.
/// </summary>
internal static class HubCommandLine
{
    public const int Good = 0;
    public const int Failed = 1;
    public const int WrongUsage = 2;

    /// <summary>Runs one command to its end.</summary>
    public static Task<int> RunAsync(string[] args) => RunAsync(args, Console.In, Console.Out, Console.Error);

    /// <summary>As <see cref="RunAsync(string[])"/>, with the streams named so that tests can read them.</summary>
    public static async Task<int> RunAsync(string[] args, TextReader input, TextWriter output, TextWriter errors)
    {
        var root = new RootCommand("DmpFederation: regional and specialised health dossiers as one record.")
        {
            ServeCommand.Create(),
            SourcesCommand.Create(input, output, errors),
            ConnectorCommand.Create(output, errors),
            QuarantineCommand.Create(output, errors),
            ConsentsCommand.Create(input, output, errors),
            AuditCommand.Create(input, output, errors),
            MigrateCommand.Create(input, output, errors),
            InsCommand.Create(input, output, errors),
            TokenCommand.Create(output, errors),
        };
        var parsed = root.Parse(WithDefaultVerb(args));
        var configuration = new InvocationConfiguration { Output = output, Error = errors };
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpAction)
        {
            foreach (var problem in parsed.Errors)
                await errors.WriteLineAsync(problem.Message);
            await errors.WriteLineAsync("See --help.");
            return WrongUsage;
        }
        return await parsed.InvokeAsync(configuration);
    }

    private static string[] WithDefaultVerb(string[] args) =>
        args.Length == 0 || (args[0].StartsWith('-') && args[0] is not ("--help" or "-h" or "-?" or "--version"))
            ? ["serve", .. args]
            : args;
}
