using DmpFederation.SyntheticFrance;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace DmpFederation.Hub.HostTests.Federation;

/// <summary>
/// Whole worlds through the real connectors, federation and merge, held against the truth of the generator. 500 patients a seed; the command for
/// larger worlds is in hub/Federation/README.md.
/// </summary>
public sealed class MergeTruthTests(ITestOutputHelper output)
{
    private const string PatientsVariable = "DMPFED_TRUTH_PATIENTS";

    [Theory]
    [InlineData(2009)]
    [InlineData(7)]
    [InlineData(1789)]
    public async Task Every_fact_is_shown_once_with_exactly_its_origins(int seed)
    {
        var size = int.TryParse(Environment.GetEnvironmentVariable(PatientsVariable), out var wanted) ? wanted : 500;
        await using var world = await FederatedWorld.StartAsync(World.Generate(seed, size, FederatedWorld.Today));
        var score = new TruthScore(FederatedWorld.SourceIds);
        // Fewer at once than a list may hold, so that a busy machine stays within the deadline.
        foreach (var patients in World.Generate(seed, size, FederatedWorld.Today).Chunk(20))
        {
            var dossiers = await world.AskAsync(patients);
            for (var index = 0; index < patients.Length; index++)
                score.Add(patients[index], dossiers[index]);
        }

        output.WriteLine($"seed {seed}, {size} patients: {score}");
        foreach (var error in score.Errors)
            output.WriteLine(error);
        score.Incomplete.Should().Be(0, "every source answered every patient whole, but for those the truth keeps out");
        score.Precision.Should().BeGreaterThanOrEqualTo(0.999);
        score.Recall.Should().BeGreaterThanOrEqualTo(0.999);
    }
}
