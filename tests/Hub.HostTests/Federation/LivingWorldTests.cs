using System.Globalization;
using DmpFederation.LegacySystems.Drip;
using DmpFederation.SyntheticFrance;
using DmpFederation.SyntheticFrance.Living;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace DmpFederation.Hub.HostTests.Federation;

/// <summary>The legacy systems go on living under a running hub: what it shows then is what the truth says then.</summary>
public sealed class LivingWorldTests(ITestOutputHelper output)
{
    private const string SizeVariable = "DMPFED_DRIP_SIZE";

    /// <summary>Seed, patients and events; another size by the variable, such as <c>7,200,3000</c>.</summary>
    private static readonly IReadOnlyList<int> Size =
    [
        .. (Environment.GetEnvironmentVariable(SizeVariable) ?? "2009,60,300").Split(',')
            .Select(static number => int.Parse(number, CultureInfo.InvariantCulture)),
    ];

    private static readonly (int Seed, int Patients, int Events) Asked = (Size[0], Size[1], Size[2]);

    /// <summary>Sources that are folders are looked at every few seconds.</summary>
    private static readonly TimeSpan Notice = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task After_hundreds_of_events_every_record_is_the_present_truth()
    {
        await using var federated = await FederatedWorld.StartAsync(World.Generate(Asked.Seed, Asked.Patients, FederatedWorld.Today));
        var file = new WorldFile(federated.Root, Asked.Seed, Asked.Patients, FederatedWorld.Today);
        file.WriteTruth(FederatedWorld.Today, CancellationToken.None);
        using var http = new HttpClient { BaseAddress = new Uri(federated.WebMedecinUrl) };
        using var complaints = new StringWriter();
        using var changes = ChangeStore.Open(federated.Root);
        var world = file.Living(changes);
        using (var truth = new TruthLedger(federated.Root, TimeProvider.System))
        {
            var doors = DripCommands.Doors(federated.Root, http, TimeProvider.System);
            var drip = new LegacySystems.Drip.Drip(world, changes, truth, doors, TimeProvider.System, complaints);
            (await drip.RunAsync(TimeSpan.Zero, Asked.Events, CancellationToken.None)).Should().Be(Asked.Events);
        }

        complaints.ToString().Should().BeEmpty("every system took every event");
        var score = await ScoreAsync(federated, world);
        for (var since = TimeProvider.System.GetTimestamp(); score.Errors.Count > 0 && TimeProvider.System.GetElapsedTime(since) < Notice;)
        {
            await Task.Delay(500);
            score = await ScoreAsync(federated, world);
        }

        output.WriteLine($"{Asked.Events} events: {score}");
        foreach (var error in score.Errors)
            output.WriteLine(error);
        score.Incomplete.Should().Be(0);
        score.Precision.Should().Be(1);
        score.Recall.Should().Be(1);
        score.Shared.Should().BeGreaterThan(100, "copies reach other dossiers as well");
    }

    private static async Task<TruthScore> ScoreAsync(FederatedWorld federated, LivingWorld world)
    {
        var score = new TruthScore(FederatedWorld.SourceIds);
        foreach (var some in Enumerable.Range(0, Asked.Patients).Select(index => world.PatientAt(index, FederatedWorld.Today)).Chunk(20))
        {
            var dossiers = await federated.AskAsync(some);
            for (var index = 0; index < some.Length; index++)
                score.Add(some[index], dossiers[index]);
        }

        return score;
    }
}
