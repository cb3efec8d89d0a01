using System.CommandLine;
using System.Text.Json;
using DmpFederation.Hub.Identity;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Cli;

/// <summary><c>ins check</c> and <c>ins compute</c>: the identifier rules, without a hub.</summary>
internal static class InsCommand
{
    public static Command Create(TextReader input, TextWriter output, TextWriter errors) =>
        new("ins", "Checks and computes national health identifiers.") { Check(output, errors), Compute(input, output) };

    private static Command Check(TextWriter output, TextWriter errors)
    {
        // A number pasted in groups without quotes is one value: refused as surplus arguments, its digits would be echoed.
        var value = new Argument<string[]>("VALUE")
        {
            Description = "Any form of contract §3: 15 characters, 22 digits, system|value; spaces do not count.",
            Arity = ArgumentArity.OneOrMore,
        };
        var json = JsonOption.Create();
        var command = new Command("check", "Says whether a value is an INS, and which rule it breaks.") { value, json };
        command.SetAction(async (parsed, _) =>
        {
            var (ins, problem) = Ins.Parse(string.Concat(parsed.GetValue(value)!), PatientKeySystems.InsNirTest);
            if (parsed.GetValue(json))
                await output.WriteLineAsync(JsonSerializer.Serialize(
                    new InsCheckLine(ins is not null, ins?.System, problem?.Rule, problem?.Message), CliJson.Default.InsCheckLine));
            else if (ins is { } good)
                await output.WriteLineAsync($"valid {good.System}");
            else
                await errors.WriteLineAsync($"INS_INVALID {problem!.Rule}: {problem.Message}");
            return ins is not null ? HubCommandLine.Good : HubCommandLine.Failed;
        });
        return command;
    }

    private static Command Compute(TextReader input, TextWriter output)
    {
        var command = new Command("compute", "Reads lines 'given;YYMMDD;NIR13' from standard input; prints the 22-digit INS-C of each, or 'error;code'.");
        command.SetAction(async (_, cancellationToken) =>
        {
            var failed = false;
            while (await input.ReadLineAsync(cancellationToken) is { } line)
            {
                if (line.Length == 0)
                    continue;
                var answer = InsC.ComputeLine(line);
                failed |= answer.StartsWith("error;", StringComparison.Ordinal);
                await output.WriteLineAsync(answer);
            }
            await output.FlushAsync(cancellationToken);
            return failed ? HubCommandLine.Failed : HubCommandLine.Good;
        });
        return command;
    }
}
