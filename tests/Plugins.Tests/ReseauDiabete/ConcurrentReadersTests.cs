using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.Tests.ReseauDiabete;

public sealed class ConcurrentReadersTests : NetworkFixture
{
    private const int Rows = 400;

    [Fact]
    public async Task Sixteen_readers_see_the_week_before_or_the_new_week_and_never_half_of_it()
    {
        Write(10);
        var connector = Open();
        await Read(connector);
        using var done = new CancellationTokenSource();
        using var begun = new CountdownEvent(16);
        var reading = Enumerable.Range(0, 16).Select(_ => Task.Run(() => ReadOn(connector, begun, done.Token)));
        var seen = await Task.WhenAll(reading.Append(Task.Run(async () =>
        {
            while (!begun.IsSet)
                await Task.Delay(TimeSpan.FromMilliseconds(10));
            for (var week = 11; week <= 18; week++)
            {
                Write(week);
                await Read(connector);
            }
            await done.CancelAsync();
            return new List<(int, int, DateTimeOffset)>();
        })));

        var answers = seen.SelectMany(one => one).ToList();
        answers.Select(answer => answer.Item3).Distinct().Count().Should().BeGreaterThan(1, "weeks arrived while they read");
        answers.Should().OnlyContain(answer => answer.Item1 == Rows && answer.Item2 == 1, "each answer is of one week, whole");
        foreach (var one in seen)
            one.Select(answer => answer.Item3).Should().BeInAscendingOrder("an answer never goes back in time");
        (await Shown(connector)).Should().HaveCount(Rows).And.OnlyContain(shown => shown.EndsWith("v18", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reader_that_leaves_early_leaves_the_next_week_free_to_come()
    {
        Write(10);
        var connector = Open();
        await foreach (var item in connector.ReadAsync(new ReadRequest([new PatientQuery(Key(1))]), CancellationToken.None))
        {
            if (item is DossierEntry)
                break;
        }
        Write(11);
        (await Shown(connector)).Should().OnlyContain(shown => shown.EndsWith("v11", StringComparison.Ordinal));
    }

    /// <summary>Every record anew in the version of its week.</summary>
    private void Write(int week) => Export(
        week, [.. Enumerable.Range(1_000, Rows).Select(number => HbA1c(number, 7m, version: week))]);

    private static async Task<List<(int Entries, int Versions, DateTimeOffset AsOf)>> ReadOn(
        ISourceConnector connector, CountdownEvent begun, CancellationToken done)
    {
        var seen = new List<(int, int, DateTimeOffset)>();
        while (!done.IsCancellationRequested)
        {
            var items = await Read(connector);
            var versions = items.OfType<DossierEntry>().Select(entry => entry.Version).ToList();
            seen.Add((versions.Count, versions.Distinct().Count(), items.OfType<SourceAsOf>().Single().Moment));
            if (seen.Count == 1)
                begun.Signal();

            // Sixteen readers that never pause would leave a machine of two cores nothing to write with.
            await Task.Delay(TimeSpan.FromMilliseconds(10), CancellationToken.None);
        }
        return seen;
    }
}
