using CsCheck;
using DmpFederation.Hub.Deposits;
using DmpFederation.Hub.Tests.National;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Deposits;

public sealed class SqliteDepositPropertyTests() : DepositPropertyTests(new SqliteNationalHost());

public sealed class PostgreSqlDepositPropertyTests() : DepositPropertyTests(new PostgreSqlNationalHost());

/// <summary>Deposits that come again, in any order, at once, by two nodes: each name is one fact and has one receipt.</summary>
public abstract class DepositPropertyTests(NationalHost host) : IAsyncLifetime
{
    private static readonly Gen<(int Name, int Value, int Person)> Sent = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 1], Gen.Int[1, 2]);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await host.DisposeAsync();

    [SkippableFact]
    public async Task Whatever_comes_again_and_at_once_one_name_is_one_fact_with_one_receipt()
    {
        var clock = new TestClock();
        NationalNode[] nodes = [host.Open(clock), host.Open(clock)];
        using var first = new DepositRig(nodes[0], clock);
        using var second = new DepositRig(nodes[1], clock);
        await nodes[0].ApplyAsync(AChange.Opening());
        await nodes[0].ApplyAsync(AChange.Opening(), 2);
        var round = 0;

        await Sent.Array[2, 12].SampleAsync(
            async sent =>
            {
                var from = 100 * Interlocked.Increment(ref round);
                var results = await Task.WhenAll(sent.Select((one, at) => (at % 2 == 0 ? first : second).SendAsync(
                    ADeposit.Draft(from + one.Name, one.Value == 0 ? "7.20" : "7.2"), patient: APatient.Number(one.Person).Ins)));

                foreach (var name in sent.Zip(results).GroupBy(static pair => pair.First.Name))
                {
                    var kept = name.Where(static pair => pair.Second is DepositResult.Kept).ToList();
                    kept.Should().NotBeEmpty("somebody was first");
                    kept.Select(static pair => (pair.First.Value, pair.First.Person)).Distinct().Should().ContainSingle("the first one alone is kept");
                    kept.Select(static pair => ((DepositResult.Kept)pair.Second).Receipt.ReceivedAt).Distinct().Should().ContainSingle();
                    name.Where(pair => (pair.First.Value, pair.First.Person) == (kept[0].First.Value, kept[0].First.Person))
                        .Should().OnlyContain(static pair => pair.Second is DepositResult.Kept);
                    name.Where(static pair => pair.Second is DepositResult.Refused)
                        .Should().NotContain(static pair => ((DepositResult.Refused)pair.Second).Fault.Rule != "UNIQUE_ID_USED");
                    var holders = 0;
                    foreach (var person in (int[])[1, 2])
                        holders += (await first.ReadAsync(APatient.Number(person).Ins.Key)).Count(entry => entry.LocalId == ADeposit.Name(from + name.Key));
                    holders.Should().Be(1);
                }
                clock.Advance(TimeSpan.FromSeconds(1));
            },
            iter: 25,
            threads: 1);
    }

    [SkippableFact]
    public async Task Of_two_corrections_at_once_one_replaces()
    {
        var clock = new TestClock();
        NationalNode[] nodes = [host.Open(clock), host.Open(clock)];
        using var first = new DepositRig(nodes[0], clock);
        using var second = new DepositRig(nodes[1], clock);
        await nodes[0].ApplyAsync(AChange.Opening());

        for (var from = 10; from < 60; from += 10)
        {
            await first.KeepAsync(ADeposit.Draft(from));
            var results = await Task.WhenAll(Enumerable.Range(1, 4).Select(number => (number % 2 == 0 ? first : second).SendAsync(
                ADeposit.Draft(from + number) with { Replaces = ADeposit.Name(from) })));

            results.OfType<DepositResult.Kept>().Should().ContainSingle();
            results.OfType<DepositResult.Refused>().Should().OnlyContain(static refused => refused.Fault.Rule == "REPLACED_ALREADY");
        }
        (await first.ReadAsync()).Should().HaveCount(5);
    }
}
