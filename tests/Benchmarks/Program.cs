using System.Globalization;
using System.Security.Cryptography;
using DmpFederation.Benchmarks;

// One run compares, on the same machine and at the same time, (a) the hub and (b) the floor over the same five sources, then
// the hub with and without policies and audit.
// dotnet run -c Release --project tests/Benchmarks -- [--seconds 4] [--rounds 5] [--clients 1,16,64] [--outages yes|no] [--hub-environment NAME=VALUE,…]
// dotnet run -c Release --project tests/Benchmarks -- --copies [--entries 100000]
// README.md says how to read what it prints.
string Option(string name, string fallback)
{
    var at = Array.IndexOf(args, name);
    return at >= 0 && at + 1 < args.Length ? args[at + 1] : fallback;
}

switch (args.Contains("--copies") ? "copies" : Option("--role", "compare"))
{
    case "sources":
        {
            using var key = RSA.Create();
            key.ImportFromPem(await File.ReadAllTextAsync(Option("--key", "")));
            await BenchmarkSources.Build(Option("--url", ""), key).RunAsync();
            return 0;
        }

    case "floor":
        await Floor.Build(Option("--url", ""), new Uri(Option("--sources", ""))).RunAsync();
        return 0;

    case "unguarded":
        await Unguarded.Build(Option("--url", ""), Option("--plugins", "")).RunAsync();
        return 0;

    case "compare":
        {
            var clients = Option("--clients", "1,16,64").Split(',').Select(static text => int.Parse(text, CultureInfo.InvariantCulture)).ToList();
            await using var arena = await Arena.OpenAsync(Option("--hub-environment", ""));
            return await new Comparison(arena, TimeSpan.FromSeconds(int.Parse(Option("--seconds", "4"), CultureInfo.InvariantCulture)),
                int.Parse(Option("--rounds", "5"), CultureInfo.InvariantCulture)).RunAsync(clients, Option("--outages", "yes") == "yes") ? 0 : 1;
        }

    case "micro":
        Micro.Run(int.Parse(Option("--rounds", "5"), CultureInfo.InvariantCulture));
        return 0;

    case "copies":
        return await CopyBenchmark.RunAsync(int.Parse(Option("--entries", "100000"), CultureInfo.InvariantCulture)) ? 0 : 1;

    default:
        await Console.Error.WriteLineAsync("--role is compare, copies, micro, sources, floor or unguarded.");
        return 2;
}
