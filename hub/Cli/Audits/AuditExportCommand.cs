using System.CommandLine;
using System.Globalization;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Audit.Balp;
using DmpFederation.Hub.Identity;
using DmpFederation.Sdk;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Cli.Audits;

/// <summary><c>audit export</c>: lines as FHIR AuditEvents, one a line. That it was done is written down first.</summary>
internal static class AuditExportCommand
{
    public static Command Create(TextReader input, TextWriter output, TextWriter errors)
    {
        var from = new Option<string?>("--from") { Description = "Lines written at or after this day or moment (RFC 3339; a day begins at midnight UTC)." };
        var to = new Option<string?>("--to") { Description = "Lines written before this day or moment." };
        var patient = new Option<bool>("--patient")
        {
            Description = "Only lines about one person, whose identifiers are read from standard input, one a line: they must not show in a process list.",
        };
        foreach (var bound in new[] { from, to })
        {
            bound.Validators.Add(result =>
            {
                if (result.Tokens is [var token] && Moment(token.Value) is null)
                    result.AddError($"{bound.Name} must be a day (2026-01-31) or a moment (2026-01-31T08:00:00Z).");
            });
        }
        var folder = QuarantineHost.StateOption();
        var command = new Command("export", "Prints lines as FHIR R4 AuditEvents (IHE BALP), NDJSON, in the order they were written in.")
        {
            from, to, patient, folder,
        };
        command.SetAction((parsed, cancellationToken) => AuditCommandHost.RunAsync(parsed.GetValue(folder), errors, async services =>
        {
            IReadOnlyList<Ins>? person = null;
            if (parsed.GetValue(patient))
            {
                var (read, problem) = await PersonAsync(input, DefaultSystem(services), cancellationToken);
                if (problem is not null)
                {
                    await errors.WriteLineAsync(problem);
                    return HubCommandLine.WrongUsage;
                }
                person = read;
            }
            var (earliest, beyond) = (Moment(parsed.GetValue(from)), Moment(parsed.GetValue(to)));
            await services.GetRequiredService<IAuditTrail>().AppendAsync(Lines(person, parsed.GetValue(from), parsed.GetValue(to)), cancellationToken);
            IReadOnlyList<PatientKey>? keys = person is null ? null : [.. person.Select(static ins => ins.Key)];
            await foreach (var line in services.GetRequiredService<IAuditReader>().LinesAsync(earliest, beyond, keys, cancellationToken))
                await output.WriteLineAsync(BalpEvent.Print(line));
            return HubCommandLine.Good;
        }));
        return command;
    }

    private static string DefaultSystem(IServiceProvider services) =>
        services.GetService<IOptions<IdentityOptions>>()?.Value.DefaultSystem ?? PatientKeySystems.InsNirTest;

    private static async Task<(IReadOnlyList<Ins> Person, string? Problem)> PersonAsync(
        TextReader input, string system, CancellationToken cancellationToken)
    {
        var person = new List<Ins>();
        for (var number = 1; await input.ReadLineAsync(cancellationToken) is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line))
                continue;
            var (ins, problem) = Ins.Parse(line, system);
            if (problem is not null)
                return ([], string.Create(CultureInfo.InvariantCulture, $"Line {number} of standard input: INS_INVALID {problem.Rule}: {problem.Message}"));
            person.Add(ins!.Value);
        }
        return person.Count > 0 ? (person, null) : ([], "--patient reads the person's identifiers from standard input, which is empty.");
    }

    /// <summary>An export of everybody's lines is one line; of a person's, a line about that person under each identifier.</summary>
    private static IReadOnlyList<AuditRecord> Lines(IReadOnlyList<Ins>? person, string? from, string? to)
    {
        var line = new AuditRecord
        {
            Action = AuditAction.AuditExported,
            Actor = new AuditActor { Role = "MACHINE_OPERATOR", Id = QuarantineHost.Operator, Authentication = "DIRECT" },
            Purpose = "STEWARDSHIP",
            Detail = $"FROM={from};TO={to}",
        };
        return person is null ? [line] : [.. person.Select(ins => line with { Patient = ins })];
    }

    private static DateTimeOffset? Moment(string? text) => DateTimeOffset.TryParseExact(
        text,
        ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"],
        CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal,
        out var moment)
        ? moment
        : null;
}
