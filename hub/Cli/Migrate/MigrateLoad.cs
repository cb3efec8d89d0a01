using System.CommandLine;
using DmpFederation.Hub.Migration.Orders;

namespace DmpFederation.Hub.Cli.Migrate;

/// <summary>Options that say how hard the legacy may be asked.</summary>
internal sealed class MigrateLoad
{
    private readonly Option<double?> perSecond = new("--per-second") { Description = "Patients read a second, at most. Default: no such limit." };
    private readonly Option<int?> concurrency = new("--concurrency") { Description = "Patients read at the same time, 1 to 64. Default: 4." };
    private readonly Option<int?> latency = new("--latency")
    {
        Description = "Milliseconds of an answer beyond which it slows down. Default: no such limit.",
    };

    private readonly Option<string?> rest = new("--rest") { Description = "Hours of the day in Paris in which it rests, such as 08:00-19:00. Default: none." };

    public IReadOnlyList<Symbol> Options => [perSecond, concurrency, latency, rest];

    public LoadDraft Of(ParseResult parsed) => new()
    {
        PatientsPerSecond = parsed.GetValue(perSecond),
        Concurrency = parsed.GetValue(concurrency),
        LatencyMs = parsed.GetValue(latency),
        Rest = parsed.GetValue(rest),
    };
}
