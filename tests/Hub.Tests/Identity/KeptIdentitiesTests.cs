using DmpFederation.Hub.Identity;
using DmpFederation.TestKit;
using FluentAssertions;
using Microsoft.Extensions.Options;
using Xunit;

namespace DmpFederation.Hub.Tests.Identity;

public sealed class KeptIdentitiesTests
{
    private readonly TestClock clock = new();
    private readonly FakeCertifiedIdentities teleservice = new(APatient.Known(), APatient.Number(2), APatient.Number(3));
    private readonly IdentityOptions options = new();

    [Fact]
    public async Task An_answer_is_kept_for_five_minutes()
    {
        var kept = Kept();
        await kept.FindAsync(APatient.Known().Ins, default);
        clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        var again = await kept.FindAsync(APatient.Known().Ins, default);
        teleservice.Asked.Should().ContainSingle();
        again.Finding.Should().Be(IdentityFinding.Found);

        clock.Advance(TimeSpan.FromTicks(1));
        await kept.FindAsync(APatient.Known().Ins, default);
        teleservice.Asked.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_failure_is_kept_for_two_seconds_only()
    {
        teleservice.Instead = (_, _) => Task.FromResult(CertifiedIdentity.Unavailable);
        var kept = Kept();
        await kept.FindAsync(APatient.Known().Ins, default);
        await kept.FindAsync(APatient.Known().Ins, default);
        teleservice.Asked.Should().ContainSingle();

        teleservice.Instead = null;
        clock.Advance(TimeSpan.FromSeconds(2));
        (await kept.FindAsync(APatient.Known().Ins, default)).Finding.Should().Be(IdentityFinding.Found);
    }

    [Fact]
    public async Task Many_askers_at_once_make_one_question_and_one_who_leaves_does_not_end_it()
    {
        var answer = new TaskCompletionSource<CertifiedIdentity>();
        teleservice.Instead = (_, token) => answer.Task.WaitAsync(token);
        var kept = Kept();
        using var leaving = new CancellationTokenSource();
        var askers = Enumerable.Range(0, 20).Select(_ => kept.FindAsync(APatient.Known().Ins, default)).ToList();
        var left = kept.FindAsync(APatient.Known().Ins, leaving.Token);

        await leaving.CancelAsync();
        await left.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        answer.SetResult(APatient.Known().Identity);

        (await Task.WhenAll(askers)).Should().OnlyContain(identity => identity.Finding == IdentityFinding.Found);
        teleservice.Asked.Should().ContainSingle();
    }

    [Fact]
    public async Task Only_so_many_are_kept_the_oldest_go_first()
    {
        options.KeepAtMost = 2;
        var kept = Kept();
        foreach (var number in new[] { 1, 2, 3, 3, 2, 1 })
            await kept.FindAsync(APatient.Number(number).Ins, default);

        teleservice.Asked.Should().Equal(new[] { 1, 2, 3, 1 }.Select(number => APatient.Number(number).Ins));
    }

    [Fact]
    public async Task A_question_that_broke_is_not_kept()
    {
        teleservice.Instead = (_, _) => throw new InvalidOperationException("broken");
        var kept = Kept();
        await kept.Invoking(kept => kept.FindAsync(APatient.Known().Ins, default)).Should().ThrowAsync<InvalidOperationException>();

        teleservice.Instead = null;
        (await kept.FindAsync(APatient.Known().Ins, default)).Finding.Should().Be(IdentityFinding.Found);
    }

    private KeptIdentities Kept() => new(teleservice, Options.Create(options), clock);
}
