using DmpFederation.Hub.Audit;
using DmpFederation.TestKit;
using FluentAssertions;
using MediatR;
using Xunit;

namespace DmpFederation.Hub.Tests.Audit;

public sealed class AuditBehaviourTests
{
    private readonly RecordingAuditTrail trail = new();

    [Fact]
    public async Task An_answer_is_written_down_before_it_is_given()
    {
        (await RunAsync(new Reading(), () =>
        {
            trail.Records.Should().BeEmpty();
            return Task.FromResult("answer");
        })).Should().Be("answer");
        trail.Records.Should().ContainSingle().Which.Should().Match<AuditRecord>(record => record.Detail == "answer" && record.CorrelationId != null);
    }

    [Fact]
    public async Task An_answer_that_cannot_be_written_down_is_not_given()
    {
        trail.Fault = "DISK_FULL";
        (await FluentActions.Awaiting(() => RunAsync(new Reading(), static () => Task.FromResult("answer")))
            .Should().ThrowAsync<AuditUnavailableException>()).Which.Code.Should().Be("DISK_FULL");
    }

    [Fact]
    public async Task What_broke_is_written_down_and_breaks_on()
    {
        await FluentActions.Awaiting(() => RunAsync(new Reading(), static () => throw new InvalidOperationException("broken")))
            .Should().ThrowAsync<InvalidOperationException>();
        trail.Records.Should().ContainSingle().Which.Should().Match<AuditRecord>(
            record => record.Outcome == AuditOutcome.Failed && record.Code == "INTERNAL" && record.Detail == null);
    }

    [Fact]
    public async Task What_a_caller_left_is_written_down()
    {
        using var left = new CancellationTokenSource();
        await FluentActions.Awaiting(() => RunAsync(
            new Reading(),
            async () =>
            {
                await left.CancelAsync();
                throw new OperationCanceledException(left.Token);
            },
            left.Token)).Should().ThrowAsync<OperationCanceledException>();
        trail.Records.Should().ContainSingle().Which.Code.Should().Be("CALLER_LEFT");
    }

    [Fact]
    public async Task Nothing_is_changed_that_nobody_can_write_down()
    {
        trail.Fault = "READ_ONLY";
        var changed = false;
        await FluentActions.Awaiting(() => RunAsync(new Reading { Changes = true }, () =>
        {
            changed = true;
            return Task.FromResult("done");
        })).Should().ThrowAsync<AuditUnavailableException>();
        changed.Should().BeFalse();
    }

    [Fact]
    public async Task Without_a_gate_an_answer_waits_for_its_lines()
    {
        var disk = new TaskCompletionSource();
        trail.Durable = disk.Task;
        var answer = RunAsync(new Reading(), static () => Task.FromResult("answer"));
        answer.IsCompleted.Should().BeFalse();
        disk.SetResult();
        (await answer).Should().Be("answer");
    }

    [Fact]
    public async Task A_gate_holds_the_answer_back_and_lets_it_be_made_meanwhile()
    {
        var disk = new TaskCompletionSource();
        trail.Durable = disk.Task;
        var gate = AnswerGate.Open();
        (await RunAsync(new Reading(), static () => Task.FromResult("answer"))).Should().Be("answer");
        var passed = gate.PassAsync();
        passed.IsCompleted.Should().BeFalse();
        disk.SetResult();
        await passed;
    }

    [Fact]
    public async Task A_gate_stays_shut_when_one_of_its_lines_cannot_be_written()
    {
        var gate = AnswerGate.Open();
        await RunAsync(new Reading(), static () => Task.FromResult("one"));
        trail.Durable = Task.FromException(new AuditUnavailableException("DISK_FULL"));
        await RunAsync(new Reading(), static () => Task.FromResult("another"));
        (await FluentActions.Awaiting(gate.PassAsync).Should().ThrowAsync<AuditUnavailableException>()).Which.Code.Should().Be("DISK_FULL");
    }

    [Fact]
    public async Task What_was_changed_is_told_only_after_its_line_gate_or_not()
    {
        var disk = new TaskCompletionSource();
        trail.Durable = disk.Task;
        AnswerGate.Open();
        var told = RunAsync(new Reading { Changes = true }, static () => Task.FromResult("done"));
        told.IsCompleted.Should().BeFalse();
        disk.SetResult();
        (await told).Should().Be("done");
    }

    [Fact]
    public async Task An_answer_that_comes_after_its_gate_was_passed_waits_for_its_lines()
    {
        await AnswerGate.Open().PassAsync();
        var disk = new TaskCompletionSource();
        trail.Durable = disk.Task;
        var late = RunAsync(new Reading(), static () => Task.FromResult("late"));
        late.IsCompleted.Should().BeFalse();
        disk.SetResult();
        (await late).Should().Be("late");
    }

    private Task<string> RunAsync(Reading request, RequestHandlerDelegate<string> next, CancellationToken cancellationToken = default) =>
        new AuditBehaviour<Reading, string>(trail).Handle(request, cancellationToken, next);

    private sealed record Reading : IRequest<string>, IAudited<string>
    {
        public bool Changes { get; init; }

        public IReadOnlyList<AuditRecord> Records(string response) => [ARecord.OfAReading() with { Detail = response, CorrelationId = null }];

        public IReadOnlyList<AuditRecord> Attempted() => [ARecord.OfAReading()];
    }
}
