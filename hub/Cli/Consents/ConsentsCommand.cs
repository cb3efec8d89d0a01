using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using DmpFederation.Hub.Access;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Access.Policy.Import;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Identity;
using DmpFederation.Hub.National;

namespace DmpFederation.Hub.Cli.Consents;

/// <summary>
/// <c>consents import</c>: takes an existing register of consents over. Works beside a running hub, which sees what was imported at the next request.
/// What it prints names lines and fields, never a person.
/// </summary>
internal static class ConsentsCommand
{
    private const string StandardInput = "-";

    public static Command Create(TextReader input, TextWriter output, TextWriter errors) =>
        new("consents", "What patients decided, as regions have it on record.") { Import(input, output, errors) };

    private static Command Import(TextReader input, TextWriter output, TextWriter errors)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Registers, one JSON object a person and line (hub/National/README.md). '-': standard input.",
            Arity = ArgumentArity.OneOrMore,
        };
        var folder = QuarantineHost.StateOption();
        var json = JsonOption.Create();
        var command = new Command(
            "import",
            "Imports registers. A bad line is refused and the others are taken; what is known already is left alone. Exit code 1 when a line was refused.")
        {
            files, folder, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var paths = parsed.GetValue(files)!;
            if (paths.Any(static path => path != StandardInput && !File.Exists(path)))
            {
                await errors.WriteLineAsync("A FILE does not exist or cannot be read.");
                return HubCommandLine.WrongUsage;
            }
            using var host = ConnectorHost.Build(null, parsed.GetValue(folder), static builder =>
            {
                builder.Services.AddNationalStores(builder.Configuration);
                builder.Services.AddAuditTrail(builder.Configuration);
            });
            var printed = new RegisterOutput(output, errors, parsed.GetValue(json));
            try
            {
                // Nothing is imported that nobody can write down.
                await host.Services.GetRequiredService<IAuditTrail>().ProbeAsync(cancellationToken);
                foreach (var path in paths)
                    await ImportAsync(host.Services, path, input, printed, cancellationToken);
            }
            catch (PolicyUnavailableException fault)
            {
                await errors.WriteLineAsync($"{fault.Message} ({fault.Code}) What was imported before stays; run the command again.");
                return HubCommandLine.Failed;
            }
            catch (AuditUnavailableException fault)
            {
                await errors.WriteLineAsync($"{fault.Message} What was imported before stays; run the command again.");
                return HubCommandLine.Failed;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                await errors.WriteLineAsync("A FILE cannot be read. What was imported before stays.");
                return HubCommandLine.Failed;
            }
            return await printed.EndAsync() ? HubCommandLine.Good : HubCommandLine.Failed;
        });
        return command;
    }

    private static async Task ImportAsync(
        IServiceProvider services, string path, TextReader input, RegisterOutput printed, CancellationToken cancellationToken)
    {
        using var opened = path == StandardInput ? null : new StreamReader(path);
        var import = new RegisterImport(
            services.GetRequiredService<IPolicyImport>(),
            services.GetRequiredService<TimeProvider>(),
            QuarantineHost.Operator,
            (line, refusal) => printed.RefusedAsync(path, line, refusal),
            (persons, token) => WriteDownAsync(services, persons, token));
        printed.Add(await import.RunAsync(opened ?? input, cancellationToken));
    }

    /// <summary>Each patient finds the import in the own log of accesses.</summary>
    private static Task WriteDownAsync(IServiceProvider services, IReadOnlyList<RegisteredPerson> persons, CancellationToken cancellationToken) =>
        persons.Count == 0
            ? Task.CompletedTask
            : services.GetRequiredService<IAuditTrail>().AppendAsync(
                [
                    .. persons.Select(static person => new AuditRecord
                    {
                        Action = AuditAction.ConsentChanged,
                        Actor = new AuditActor { Role = "OPERATOR", Id = QuarantineHost.Operator },
                        Patient = Ins.Parse($"{person.Keys[0].System}|{person.Keys[0].Value}", person.Keys[0].System).Ins,
                        Purpose = AuditCode.Of(Purpose.Stewardship),
                        Detail = "REGISTER_IMPORT",
                    }),
                ],
                cancellationToken);

    /// <summary>What is printed of an import: refused lines as they come, one summary at the end.</summary>
    private sealed class RegisterOutput(TextWriter output, TextWriter errors, bool json)
    {
        private RegisterCounts total = new(0, 0, 0);

        public void Add(RegisterCounts counts) => total = new RegisterCounts(
            total.Imported + counts.Imported, total.Unchanged + counts.Unchanged, total.Refused + counts.Refused);

        public Task RefusedAsync(string file, int line, RegisterRefusal refusal) => json
            ? output.WriteLineAsync(JsonSerializer.Serialize(
                new RefusedRegisterLine(file, line, refusal.Code, refusal.Field, refusal.Problem), CliJson.Readable.RefusedRegisterLine))
            : errors.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{file} line {line}: {refusal}"));

        /// <summary>True when nothing was refused.</summary>
        public async Task<bool> EndAsync()
        {
            await output.WriteLineAsync(json
                ? JsonSerializer.Serialize(total, CliJson.Readable.RegisterCounts)
                : string.Create(CultureInfo.InvariantCulture, $"{total.Imported} imported, {total.Unchanged} unchanged, {total.Refused} refused"));
            return total.Refused == 0;
        }
    }
}

/// <summary>One line of a register that was not imported, as it is printed.</summary>
internal sealed record RefusedRegisterLine(string File, int Line, string Refused, string? Field, string Reason);
